"""A message may carry files: read from the private storage when it leaves, waited for."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from notices import outbox
from notices.models import Notice
from notices.services import deliver_due
from tests.factories.permits import Cast

pytestmark = pytest.mark.django_db


def post(cast: Cast, at: datetime, path: str) -> None:
    outbox.post(
        "with-file", "permits/received", to=cast.applicant, at=at, number="1", code="AB",
        attachments=[(path, "kartu-kendali.pdf", "application/pdf")],
    )  # fmt: skip


def test_the_file_goes_with_the_mail(cast: Cast, monday: datetime) -> None:
    path = default_storage.save("uji/kartu.pdf", ContentFile(b"%PDF-1.7 kartu"))
    post(cast, monday, path)
    assert deliver_due(monday).done == 1
    one = mail.outbox[0]
    assert one.attachments == [("kartu-kendali.pdf", b"%PDF-1.7 kartu", "application/pdf")]


def test_a_missing_file_is_waited_for(cast: Cast, monday: datetime) -> None:
    post(cast, monday, "uji/nanti.pdf")
    assert deliver_due(monday).done == 0
    assert Notice.objects.get().last_error == "uji/nanti.pdf: FileNotFoundError"
    default_storage.save("uji/nanti.pdf", ContentFile(b"%PDF-1.7 nanti"))
    assert deliver_due(monday + timedelta(minutes=1)).done == 1
    assert len(mail.outbox) == 1
