"""A change or a closure ends in a document of its own, and a closure ends the permit before it."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from archives.content.person import copy_of
from demo import paper_samples
from notices.services import deliver_due
from permits.models import Application, Certificate
from permits.presenters.validity import validity_text
from permits.presenters.wording import for_officer
from permits.services.sample_papers import contents_of
from standards.domain.built_in import ApplicationKind
from standards.models import StandardVersion
from tests.factories.filing import signed_in
from tests.factories.kinds import CHANGED, follow, make_draft_of_kinds, published
from tests.factories.permits import Cast, make_issued

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(monday, time_machine) -> tuple[Cast, StandardVersion]:
    """A draft whose changes and closures have documents of their own."""
    time_machine.move_to(monday, tick=False)
    return make_draft_of_kinds()


@pytest.fixture
def cast(draft) -> Cast:
    """The same office, once that draft is published."""
    return published(*draft)


def test_each_kind_gets_its_own_document(cast, monday) -> None:
    before = make_issued(cast, monday).certificate
    assert before is not None
    assert before.content["title"] != CHANGED
    assert before.valid_until == date(2027, 11, 16)
    changed = follow(cast, monday, ApplicationKind.CHANGE, before).certificate
    assert changed is not None
    assert changed.content["title"] == CHANGED
    assert changed.valid_until == date(2027, 5, 16)
    assert changed.is_permit


def test_a_closure_is_no_permit(cast, monday) -> None:
    before = make_issued(cast, monday).certificate
    assert before is not None
    closing = follow(cast, monday, ApplicationKind.CLOSURE, before).certificate
    assert closing is not None
    assert closing.content["title"] == "Keputusan Penutupan"
    assert closing.content["statement"] == "Tanda daftar pemegang di atas diakhiri."
    assert (closing.content["validity"], closing.valid_until) == ("", None)
    assert not closing.is_permit
    assert list(Certificate.objects.permits_issued()) == [before]
    said = validity_text(Certificate.objects.with_validity().get(pk=closing.pk), date(2026, 12, 1))
    assert said.title == "Asli: mengakhiri izin"


def test_the_applicant_of_a_closure_is_not_told_of_a_permit(cast, monday) -> None:
    before = make_issued(cast, monday).certificate
    assert before is not None
    follow(cast, monday, ApplicationKind.CLOSURE, before)
    deliver_due(monday)
    told = {str(one.subject): str(one.body) for one in mail.outbox}
    subject = f"Keputusan Penutupan terbit: {cast.service.name}, unduh sekarang"
    assert "Keputusan Penutupan sudah terbit dengan nomor" in told[subject]
    assert "Dokumen izin Anda" not in told[subject]


def test_the_preview_shows_every_one_of_them(draft, monday) -> None:
    _cast, version = draft
    titles = {content.get("title") for _template, content in contents_of(version, monday)}
    assert {"Tanda Daftar", CHANGED, "Keputusan Penutupan"} <= titles


def read(user, address: str) -> str:
    answer = signed_in(user).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_no_page_of_a_closure_speaks_of_a_permit(cast, monday) -> None:
    before = make_issued(cast, monday).certificate
    assert before is not None
    file = follow(cast, monday, ApplicationKind.CLOSURE, before)
    title = "Keputusan Penutupan"
    own = read(cast.applicant, file.get_absolute_url())
    assert f"{title} terbit - unduh sekarang" in own
    assert "Unduh dokumen" in own
    assert "Unduh izin" not in own
    assert "Izin terbit" not in own
    listed = read(cast.applicant, reverse("permits:my_applications"))
    assert f"{title} terbit - unduh sekarang" in listed
    officer = cast.at("front-office")
    desk = read(officer, file.get_desk_url())
    assert f"{title} terbit - serahkan kepada pemohon" in desk
    assert "Cabut atau batalkan keputusan" in desk
    for word in ("Izin terbit", "Buka dokumen izin", "Cabut atau ganti dokumen izin"):
        assert word not in desk
    assert f"{title} terbit - serahkan" in read(officer, reverse("permits:worklist"))
    paper = read(officer, file.get_paper_url())
    assert f"Cabut atau batalkan {title}" in paper
    assert "Buka dokumen izin" not in paper
    tracked = read(cast.stranger, reverse("permits:tracked", args=[file.tracking_code]))
    assert f"{title} terbit - unduh sekarang" in tracked


def test_a_list_with_a_closure_reads_no_texts(cast, monday, django_assert_max_num_queries) -> None:
    before = make_issued(cast, monday).certificate
    assert before is not None
    file = follow(cast, monday, ApplicationKind.CLOSURE, before)
    [row] = Application.objects.filter(pk=file.pk).for_worklist()
    with django_assert_max_num_queries(0):
        assert for_officer(row)[1].startswith("Keputusan Penutupan")


def test_a_closure_that_was_revoked_is_called_by_its_title(cast, monday) -> None:
    before = make_issued(cast, monday).certificate
    assert before is not None
    file = follow(cast, monday, ApplicationKind.CLOSURE, before)
    order = paper_samples.propose_ending(file, monday)
    paper_samples.confirm(order, monday)
    own = read(cast.applicant, file.get_absolute_url())
    assert "Keputusan Penutupan dicabut" in own
    assert "Izin Anda dicabut" not in own
    deliver_due(monday)
    assert any("Keputusan Penutupan nomor" in str(one.subject) for one in mail.outbox)


def test_a_pattern_of_its_own_counts_in_a_book_of_its_own(draft, monday) -> None:
    cast, version = draft
    pattern = "503/{nomor:03}/TUTUP/{tahun}"
    version.permits.filter(is_closure=True).update(number_pattern=pattern)
    shown = [text for _template, text in contents_of(version, monday)]
    numbers = {text.get("title"): text["number"] for text in shown}
    assert numbers["Keputusan Penutupan"].endswith("503/001/TUTUP/2026")
    cast = published(cast, version)
    before = [make_issued(cast, monday).certificate for _nth in range(2)]
    closing = [
        follow(cast, monday, ApplicationKind.CLOSURE, str(permit)).certificate for permit in before
    ]
    assert [str(row) for row in closing] == ["503/001/TUTUP/2026", "503/002/TUTUP/2026"]
    after = make_issued(cast, monday).certificate
    values = [permit.number.value for permit in (*before, after) if permit is not None]
    assert values == [1, 2, 3]
    page = read(cast.at("front-office"), reverse("permits:register"))
    assert f"{cast.service.name}, seperti 503/001/TUTUP/2026" in page
    assert '<span class="row-sub">Keputusan Penutupan</span>' in page
    table = read(cast.at("front-office"), f"{reverse('permits:register')}?lembar=csv")
    [line] = [row for row in table.splitlines() if row.startswith("503/001/TUTUP/2026")]
    assert "Keputusan Penutupan" in line


def test_the_copy_of_ones_own_data_names_the_decision(cast, monday) -> None:
    before = make_issued(cast, monday).certificate
    assert before is not None
    file = follow(cast, monday, ApplicationKind.CLOSURE, before)
    papers = {
        row["nomor"]: row["dokumen_izin"]["judul"]
        for row in copy_of(cast.applicant, monday)["permohonan"]
    }
    assert papers[file.number] == "Keputusan Penutupan"
    assert papers[before.application.number] == before.content["title"]
