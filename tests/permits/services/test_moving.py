"""A standard changes while somebody fills in a draft: nothing is lost, and they are told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from notices.models import Notice
from permits.models import Application
from permits.services import moving
from standards.domain.requirements import Need
from standards.models import Requirement, Service, StandardVersion
from standards.selectors import successors
from standards.services import drafting
from standards.services.publishing import publish_version
from tests.factories.filing import signed_in
from tests.factories.permits import NOON, Cast, make_draft_application, make_submitted

pytestmark = pytest.mark.django_db
TOMORROW = NOON + timedelta(days=1)


def next_version(version: StandardVersion, on: date) -> StandardVersion:
    """Publish a version with a full stop added, one requirement gone and a new one."""
    draft = drafting.new_draft(version, actor=None, at=NOON)
    StandardVersion.objects.filter(pk=draft.pk).update(effective_on=on, term_amount=4)
    for row in draft.requirements.filter(text__startswith="Fotokopi KTP"):
        row.text += "."
        row.save()
    draft.requirements.filter(kind=Need.DECLARE).delete()
    Requirement.objects.create(
        version=draft, group=draft.requirement_groups.get(), order=9, printed_number="9.",
        text="Denah lokasi", kind=Need.UPLOAD,
    )  # fmt: skip
    draft.refresh_from_db()
    return publish_version(draft, actor=None, at=NOON)


def test_a_draft_follows_the_standard_and_its_applicant_is_told_once(cast: Cast) -> None:
    old, draft = cast.version, make_draft_application(cast)
    sent = make_submitted(cast, applicant=cast.stranger)
    names = {row.requirement.text: row.original_name for row in draft.documents.current()}
    assert draft.declared
    new = next_version(old, cast.office.local_date(TOMORROW))
    assert moving.move_drafts(NOON).done == 0
    assert [moving.move_drafts(TOMORROW).done for _turn in range(2)] == [1, 0]

    draft = Application.objects.get(pk=draft.pk)
    assert (draft.version, draft.moved_from) == (new, old)
    follow = {row.requirement.text: row.original_name for row in draft.documents.current()}
    assert follow["Fotokopi KTP penanggung jawab."] == names["Fotokopi KTP penanggung jawab"]
    assert all(row.requirement.version_id == new.pk for row in draft.documents.current())
    assert draft.declared == []
    sent.refresh_from_db()
    assert (sent.version, sent.moved_from) == (old, None)

    notice = Notice.objects.get(template="permits/standard_moved")
    assert notice.recipient == cast.applicant
    changes = [
        "Jangka waktu: 6 menjadi 4 hari kerja.",
        "Tidak diminta lagi: “Bersedia mematuhi peraturan”.",
        "Persyaratan “Fotokopi KTP penanggung jawab”: bunyi menjadi “Fotokopi KTP penanggung "
        "jawab.”.",
        "Persyaratan baru: “Denah lokasi”.",
    ]
    assert notice.context["changes"] == changes
    shown = signed_in(cast.applicant).get(draft.get_absolute_url())
    assert shown.context["moved"] == changes
    assert "Persyaratan baru: “Denah lokasi”." in shown.content.decode()


def test_only_the_code_or_equal_words_carry_a_file_over(cast: Cast) -> None:
    """What is only alike is another requirement, and a declaration is no upload."""
    old = cast.version
    draft = drafting.new_draft(old, actor=None, at=NOON)
    draft.requirements.filter(text__startswith="Fotokopi KTP").update(kind=Need.DECLARE)
    kept = draft.requirements.get(text__startswith="Pengesahan")
    Requirement.objects.filter(pk=kept.pk).update(text="Surat lain sama sekali")
    StandardVersion.objects.filter(pk=draft.pk).update(effective_on=date(2027, 1, 4))
    draft.refresh_from_db()
    new = publish_version(draft, actor=None, at=NOON)
    again = drafting.new_draft(new, actor=None, at=NOON)
    first = old.requirements.get(text__startswith="Pengesahan")
    assert again.requirements.get(text="Surat lain sama sekali").code == first.code
    follow = successors(old, new)
    assert follow[first.pk] == kept.pk
    assert old.requirements.get(text__startswith="Fotokopi KTP").pk not in follow
    assert len(follow) == 3


def test_a_draft_of_a_closed_service_waits(cast: Cast) -> None:
    draft = make_draft_application(cast)
    next_version(cast.version, cast.office.local_date(TOMORROW))
    Service.objects.filter(pk=cast.service.pk).update(closed_from=date(2026, 1, 1))
    assert moving.move_drafts(TOMORROW).done == 0
    draft.refresh_from_db()
    assert draft.version == cast.version
