"""Whoever gives no name leaves no address, no account and no minute in any table."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from time_machine import TimeMachineFixture

from complaints.models import Complaint
from notices.models import Notice
from tests.complaints.services.test_attachments import a_pdf
from tests.complaints.views.public.test_sending import carried, filled, words
from tests.factories.complaints import make_complaint_desk
from tests.factories.permits import Cast
from workflow.models import SentForm

pytestmark = pytest.mark.django_db
ADDRESS = "203.0.113.77"


def everything() -> dict[str, set[tuple[Any, ...]]]:
    """Return all rows of all tables as they lie in the database."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found[table] = {tuple(map(str, row)) for row in cursor.fetchall()}
    return found


def written(before: dict[str, set[tuple[Any, ...]]]) -> str:
    """Return all that stands in rows that were written or changed since."""
    rows = [row for table, now in everything().items() for row in now - before[table]]
    return "\n".join(" ".join(row) for row in rows)


def instants(since: datetime) -> list[tuple[str, datetime]]:
    """Return every instant from ``since`` on that any column of any row holds."""
    until = timezone.now()
    return [
        (f"{model.__name__}.{field.name}", value)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.DateTimeField)
        for value in model._default_manager.filter(
            **{f"{field.name}__gte": since, f"{field.name}__lte": until}
        ).values_list(field.name, flat=True)
        if value.second or value.microsecond  # noon and midnight are no minutes of anybody
    ]


def test_sending_coming_back_and_adding_leave_no_trace(cast: Cast) -> None:
    make_complaint_desk(cast)
    client = Client(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT="Peramban-Kenari-7731")
    client.force_login(cast.applicant, "django.contrib.auth.backends.ModelBackend")
    before = everything()
    began = timezone.now()

    url = reverse("complaints:send", args=[cast.office.code])
    upload = SimpleUploadedFile("Budi.pdf", a_pdf(), "application/pdf")
    fields = filled(cast, identity="tidak", served_on="") | {"attachments": upload}
    looked = client.post(url, fields)
    page = words(client.post(url, carried(looked) | {"langkah": "kirim"}))
    complaint = Complaint.objects.get()
    secret = page.split('id="kode">')[1].split("<")[0]
    ticket = {"number": complaint.number, "secret": secret}
    client.post(reverse("complaints:track"), ticket)
    added = {"tindakan": "tambah", "text": "Satu hal lagi", "once": uuid4()}
    client.post(reverse("complaints:mine"), added)
    assert SentForm.objects.exists()  # each act works once, and even this row tells only the day
    client.post(reverse("complaints:mine"), {"tindakan": "selesai"})

    assert complaint.additions.exists()
    assert complaint.files.exists()
    text = written(before)
    assert complaint.number in text  # the search sees what was written
    for word in (ADDRESS, "Kenari-7731", secret, cast.applicant.email, cast.applicant.full_name):
        assert word not in text, word
    assert instants(began) == []
    assert complaint.entered_by is None


def test_officers_are_told_on_the_next_day_whatever_the_minute(
    cast: Cast, time_machine: TimeMachineFixture, monday: datetime
) -> None:
    make_complaint_desk(cast)
    at = monday.replace(hour=22, minute=41, second=7)
    time_machine.move_to(at, tick=False)
    url = reverse("complaints:send", args=[cast.office.code])
    looked = Client().post(url, filled(cast, identity="tidak"))
    Client().post(url, carried(looked) | {"langkah": "kirim"})
    notice = Notice.objects.get(template="complaints/new")
    midnight = (monday + timedelta(days=1)).replace(hour=0, minute=0)
    assert notice.created_at == midnight
    assert notice.next_try_at is not None
    assert notice.next_try_at >= midnight


def test_the_search_would_find_a_minute(cast: Cast) -> None:
    make_complaint_desk(cast)
    began = timezone.now()
    url = reverse("complaints:send", args=[cast.office.code])
    looked = Client().post(url, filled(cast, served_on=""))
    Client().post(url, carried(looked) | {"langkah": "kirim"})
    assert ("Complaint.received_at", Complaint.objects.get().received_at) in instants(began)
