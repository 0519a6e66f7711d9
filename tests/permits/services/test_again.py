"""Applying again from the data of a refused application."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.storage import default_storage

from demo import samples
from permits.domain.lifecycle import Status
from permits.services import again, filling
from standards.services.publishing import publish_version
from tests.factories.permits import make_keys, make_submitted
from tests.factories.standards import PUBLISHED_AT, make_draft
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db


@pytest.fixture
def refused(cast, monday):
    make_keys(cast)
    return samples.refuse(make_submitted(cast, monday), monday, reason="Alamat salah.")


def test_a_new_draft_has_the_data_and_its_own_files(cast, monday, refused):
    draft = again.start_again(refused, actor=cast.applicant, at=monday)
    assert (draft.pk, draft.status, draft.number) != (refused.pk, refused.status, refused.number)
    assert draft.status == Status.DRAFT
    for name in ("holder_name", "national_id", "phone_e164", "answers"):
        assert getattr(draft, name) == getattr(refused, name)
    assert draft.declared_true_at is None
    old, new = refused.documents.current().get(), draft.documents.current().get()
    assert (new.sha256, new.original_name) == (old.sha256, old.original_name)
    assert new.file.name != old.file.name
    with default_storage.open(str(new.file)) as mine, default_storage.open(str(old.file)) as theirs:
        assert mine.read() == theirs.read()
    assert samples.submit(draft, monday).status == Status.SUBMITTED


def test_what_an_officer_refused_is_not_copied(cast, monday):
    make_keys(cast)
    sent = make_submitted(cast, monday)
    samples.judge(sent, monday, refuse=True)
    refused = samples.refuse(sent, monday, reason="KTP palsu.")
    draft = again.start_again(refused, actor=cast.applicant, at=monday)
    assert not draft.documents.exists()


def test_what_was_uploaded_follows_its_requirement_to_other_words(cast, monday, refused):
    paper = refused.documents.current().get().requirement
    procedure = cast.version.procedure_links.get().procedure
    later = make_draft(cast.service, procedure, effective_on=date(2026, 2, 1))
    again_asked = later.requirements.get(text=paper.text)
    again_asked.text, again_asked.code = f"{paper.text} yang masih berlaku.", paper.code
    again_asked.save()
    publish_version(later, actor=None, at=PUBLISHED_AT)
    draft = again.start_again(refused, actor=cast.applicant, at=monday)
    assert draft.version == later
    assert draft.documents.current().get().requirement == again_asked


def test_a_draft_for_the_same_holder_is_left_alone(cast, monday, refused):
    draft = filling.start_draft(cast.service, actor=cast.applicant, at=monday, like=refused)
    assert again.start_again(refused, actor=cast.applicant, at=monday) == draft
    assert not draft.documents.exists()


def test_a_draft_for_somebody_else_is_left_alone(cast, monday, refused):
    other = filling.start_draft(cast.service, actor=cast.applicant, at=monday)
    filling.save_form(other, at=monday, identity={"holder_name": "Ani, istri"})
    draft = again.start_again(refused, actor=cast.applicant, at=monday)
    assert draft.pk != other.pk
    other.refresh_from_db()
    assert other.holder_name == "Ani, istri"


def test_only_what_has_ended_starts_again(cast, monday):
    with pytest.raises(DomainError, match="out_of_turn"):
        again.start_again(make_submitted(cast, monday), actor=cast.applicant, at=monday)
