"""Uploads are scanned by a real clamd; without its answer nothing is opened and nothing is lost."""

from __future__ import annotations

import io
import socket
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.urls import reverse

from complaints.models import ComplaintFile
from complaints.services import attachments, complainant
from complaints.views.public.tracking_page import tracking_of
from demo import samples
from documents import clamd, scanning
from documents.scans import ScanStatus
from notices.models import Notice
from permits import selectors
from permits.models import Application, Document
from permits.services import again, applications, documents
from portal.settings import env
from tests.clamd import EICAR, NAME, running_clamd
from tests.factories.complaints import make_complaint, make_complaint_desk
from tests.factories.filing import named, plain_pdf, signed_in
from tests.factories.permits import Cast, make_draft_application, make_submitted
from workflow.domain.errors import DomainError
from workflow.models import AdminTask, Heartbeat
from workflow.refusals import sentence

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def scanner() -> Iterator[str]:
    with running_clamd() as address:
        yield address


@pytest.fixture(autouse=True)
def _fresh(monday: datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(scanning, "_away_until", 0.0)
    cache.clear()
    with time_machine.travel(monday, tick=False):
        yield


@pytest.fixture
def on(scanner: str, settings: Any) -> str:
    settings.CLAMD_ADDRESS = scanner
    return scanner


@pytest.fixture
def away(settings: Any, tmp_path: Path) -> None:
    settings.CLAMD_ADDRESS = str(tmp_path / "nobody")


def infected_pdf() -> bytes:
    return plain_pdf().replace(b"%%EOF", b"%" + EICAR + b"\n%%EOF")


def packed_infected_pdf() -> bytes:
    """Return a PDF in which it stands compressed: attachments of reports are written anew."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page().Contents = pdf.make_stream(EICAR)
        pdf.save(out)
    return out.getvalue()


def send(draft: Application, content: bytes, at: datetime) -> Document:
    pk = draft.documents.current().get().requirement_id
    upload = named("ktp.pdf", content)
    return documents.attach(draft, pk, upload, actor=draft.applicant, at=at)


def planted(document: Document, content: bytes) -> None:
    """Have other bytes lie where the file of the document lies."""
    Path(document.file.path).write_bytes(content)


def opened(cast: Cast, document: Document, desk: str = "front-office") -> Any:
    officer = signed_in(cast.officers[desk])
    return officer.get(reverse("permits:document", args=[document.public_id]))


# At once -----------------------------------------------------------------------------------------


def test_a_clean_file_is_open_at_once(cast: Cast, monday: datetime, on: str) -> None:
    draft = make_draft_application(cast, monday)
    assert draft.documents.get().scan == ScanStatus.CLEAN
    samples.submit(draft, monday)
    assert opened(cast, draft.documents.get()).status_code == 200


def test_an_infected_file_is_refused_with_a_sentence(cast: Cast, monday: datetime, on: str) -> None:
    draft = make_draft_application(cast, monday)
    before = draft.documents.get()
    with pytest.raises(DomainError) as raised:
        send(draft, infected_pdf(), monday)
    assert f"mengandung virus ({NAME})" in sentence(raised.value)
    assert draft.documents.current().get() == before
    with pytest.raises(DomainError, match="file_infected"):
        attachments.take(named("a.pdf", packed_infected_pdf()), at=monday)
    assert not ComplaintFile.objects.exists()


def test_without_a_scanner_files_are_received_and_open(cast: Cast, monday: datetime) -> None:
    application = make_submitted(cast, monday)
    document = application.documents.get()
    assert document.scan == ScanStatus.RECEIVED
    assert opened(cast, document).status_code == 200


# Later -------------------------------------------------------------------------------------------


def test_a_file_waits_for_clamd_and_the_application_goes_on(
    cast: Cast, monday: datetime, away: None, scanner: str, settings: Any
) -> None:
    application = make_submitted(cast, monday)
    document = application.documents.get()
    assert document.scan == ScanStatus.WAITING
    answer = opened(cast, document)
    assert answer.status_code == 409
    assert "Menunggu pemeriksaan virus" in answer.content.decode()
    document.refresh_from_db()
    assert document.opened_at is None, "nobody has seen it"
    page = signed_in(cast.officers["front-office"]).get(application.get_desk_url())
    assert "Menunggu pemeriksaan virus" in page.content.decode()
    own = signed_in(cast.applicant).get(reverse("permits:document", args=[document.public_id]))
    assert own.status_code == 200, "the sender may look at the own file"
    assert scanning.scan_waiting(monday).done == 0
    settings.CLAMD_ADDRESS = scanner
    assert scanning.scan_waiting(monday + MINUTE).done == 1
    document.refresh_from_db()
    assert (document.scan, document.scanned_at) == (ScanStatus.CLEAN, monday + MINUTE)
    assert opened(cast, document).status_code == 200
    assert scanning.scan_waiting(monday + MINUTE).done == 0
    assert Heartbeat.objects.filter(sweep=scanning.TASK).exists()


def test_administrators_are_told_when_files_wait_too_long(
    cast: Cast, monday: datetime, away: None, scanner: str, settings: Any
) -> None:
    make_submitted(cast, monday)
    scanning.scan_waiting(monday)
    scanning.scan_waiting(monday + 14 * MINUTE)
    assert not AdminTask.objects.exists()
    scanning.scan_waiting(monday + 15 * MINUTE)
    task = AdminTask.objects.get(closed_at=None)
    assert task.facts == {"n": 1, "minutes": 15}
    settings.CLAMD_ADDRESS = scanner
    scanning.scan_waiting(monday + 20 * MINUTE)
    assert not AdminTask.objects.filter(closed_at=None).exists()


def test_files_from_before_the_scanner_are_scanned(
    cast: Cast, monday: datetime, scanner: str, settings: Any
) -> None:
    document = make_submitted(cast, monday).documents.get()
    settings.CLAMD_ADDRESS = scanner
    assert opened(cast, document).status_code == 409
    assert scanning.scan_waiting(monday).done == 1
    assert opened(cast, document).status_code == 200


def test_a_scanner_that_is_taken_away_leaves_nothing_waiting(
    cast: Cast, monday: datetime, away: None, settings: Any
) -> None:
    document = make_submitted(cast, monday).documents.get()
    settings.CLAMD_ADDRESS = ""
    scanning.scan_waiting(monday)
    document.refresh_from_db()
    assert (document.scan, document.is_open) == (ScanStatus.RECEIVED, True)


def test_a_virus_found_later_in_a_draft_opens_the_requirement_again(
    cast: Cast, monday: datetime, away: None, scanner: str, settings: Any
) -> None:
    draft = make_draft_application(cast, monday)
    document = draft.documents.get()
    planted(document, infected_pdf())
    settings.CLAMD_ADDRESS = scanner
    scanning.scan_waiting(monday + MINUTE)
    assert scanning.scan_waiting(monday + MINUTE).done == 0, "once"
    document.refresh_from_db()
    assert (document.scan, document.superseded_at) == (ScanStatus.INFECTED, monday + MINUTE)
    assert not draft.documents.current().exists()
    message = Notice.objects.get(template="permits/infected")
    assert message.recipient == cast.applicant
    assert not AdminTask.objects.exists()
    own = signed_in(cast.applicant).get(reverse("permits:document", args=[document.public_id]))
    assert own.status_code == 409
    with pytest.raises(DomainError, match="application_incomplete"):
        samples.submit(draft, monday)


def test_a_virus_found_after_sending_is_returned_in_the_ordinary_way(
    cast: Cast, monday: datetime, away: None, scanner: str, settings: Any
) -> None:
    application = make_submitted(cast, monday)
    document = application.documents.get()
    planted(document, infected_pdf())
    settings.CLAMD_ADDRESS = scanner
    scanning.scan_waiting(monday + MINUTE)
    assert "Mengandung virus" in opened(cast, document).content.decode()
    task = AdminTask.objects.get(closed_at=None)
    assert (task.kind, task.office) == ("document_infected", cast.office)
    assert Notice.objects.filter(template="permits/infected").count() == 1
    application = samples.return_for_completion(samples.reload(application), monday + 2 * MINUTE)
    (line,) = selectors.checklist(application).refused()
    fresh = send(application, plain_pdf(), monday + 3 * MINUTE)
    assert line.document == document
    scanning.scan_waiting(monday + 3 * MINUTE)
    applications.resubmit_application(
        application, actor=cast.applicant, at=monday + 4 * MINUTE, declared_true=True
    )
    assert opened(cast, fresh).status_code == 200


def test_a_new_application_takes_no_infected_file_over(
    cast: Cast, monday: datetime, on: str
) -> None:
    application = make_submitted(cast, monday)
    Document.objects.update(scan=ScanStatus.INFECTED)
    applications.end(application, "tarik", actor=cast.applicant, at=monday, note="Salah")  # type: ignore[arg-type]
    draft = again.start_again(samples.reload(application), actor=cast.applicant, at=monday)
    assert not draft.documents.exists()


def test_files_of_complaints_wait_and_are_told_of(
    cast: Cast, monday: datetime, away: None, scanner: str, settings: Any
) -> None:
    make_complaint_desk(cast)
    kept = attachments.take(named("a.pdf", plain_pdf()), at=monday)
    assert kept.scan == ScanStatus.WAITING
    complaint = make_complaint(cast, monday, files=[kept.pk])
    officer = signed_in(cast.officers["petugas-pengaduan"])
    address = reverse("complaints:file", args=[kept.public_id])
    assert officer.get(address).status_code == 409
    page = officer.get(complaint.get_absolute_url()).content.decode()
    assert "Menunggu pemeriksaan virus" in page
    assert address not in page
    Path(kept.file.path).write_bytes(infected_pdf())
    settings.CLAMD_ADDRESS = scanner
    scanning.scan_waiting(monday)
    assert "Mengandung virus" in officer.get(complaint.get_absolute_url()).content.decode()
    assert "Mengandung virus" in officer.get(address).content.decode()


# What clamd cannot do ----------------------------------------------------------------------------


def test_what_cannot_be_scanned_is_marked_and_told(
    cast: Cast, monday: datetime, settings: Any
) -> None:
    with running_clamd(longest="1K") as address:
        settings.CLAMD_ADDRESS = address
        big = plain_pdf().replace(b"%%EOF", b"%" + b"x" * 20_000 + b"\n%%EOF")
        draft = make_draft_application(cast, monday)
        document = send(draft, big, monday)
        assert document.scan == ScanStatus.WAITING
        for turn in range(scanning.TRIES):
            assert Document.objects.get(pk=document.pk).scan == ScanStatus.WAITING
            scanning.scan_waiting(monday + turn * MINUTE)
    document.refresh_from_db()
    assert document.scan == ScanStatus.UNSCANNABLE
    assert not document.is_open
    assert "INSTREAM size limit exceeded" in AdminTask.objects.get().facts["reason"]
    call_command("scan_again", verbosity=0)
    document.refresh_from_db()
    assert (document.scan, document.scan_tries) == (ScanStatus.WAITING, 0)


def test_a_file_that_is_gone_does_not_wait_for_ever(
    cast: Cast, monday: datetime, away: None, scanner: str, settings: Any
) -> None:
    document = make_submitted(cast, monday).documents.get()
    Path(document.file.path).unlink()
    settings.CLAMD_ADDRESS = scanner
    scanning.scan_waiting(monday)
    document.refresh_from_db()
    assert document.scan == ScanStatus.UNSCANNABLE


class Strange:
    """A server that answers as no clamd should."""

    def __init__(self, folder: Path, answer: bytes | None) -> None:
        self.address = str(folder / "strange")
        self.answer, self.asked = answer, 0
        self.line = socket.socket(socket.AF_UNIX)
        self.line.bind(self.address)
        self.line.listen(5)
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        kept = []
        while True:
            try:
                caller, _address = self.line.accept()
            except OSError:
                return
            self.asked += 1
            kept.append(caller)
            if self.answer is not None:
                caller.sendall(self.answer)
                caller.close()


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (None, clamd.ClamdAway),
        (b"", clamd.ClamdAway),
        (b"stream: O", clamd.ClamdAway),
        (b"stream: lain\0", clamd.NotScanned),
        (b"UNKNOWN COMMAND\0", clamd.NotScanned),
        (b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0", clamd.NotScanned),
    ],
)
def test_only_the_word_ok_is_clean(
    tmp_path: Path, settings: Any, answer: bytes | None, error: type[Exception]
) -> None:
    strange = Strange(tmp_path, answer)
    settings.CLAMD_ADDRESS = strange.address
    with pytest.raises(error):
        clamd.scan(b"isi", seconds=0.3)
    strange.line.close()


def test_a_clamd_that_is_silent_holds_one_visitor_only(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    strange = Strange(tmp_path, None)
    settings.CLAMD_ADDRESS = strange.address
    monkeypatch.setattr(scanning, "_AT_ONCE", 0.2)
    assert [scanning.first_status(b"isi") for _file in range(3)] == [ScanStatus.WAITING] * 3
    assert strange.asked == 1
    strange.line.close()


def test_it_is_reached_by_network_as_well(settings: Any) -> None:
    server = socket.create_server(("127.0.0.1", 0))
    settings.CLAMD_ADDRESS = f"127.0.0.1:{server.getsockname()[1]}"

    def pong() -> None:
        caller, _address = server.accept()
        caller.recv(100)
        caller.sendall(b"PONG\0")
        caller.close()

    threading.Thread(target=pong, daemon=True).start()
    assert clamd.answers()
    server.close()
    assert not clamd.answers()


@pytest.mark.parametrize("value", ["clamd", "host:", ":3310", "host:abc"])
def test_an_address_that_is_none_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("CLAMD_ADDRESS", value)
    with pytest.raises(ImproperlyConfigured):
        env.socket("CLAMD_ADDRESS")
    for right in ("/run/clamav/clamd.ctl", "10.0.0.4:3310", ""):
        monkeypatch.setenv("CLAMD_ADDRESS", right)
        assert env.socket("CLAMD_ADDRESS") == right


def test_the_sender_of_a_complaint_reads_of_a_virus(cast: Cast, monday: datetime, on: str) -> None:
    make_complaint_desk(cast)
    kept = attachments.take(named("a.pdf", plain_pdf()), at=monday)
    complaint = make_complaint(cast, monday, files=[kept.pk])
    ComplaintFile.objects.update(scan=ScanStatus.INFECTED)
    found = complainant.find_shown(complaint.public_id.hex)
    assert found is not None
    said = dict(tracking_of(found, monday).sent)
    assert "mengandung virus" in str(said["Lampiran bervirus"])
