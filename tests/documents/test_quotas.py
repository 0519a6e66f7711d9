"""One sender cannot fill the disk or keep the processors: each quota refuses, with a way out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from complaints.models import ComplaintFile
from complaints.services import attachments
from demo import samples
from documents import quotas
from permits.models import Application, Document
from permits.services import documents
from tests.factories.complaints import make_complaint, make_complaint_desk
from tests.factories.filing import named, plain_pdf, png, signed_in, url
from tests.factories.permits import Cast, make_draft_application
from workflow.domain.errors import DomainError
from workflow.models import ThrottleCounter
from workflow.refusals import sentence

pytestmark = pytest.mark.django_db
ADDRESS = "203.0.113.9"


@pytest.fixture(autouse=True)
def _at_nine(monday: datetime) -> Iterator[None]:
    with time_machine.travel(monday, tick=False):
        yield


def limit(settings: Any, **numbers: tuple[int, int]) -> None:
    settings.UPLOAD_QUOTAS = {**settings.UPLOAD_QUOTAS, **numbers}


def send(draft: Application, at: datetime, **sender: Any) -> Document:
    who = {"actor": draft.applicant, "address": "hash", **sender}
    return documents.attach(draft, paper(draft), samples.pdf_upload(), at=at, **who)


def paper(draft: Application) -> int:
    """Return the requirement that has a file."""
    return int(draft.documents.first().requirement_id)


def refused(call: Any, code: str) -> str:
    with pytest.raises(DomainError) as raised:
        call()
    assert raised.value.code == code
    return sentence(raised.value)


def test_a_person_has_a_number_of_files_a_day(cast: Cast, monday: datetime, settings: Any) -> None:
    draft = make_draft_application(cast, monday)
    ThrottleCounter.objects.all().delete()
    limit(settings, person=(2, 600))
    send(draft, monday)
    nothing = named("a.pdf", b"")
    who = {"actor": cast.applicant, "at": monday, "address": "hash"}
    with pytest.raises(DomainError, match="file_empty"):  # a refused file was looked at as well
        documents.attach(draft, paper(draft), nothing, **who)  # type: ignore[arg-type]
    late = monday + timedelta(hours=3)
    said = refused(lambda: send(draft, late), "quota_person")
    assert "paling banyak 2 berkas" in said
    assert "21 jam lagi" in said
    send(make_draft_application(cast, monday, applicant=cast.stranger), late, actor=cast.stranger)
    assert send(draft, monday + timedelta(days=1)).size


def test_a_person_has_a_number_of_megabytes_a_day(
    cast: Cast, monday: datetime, settings: Any
) -> None:
    draft = make_draft_application(cast, monday)
    limit(settings, person=(200, 1))
    big = named("a.pdf", plain_pdf().replace(b"%%EOF", b"%" + b"x" * 700_000 + b"\n%%EOF"))
    attach = {"actor": cast.applicant, "at": monday, "address": "hash"}
    documents.attach(draft, paper(draft), big, **attach)  # type: ignore[arg-type]
    refused(
        lambda: documents.attach(draft, paper(draft), big, **attach),  # type: ignore[arg-type]
        "quota_person",
    )


def test_an_address_has_its_own_hour_and_is_kept_as_a_hash(
    cast: Cast, monday: datetime, settings: Any
) -> None:
    draft = make_draft_application(cast, monday)
    limit(settings, address=(1, 2000))
    browser = signed_in(cast.applicant)
    name = f"berkas-{paper(draft)}"

    def post(address: str) -> str:
        fields = {name: samples.pdf_upload()}
        answer = browser.post(url("requirements", draft), fields, REMOTE_ADDR=address, follow=True)
        return str(answer.content.decode())

    assert "dalam satu jam" not in post(ADDRESS)
    page = post(ADDRESS)
    assert "paling banyak 1 berkas" in page
    assert "60 menit lagi" in page
    assert "dalam satu jam" not in post("203.0.113.10")
    assert not ThrottleCounter.objects.filter(key__contains=ADDRESS).exists()


def test_a_draft_holds_so_much(cast: Cast, monday: datetime, settings: Any) -> None:
    draft = make_draft_application(cast, monday)
    present = draft.documents.current().count()
    limit(settings, draft=(present, 200))
    assert send(draft, monday).superseded_at is None, "in the place of another it fits"
    pk = paper(draft)
    more = {"actor": cast.applicant, "at": monday}
    said = refused(
        lambda: documents.add(draft, pk, samples.pdf_upload(), **more),  # type: ignore[arg-type]
        "quota_draft",
    )
    assert "Hapus berkas yang tidak perlu" in said
    assert draft.documents.current().count() == present


def posted(client: Client, cast: Cast, address: str = ADDRESS, **more: Any) -> str:
    fields = {"langkah": "periksa", "text": "x", "attachments": named("a.png", png()), **more}
    path = reverse("complaints:send", args=[cast.office.code])
    return client.post(path, fields, REMOTE_ADDR=address).content.decode()


def test_a_complainant_without_name_is_counted_without_an_address(
    cast: Cast, client: Client, settings: Any
) -> None:
    make_complaint_desk(cast)
    limit(settings, sender=(2, 300))
    for _file in range(2):
        assert "batas itu sudah tercapai" not in posted(client, cast)
    page = posted(client, cast)
    assert "paling banyak 2 berkas" in page
    assert "tambahkan berkasnya 60 menit lagi dengan nomor dan kode rahasia" in page
    assert ComplaintFile.objects.count() == 2
    posted(client, cast, "203.0.113.10")
    assert ComplaintFile.objects.count() == 3
    counters = ThrottleCounter.objects.filter(key__startswith="uploads-")
    assert counters.count() == 4
    assert not counters.filter(key__contains="203.0.113").exists()
    counters.update(expires_at=datetime(2020, 1, 1, tzinfo=cast.office.zone))
    posted(client, cast)
    assert ComplaintFile.objects.count() == 4


def test_what_was_never_sent_has_one_limit_for_everybody(
    cast: Cast, client: Client, settings: Any
) -> None:
    make_complaint_desk(cast)
    limit(settings, unsent=(1, 3000))
    posted(client, cast)
    assert "menunggu dikirim" in posted(client, cast, "203.0.113.10")
    assert ComplaintFile.objects.count() == 1


def test_a_complaint_holds_so_much(cast: Cast, monday: datetime, settings: Any) -> None:
    make_complaint_desk(cast)
    kept = attachments.take(named("a.png", png()), at=monday)
    complaint = make_complaint(cast, monday, files=[kept.pk])
    limit(settings, complaint=(1, 200))
    said = refused(
        lambda: attachments.take(named("b.png", png()), at=monday, to=complaint), "quota_complaint"
    )
    assert "Satu laporan memuat paling banyak 1 berkas" in said


def test_an_hour_begins_with_its_first_file(monday: datetime, settings: Any) -> None:
    limit(settings, address=(3, 1))
    meter = quotas.of_address("x")
    for minute in (0, 20, 40):
        with quotas.metered(10, monday + timedelta(minutes=minute), meter):
            pass
    said = refused(lambda: meter.refuse(10, monday + timedelta(minutes=50)), "quota_address")
    assert "10 menit lagi" in said
    meter.refuse(10, monday + timedelta(minutes=60))
