"""Wrong files under right names, full disks, and oversized requests: a sentence, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.test import Client

from permits import selectors
from permits.models import Application, Document
from permits.services import filling
from tests.factories.filing import (
    a_zip,
    locked_pdf,
    named,
    plain_pdf,
    png,
    requirement,
    scripted_pdf,
    signed_in,
    url,
)
from tests.factories.permits import Cast, make_draft_application

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_nine(monday: datetime) -> Iterator[None]:
    with time_machine.travel(monday, tick=False):
        yield


@pytest.fixture
def draft(cast: Cast, monday: datetime) -> Application:
    """A draft whose first paper is there already."""
    return make_draft_application(cast, monday)


@pytest.fixture
def browser(cast: Cast) -> Client:
    """The applicant's browser."""
    return signed_in(cast.applicant)


BAD = [
    ("program.pdf", b"MZ\x90\x00" + b"\x00" * 200, "tidak cocok dengan namanya (program.pdf)"),
    ("halaman.html", b"<html><script>alert(1)</script></html>", "Jenis berkas tidak dapat"),
    ("gambar.svg", b"<svg xmlns='x' onload='alert(1)'/>", "Jenis berkas tidak dapat"),
    ("halaman.pdf", b"<html><script>alert(1)</script></html>", "tidak cocok dengan namanya"),
    ("arsip.zip", a_zip(), "Jenis berkas tidak dapat"),
    ("arsip.pdf", a_zip(), "tidak cocok dengan namanya"),
    ("kosong.pdf", b"", "Berkas kosong"),
    ("terpotong.pdf", b"%PDF-1.7\n" + b"x" * 300, "Jenis berkas tidak dapat"),
    ("rusak.png", b"\x89PNG\r\n\x1a\n" + b"x" * 300, "Jenis berkas tidak dapat"),
    ("rusak.jpg", b"\xff\xd8\xff" + b"x" * 300, "Jenis berkas tidak dapat"),
    ("terkunci.pdf", locked_pdf(), "dilindungi kata sandi"),
    ("skrip-buka.pdf", scripted_pdf("opening"), "memuat skrip"),
    ("skrip-nama.pdf", scripted_pdf("names"), "memuat skrip"),
    ("skrip-halaman.pdf", scripted_pdf("page"), "memuat skrip"),
    ("besar.pdf", b"%PDF-1.7\n" + b"0" * (10 * 1024 * 1024), "Berkas terlalu besar"),
]


@pytest.mark.parametrize(("name", "content", "words"), BAD, ids=[row[0] for row in BAD])
def test_a_wrong_file_gets_its_sentence_and_the_old_one_stays(
    draft: Application, browser: Client, name: str, content: bytes, words: str
) -> None:
    asked = requirement(draft, 2)
    before = list(draft.documents.current())
    answer = browser.post(url("upload", draft, asked.pk), {"berkas": named(name, content)})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert words in page
    assert f'id="salah-{asked.pk}"' in page, "the sentence stands at its field"
    assert "berkas.pdf" in page, "the earlier paper is still shown"
    assert list(draft.documents.current()) == before


def test_a_picture_with_the_wrong_ending_is_kept_as_what_it_is(
    draft: Application, browser: Client
) -> None:
    asked = requirement(draft, 2)
    browser.post(url("upload", draft, asked.pk), {"berkas": named("foto.pdf", png())})
    kept = draft.documents.current().get()
    assert kept.content_type == "image/png"
    assert kept.file.name.endswith(".png")


def test_what_hides_behind_a_picture_is_not_kept(draft: Application, browser: Client) -> None:
    asked = requirement(draft, 2)
    both = png() + b"<script>alert(1)</script>" + a_zip()
    browser.post(url("upload", draft, asked.pk), {"berkas": named("foto.png", both)})
    kept = draft.documents.current().get()
    with kept.file.open() as handle:
        content = handle.read()
    assert b"<script>" not in content
    assert b"PK\x03\x04" not in content


def test_a_polyglot_pdf_is_only_ever_served_as_pdf(draft: Application, browser: Client) -> None:
    asked = requirement(draft, 2)
    both = plain_pdf() + b"\n<html><script>alert(1)</script></html>" + a_zip()
    browser.post(url("upload", draft, asked.pk), {"berkas": named("dua.pdf", both)})
    kept = draft.documents.current().get()
    answer = browser.get(f"/berkas/{kept.public_id}/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", 'a"\r\nX-Bad: 1.pdf', "x" * 400 + ".pdf"])
