"""Run inside the bench's portal: a hundred thousand complaints in the book of one office."""

from __future__ import annotations

import io
import json
import os
import sys
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.bench")

import django

django.setup()

from django.db import connection  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import ChannelKind, Office, User  # noqa: E402
from complaints.domain import draft, likeness  # noqa: E402
from complaints.domain.terms import ComplaintTermKind  # noqa: E402
from complaints.models import (  # noqa: E402
    Answer,
    Complaint,
    ComplaintDeadline,
    ComplaintRecord,
    Likeness,
)
from complaints.services import intake  # noqa: E402
from complaints.services.identity import Person  # noqa: E402
from complaints.services.intake import Report  # noqa: E402
from scripts.bench_base import copy_row  # noqa: E402
from scripts.bench_texts import report  # noqa: E402
from scripts.bench_world import count_queries, session_of  # noqa: E402
from standards.models import Service  # noqa: E402

OFFICE = "pekanbaru"
OFFICER = "pengaduan@pekanbaru.demo.invalid"
CLOSED, OPEN, STEP = 1_000_000, 3_000_000, 200_000  # where the keys of the copies begin


def main(many: int, unsolved: int) -> None:
    """Make them and print cookie, addresses and queries of the pages as JSON."""
    now = timezone.now()
    office = Office.objects.get(code=OFFICE)
    officer = User.objects.get(email=OFFICER)
    write_texts(many)
    first = a_complaint(office, now - timedelta(days=1))
    an_answer(first, officer, now)
    closed = many - unsolved
    copy(first, CLOSED, closed, closed_columns(now, closed))
    copy(first, OPEN, unsolved, open_columns(closed))
    remember(office, [CLOSED + n + 1 for n in range(closed)], 0)
    remember(office, [OPEN + n + 1 for n in range(unsolved)], closed)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    pages = {
        "worklist": f"{reverse('complaints:list')}?tampil=semua",
        "book": reverse("complaints:book"),
    }
    made = {
        "cookie": session_of(officer),
        "form": reverse("complaints:send", args=[OFFICE]),
        "hint": reverse("complaints:alike", args=[OFFICE]),
        "pages": pages,
        "queries": {name: count_queries(officer, url) for name, url in pages.items()},
    }
    print(json.dumps(made))


def write_texts(many: int) -> None:
    """Put the texts where SQL finds them by number."""
    lines = "".join(f"{number}\t{report(number)}\n" for number in range(many))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE words (n integer PRIMARY KEY, said text)")
        cursor.cursor.copy_expert("COPY words FROM STDIN", io.StringIO(lines))


def a_complaint(office: Office, at: datetime) -> Complaint:
    """Return one that came in by the form."""
    person = Person("Siti Rahma (akun demo)", "", "081200000000", "siti@contoh.test", "")
    came = Report(
        office=office, channel=ChannelKind.FORM, received_at=at, text=report(0), person=person,
        service=Service.objects.filter(office=office).order_by("pk").first(),
    )  # fmt: skip
    return intake.register_report(came, actor=None, at=at)


def an_answer(complaint: Complaint, officer: User, at: datetime) -> None:
    """Write the answer that the closed ones have."""
    words = "Berkas Saudara sudah selesai dan dapat diambil di loket."
    Answer.objects.create(
        complaint=complaint, round=1, revision=1, text=words, digest=draft.digest(words),
        written_by=officer, written_at=at, sent_at=at, sent_by=officer,
        sent_through=ChannelKind.EMAIL, proof="nomor pesan 1", reopen_until=at.date(),
        workdays=9,
    )  # fmt: skip


def closed_columns(now: datetime, many: int) -> dict[str, str]:
    """Return what closed ones have: they came in evenly since the first of January."""
    began = now.replace(month=1, day=1)
    step = f"{(now - began).total_seconds() / (many + 1)} * interval '1 second'"
    came = f"'{began.isoformat()}'::timestamptz + g * {step}"
    return {
        "number": "'PGD-S-' || g", "secret_digest": "md5('s' || g) || md5('t' || g)",
        "status": "'dijawab'", "text": "(SELECT said FROM words WHERE n = g - 1)",
        "received_at": came, "entered_at": came, "closed_at": f"{came} + interval '1 day'",
        "weight": "(ARRAY['ringan', 'sedang', 'berat'])[1 + g %% 3]", "due_on": "NULL",
        "due_at": "NULL",
    }  # fmt: skip


def open_columns(closed: int) -> dict[str, str]:
    """Return what open ones have: they came in one each two minutes."""
    return {
        "number": "'PGD-B-' || g",
        "secret_digest": "md5('b' || g) || md5('c' || g)",
        "text": f"(SELECT said FROM words WHERE n = {closed} + g - 1)",  # noqa: S608
        "received_at": "source.received_at - g * interval '2 minutes'",
        "entered_at": "source.received_at - g * interval '2 minutes'",
        "due_at": "source.due_at + g * interval '1 second'",
    }


def copy(first: Complaint, base: int, many: int, columns: dict[str, str]) -> None:
    """Copy a complaint with its promises and records; the closed ones have an answer."""
    mine = {"id": f"{base} + g", "public_id": "gen_random_uuid()"}
    copy_row(Complaint, first.pk, mine | columns, many)
    for turn, deadline in enumerate(first.deadlines.order_by("pk")):
        ids = {"id": f"{base} + {turn} * {STEP} + g", "complaint_id": f"{base} + g"}
        ahead = {"next_mark_at": "now() + interval '2 days'"}  # nobody is warned while we measure
        kept = {"met_at": "source.started_at", "next_mark_at": "NULL"}
        if base == OPEN:
            copy_row(ComplaintDeadline, deadline.pk, ids | ahead, many)
        elif deadline.kind == ComplaintTermKind.ANSWER:
            copy_row(ComplaintDeadline, deadline.pk, ids | kept, many)
    ids = {"id": f"{base} + g", "complaint_id": f"{base} + g"}
    if base == CLOSED:
        copy_row(Answer, first.answers.get().pk, ids, many)
    mine = {"id": f"{base} + g", "subject_id": f"{base} + g"}
    copy_row(ComplaintRecord, first.records.get().pk, mine, many)


def remember(office: Office, keys: list[int], first_text: int) -> None:
    """Keep the fingerprints of the texts."""
    lines = io.StringIO()
    for number, key in enumerate(keys, start=first_text):
        for band in likeness.bands(report(number)):
            lines.write(f"{key}\t{office.pk}\t{band}\n")
    lines.seek(0)
    table = Likeness._meta.db_table
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(f"COPY {table} (complaint_id, office_id, band) FROM STDIN", lines)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
