"""Publishing compares number patterns of all services of an office, of permits and papers."""

from __future__ import annotations

import pytest

from accounts.models import Office
from standards import selectors
from standards.domain.built_in import ApplicationKind
from standards.models import Paper, Procedure, StandardVersion
from standards.services import drafting, publishing
from standards.services.built_in import set_built_in
from tests.factories.accounts import make_office
from tests.factories.standards import (
    PUBLISHED_AT,
    STEPS,
    make_draft,
    make_paper,
    make_permit,
    make_procedure,
    make_service,
    make_standard,
)
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db
PATTERN = "503/{nomor:04}/SAMA/{tahun}"
_WORK = tuple(
    ("kerjakan", role, "", 1, "hari_kerja", None) for role in ("Back Office", "Tim Teknis")
)


def taken(version: StandardVersion) -> list[str]:
    return [text for text in publishing.faults(version) if "sudah dipakai layanan" in text]


def walk(office: Office) -> Procedure:
    """Make an SOP with two ordinary steps behind the check: 3 and 4."""
    return make_procedure(office, (*STEPS[:2], *_WORK, *STEPS[2:]))


@pytest.fixture
def office() -> Office:
    return make_office()


def test_a_pattern_of_another_service_of_the_office_is_refused(office: Office) -> None:
    first = make_standard(make_service(office), number_pattern=PATTERN)
    draft = make_draft(make_service(office), number_pattern="503/{nomor}/sama/{tahun}")
    (said,) = taken(draft)
    assert first.service.name in said
    with pytest.raises(DomainError, match="standard_incomplete"):
        publishing.publish_version(draft, actor=None, at=PUBLISHED_AT)
    assert taken(make_draft(make_service(make_office()), number_pattern=PATTERN)) == []


def test_the_pattern_of_the_letter_book_is_no_pattern_of_a_permit(office: Office) -> None:
    draft = make_draft(make_service(office), number_pattern=office.letter_pattern)
    (said,) = publishing.faults(draft)
    assert "adalah pola nomor surat kantor ini" in said


def test_the_next_version_of_a_service_keeps_its_pattern(office: Office) -> None:
    version = make_standard(make_service(office), number_pattern=PATTERN)
    assert taken(drafting.new_draft(version, actor=None, at=PUBLISHED_AT)) == []


def test_patterns_of_papers_are_compared_too(office: Office) -> None:
    first = make_draft(make_service(office), walk(office))
    make_paper(first, "skrd", number_pattern=PATTERN, written_at="3", signed_at="4")
    second = make_draft(make_service(office), walk(office))
    make_paper(second, "surat", number_pattern=PATTERN, written_at="3", signed_at="4")
    third = make_draft(make_service(office), number_pattern=PATTERN)
    assert [taken(row) for row in (first, second, third)] == [[], [], []]
    publishing.publish_version(first, actor=None, at=PUBLISHED_AT)
    assert [len(taken(row)) for row in (second, third)] == [1, 1]


def test_patterns_of_permits_by_answer_are_compared_too(office: Office) -> None:
    first = make_draft(make_service(office), walk(office))
    kinds = (ApplicationKind.NEW, ApplicationKind.CLOSURE)
    set_built_in(first, kinds, represented=False, previous=False)
    make_permit(first, "jenis_permohonan = Penutupan", number_pattern=PATTERN)
    assert publishing.faults(first) == []
    first = publishing.publish_version(first, actor=None, at=PUBLISHED_AT)
    assert len(taken(make_draft(make_service(office), number_pattern=PATTERN))) == 1
    again = drafting.new_draft(first, actor=None, at=PUBLISHED_AT)
    assert taken(again) == []
    again.permits.update(number_pattern=office.letter_pattern)
    assert any("pola nomor surat kantor ini" in text for text in publishing.faults(again))


def test_a_pattern_does_not_change_its_book(office: Office) -> None:
    first = make_draft(make_service(office), walk(office), number_pattern=PATTERN)
    kinds = (ApplicationKind.NEW, ApplicationKind.CLOSURE)
    set_built_in(first, kinds, represented=False, previous=False)
    make_permit(first, "jenis_permohonan = Penutupan", number_pattern="SK/{nomor}/{tahun}")
    first = publishing.publish_version(first, actor=None, at=PUBLISHED_AT)
    again = drafting.new_draft(first, actor=None, at=PUBLISHED_AT)
    again.permits.update(number_pattern=PATTERN)
    again.number_pattern = "SK/{nomor}/{tahun}"
    again.save()
    said = [text for text in publishing.faults(again) if "versi terdahulu" in text]
    assert len(said) == 2


def test_a_new_draft_takes_the_papers_over(office: Office) -> None:
    draft = make_draft(make_service(office), walk(office))
    make_paper(
        draft, "surat", "tenaga_asing = ya", addressee="Dinas Kesehatan\ndi Pekanbaru",
        written_at="3", signed_at="4", on_behalf_of="Kepala Dinas",
    )  # fmt: skip
    version = publishing.publish_version(draft, actor=None, at=PUBLISHED_AT)
    copy = drafting.new_draft(version, actor=None, at=PUBLISHED_AT)
    assert selectors.snapshot(copy).papers == selectors.snapshot(version).papers != ()
    assert Paper.objects.count() == 2


def test_a_step_that_is_numbered_anew_names_its_papers(office: Office) -> None:
    procedure = walk(office)
    draft = make_draft(make_service(office), procedure)
    make_paper(draft, "surat", written_at="3", initialed_at="4\n5", signed_at="6")
    for number in ("3", "4", "5", "6"):
        (said,) = selectors.naming_steps(procedure, [number])
        assert said.startswith(f"dokumen Surat surat (langkah {number}")
    assert selectors.naming_steps(procedure, ["1"]) == []