def test_a_wicked_name_does_no_harm(draft: Application, browser: Client, name: str) -> None:
    asked = requirement(draft, 2)
    browser.post(url("upload", draft, asked.pk), {"berkas": named(name, plain_pdf())})
    kept = draft.documents.current().get()
    assert kept.file.name.startswith(f"documents/{draft.public_id}/")
    assert "/" not in kept.original_name
    answer = browser.get(f"/berkas/{kept.public_id}/?unduh=1")
    assert answer.status_code == 200
    assert "X-Bad" not in answer


def test_a_full_disk_loses_nothing(
    draft: Application, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: Any, **kwargs: Any) -> str:
        raise OSError(28, "No space left on device")

    asked, declared = requirement(draft, 2), requirement(draft, 3)
    before = list(Document.objects.all())
    filling.save_declarations(draft, [], at=draft.created_at)
    monkeypatch.setattr(default_storage, "save", full)
    page = browser.post(
        url("upload", draft, asked.pk),
        {"berkas": named("b.pdf", plain_pdf()), "pernyataan": "1", f"nyata-{declared.pk}": "on"},
    ).content.decode()
    assert "Berkas tidak dapat disimpan saat ini" in page
    assert list(Document.objects.all()) == before
    draft.refresh_from_db()
    assert draft.declared == [declared.pk], "the statement was kept although the file was not"
    assert draft.holder_name == "BKK SMK Contoh"


def test_a_tick_that_saves_itself_and_arrives_late_takes_no_other_away(
    draft: Application, browser: Client
) -> None:
    first, second = requirement(draft, 3).pk, requirement(draft, 4).pk
    filling.save_declarations(draft, [first, second], at=draft.created_at)
    late = f"{url('requirements', draft)}?butir={first}"
    htmx = {"HX-Request": "true"}
    browser.post(late, {"pernyataan": "1", f"nyata-{first}": "on"}, headers=htmx)
    draft.refresh_from_db()
    assert draft.declared == [first, second]
    browser.post(late, {"pernyataan": "1"}, headers=htmx)
    draft.refresh_from_db()
    assert draft.declared == [second]


def test_a_tick_that_saves_itself_reads_the_checklist_once(
    draft: Application, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, checklist = [], selectors.checklist

    def counting(application: Application) -> selectors.Checklist:
        seen.append(application.pk)
        return checklist(application)

    monkeypatch.setattr(selectors, "checklist", counting)
    number = requirement(draft, 3).pk
    answer = browser.post(
        f"{url('requirements', draft)}?butir={number}",
        {"pernyataan": "1", f"nyata-{number}": "on"},
        headers={"HX-Request": "true"},
    )
    assert f"syarat-{number}" in answer.content.decode()
    assert seen == [draft.pk]


@pytest.mark.parametrize("name", ["form", "questions", "requirements", "review"])
def test_a_request_that_is_too_big_is_refused_and_not_a_crash(
    draft: Application, browser: Client, name: str
) -> None:
    answer = browser.post(url(name, draft), {"isian_nama_bkk": "x" * (3 * 1024 * 1024)})
    assert answer.status_code == 400
    assert "Kiriman Anda tidak dapat kami baca" in answer.content.decode()
    many = browser.post(url(name, draft), {f"f{n}": "1" for n in range(2500)})
    assert many.status_code == 400
    draft.refresh_from_db()
    assert draft.answers["nama_bkk"] == "Contoh isian"


def test_too_many_files_at_once_are_refused(draft: Application, browser: Client) -> None:
    files = {f"berkas-{n}": named("a.pdf", b"x") for n in range(50)}
    assert browser.post(url("requirements", draft), files).status_code == 400


def test_a_broken_multipart_is_no_crash(draft: Application, browser: Client) -> None:
    answer = browser.post(
        url("upload", draft, requirement(draft, 2).pk), b"--x\r\nnonsense",
        content_type="multipart/form-data; boundary=x",
    )  # fmt: skip
    assert answer.status_code in (200, 400)
    no_boundary = browser.post(url("requirements", draft), b"x", content_type="multipart/form-data")
    assert no_boundary.status_code in (302, 400)
