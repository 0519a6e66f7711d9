"""Files of uploads that were replaced and never sent go after a term; evidence stays."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from demo import samples
from permits import selectors
from permits.models import Application, Document
from permits.services import applications, documents
from permits.services.orphans import clear_orphans
from permits.services.replaced import erase_replaced
from tests.factories.filing import signed_in
from tests.factories.permits import Cast, make_draft_application, make_submitted
from workflow.models import AdminTask

pytestmark = pytest.mark.django_db
TERM = timedelta(days=7)


def attach(application: Application, at: datetime, pk: int) -> Document:
    upload = samples.pdf_upload("baru.pdf")
    return documents.attach(application, pk, upload, actor=application.applicant, at=at)


def test_a_replaced_file_of_a_draft_goes_after_the_term(cast: Cast, monday: datetime) -> None:
    draft = make_draft_application(cast, monday)
    old = draft.documents.get()
    name = str(old.file.name)
    later = monday + timedelta(hours=1)
    new = attach(draft, later, old.requirement_id)
    assert erase_replaced(later + TERM - timedelta(seconds=1)).done == 0
    assert erase_replaced(later + TERM).done == 1
    assert erase_replaced(later + TERM).done == 0, "once"
    old.refresh_from_db()
    assert old.erased_at == later + TERM
    assert not old.file
    assert (old.original_name, old.size, len(old.sha256)) != ("", 0, 0), "what it was is on record"
    assert default_storage.exists(name), "a backup that is being made still finds it"
    os.utime(default_storage.path(name), (0, 0))
    clear_orphans(timezone.now())
    assert not default_storage.exists(name)
    new.refresh_from_db()
    assert default_storage.exists(str(new.file.name))


def test_a_removed_file_goes_as_a_replaced_one_does(cast: Cast, monday: datetime) -> None:
    draft = make_draft_application(cast, monday)
    documents.remove(draft, draft.documents.get().public_id, at=monday)
    assert erase_replaced(monday + TERM).done == 1


def test_what_was_part_of_a_sending_stays(cast: Cast, monday: datetime) -> None:
    application = make_submitted(cast, monday)
    back = monday + timedelta(hours=2)
    application = samples.return_for_completion(application, back)
    (line,) = selectors.checklist(application).refused()
    sent = application.documents.get()
    mistaken = attach(application, back + timedelta(minutes=1), line.requirement.pk)
    right = attach(application, back + timedelta(minutes=2), line.requirement.pk)
    applications.resubmit_application(
        application, actor=cast.applicant, at=back + timedelta(minutes=3), declared_true=True
    )
    late = back + TERM + timedelta(days=1)
    assert erase_replaced(late).done == 1
    rows = {row.pk: bool(row.file) for row in Document.objects.all()}
    assert rows == {sent.pk: True, mistaken.pk: False, right.pk: True}
    documents_sent = (sent.pk, right.pk)
    for pk in documents_sent:
        assert default_storage.exists(str(Document.objects.get(pk=pk).file.name))


def test_a_file_given_up_is_no_missing_file(cast: Cast, monday: datetime) -> None:
    draft = make_draft_application(cast, monday)
    old = draft.documents.get()
    documents.remove(draft, old.public_id, at=monday)
    erase_replaced(monday + TERM)
    answer = signed_in(cast.applicant).get(reverse("permits:document", args=[old.public_id]))
    assert answer.status_code == 404
    assert not AdminTask.objects.exists()
