"""An error is reported without anything that somebody had typed or sent along."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError, IntegrityError
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.log import AdminEmailHandler
from django.views.debug import ExceptionReporter, get_exception_reporter_class

from complaints.models import Complaint
from complaints.services import complainant, handling, identity, intake
from complaints.views.desk.complaint_panels import IdentityPanel, ReportPanel
from portal.failures import JsonFormatter, OneLineFormatter, Reporter
from tests.complaints.views.public.test_sending import carried
from tests.factories import canaries
from tests.factories.canaries import FILES, IDENTITY, WORDS, found_in
from tests.factories.complaints import OFFICER, make_complaint, make_complaint_desk
from tests.factories.filing import signed_in
from tests.factories.permits import Cast
from workflow.failures import brief

pytestmark = pytest.mark.django_db
TYPED = {
    "identity": "ya", "name": IDENTITY["name"], "email": "kenarisurel@contoh.id",
    "national_id": IDENTITY["national id"], "phone": f"0{IDENTITY['phone']}",
    "address": IDENTITY["address"], "text": f"Petugas meminta uang {WORDS['text']}",
    "langkah": "periksa", "confidential": "on",
}  # fmt: skip


class Broken(Exception):
    """What no service expects."""


def breaking(*_args: Any, **_facts: Any) -> None:
    raise Broken("broken")


@pytest.fixture
def reports(settings: Any) -> Iterator[list[str]]:
    """Everything that is told of errors while a test runs: mails to operators, and the log."""
    settings.ADMINS = [("Operator", "operator@contoh.id")]
    told: list[str] = []
    by_mail, by_log = AdminEmailHandler(include_html=True), logging.Handler()
    by_log.setFormatter(OneLineFormatter("%(name)s %(message)s"))
    by_log.emit = lambda record: told.append(by_log.format(record))  # type: ignore[method-assign]
    root = logging.getLogger()
    for handler in (by_mail, by_log):
        root.addHandler(handler)
    yield told
    for handler in (by_mail, by_log):
        root.removeHandler(handler)


def told_of(answer: Any, reports: list[str]) -> list[str]:
    """Return the page, the mails and the lines about one error."""
    mails = [f"{one.subject}\n{one.body}\n{one.alternatives}" for one in mail.outbox]
    assert answer.status_code == 500
    assert any("Broken" in one for one in mails)
    assert any("Broken" in one for one in reports)
    return [answer.content.decode(), *mails, *reports]


def uploads() -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"{FILES['photo name']}.jpg", canaries.photo(), "image/jpeg")]


def anybody() -> Client:
    return Client(raise_request_exception=False, REMOTE_ADDR="203.0.113.77")


@pytest.mark.parametrize("where", ["looking", "sending"])
def test_of_a_form_that_breaks_nothing_typed_is_told(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, reports: list[str], where: str
) -> None:
    make_complaint_desk(cast)
    address, client = reverse("complaints:send", args=[cast.office.code]), anybody()
    typed: dict[str, Any] = {**TYPED, "attachments": uploads()}
    if where == "sending":
        typed = carried(client.post(address, typed)) | {"langkah": "kirim"}
        assert found_in(str(typed)) >= {"text", "name"}
        monkeypatch.setattr(intake.numbers, "take", breaking)
    else:
        monkeypatch.setattr(intake, "assess", breaking)
    told = told_of(client.post(address, typed), reports)
    assert found_in(*told) == set()
    assert "203.0.113.77" not in "".join(told)


def test_of_an_addition_that_breaks_nothing_typed_is_told(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, reports: list[str]
) -> None:
    make_complaint_desk(cast)
    secret = "2345-6789-ABCD-EFGH-JKLM-NPQR-STUV"
    complaint, client = make_complaint(cast, secret=secret), anybody()
    client.post(reverse("complaints:track"), {"number": complaint.number, "secret": secret})
    monkeypatch.setattr(complainant.transitions, "lock", breaking)
    typed = {"tindakan": "tambah", "text": WORDS["addition"], "attachments": uploads()}
    told = told_of(client.post(reverse("complaints:mine"), typed), reports)
    assert found_in(*told) == set()
    assert client.cookies["pengaduan"].value not in "".join(told)


@pytest.mark.parametrize("what", ["page", "act", "identity"])
def test_of_a_page_of_officers_that_breaks_nothing_of_the_complaint_is_told(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, reports: list[str], what: str
) -> None:
    make_complaint_desk(cast)
    person = identity.Person(IDENTITY["name"], phone=f"0{IDENTITY['phone']}")
    complaint = make_complaint(cast, text=f"Isinya {WORDS['text']}", person=person)
    client = signed_in(cast.at(OFFICER))
    client.raise_request_exception = False
    address = complaint.get_absolute_url()
    if what == "page":
        monkeypatch.setattr(ReportPanel, "facts", property(breaking))
        answer = client.get(address)
    elif what == "act":
        monkeypatch.setattr(handling, "fire", breaking)
        answer = client.post(f"{address}minta/", {"note": WORDS["note"]})
    else:
        monkeypatch.setattr(IdentityPanel, "openings", property(breaking))
        answer = client.post(f"{address}identitas/", {"reason": WORDS["request"]})
    assert found_in(*told_of(answer, reports)) == set()
    if what != "page":  # other reporters are told as well
        assert vars(answer.wsgi_request)["sensitive_post_parameters"] == "__ALL__"


def failure(error: BaseException) -> Any:
    try:
        raise error
    except type(error):
        return sys.exc_info()


def test_django_by_itself_would_tell() -> None:
    request = RequestFactory().post("/", TYPED | {"attachments": uploads()[0]})
    mine: Any = get_exception_reporter_class(request)
    assert mine is Reporter
    found = found_in(ExceptionReporter(request, *failure(Broken("x"))).get_traceback_text())
    assert found >= {"name", "national id", "phone", "address", "text", "photo name"}
    for text in (Reporter(request, *failure(Broken("x"))).get_traceback_text(),
                 Reporter(request, *failure(Broken("x"))).get_traceback_html()):  # fmt: skip
        assert found_in(text) == set()
        assert "Broken: x" in text
        assert "test_failures.py" in text


def test_while_developing_everything_is_shown(settings: Any) -> None:
    settings.DEBUG = True
    request = RequestFactory().post("/", TYPED)
    assert "text" in found_in(Reporter(request, *failure(Broken("x"))).get_traceback_text())


@pytest.mark.postgres
def test_the_row_that_postgresql_quotes_is_not_told(cast: Cast) -> None:
    make_complaint_desk(cast)
    complaint = make_complaint(cast, text=WORDS["text"])
    with pytest.raises(IntegrityError, match=WORDS["text"]) as refused:
        Complaint.objects.filter(pk=complaint.pk).update(merged_into=complaint.pk)
    error = refused.value
    told = OneLineFormatter().formatException((type(error), error, error.__traceback__))
    assert "complaints_not_into_itself" in told
    assert found_in(told, brief(error)) == set()
    report: Any = Reporter(None, type(error), error, error.__traceback__)
    assert found_in(report.get_traceback_text(), report.get_traceback_html()) == set()


def test_of_a_value_that_the_database_refuses_only_the_kind_is_kept() -> None:
    assert brief(DataError(f'invalid input: "{WORDS["text"]}"')) == "DataError"
    assert brief(Broken("no key\nDETAIL: more")) == "Broken: no key"
    assert brief(Broken()) == "Broken"
    assert brief(None) == ""


def test_lines_of_the_log_can_be_read_by_machines() -> None:
    quoted = "broken\nDETAIL:  Key (nik)=(1471) exists."
    try:
        raise Broken(quoted)
    except Broken:
        record = logging.LogRecord(
            "portal", logging.ERROR, __file__, 1, "nama %s", ("a\r\n\u2028b",), sys.exc_info()
        )
    line = JsonFormatter().format(record)
    assert line.splitlines() == [line]
    said = json.loads(line)
    assert (said["level"], said["logger"], said["message"]) == (
        "ERROR",
        "portal",
        "nama a\r\n\u2028b",
    )
    assert datetime.fromisoformat(said["time"]).utcoffset() == timedelta(0)
    assert "Broken: broken" in said["error"]
    assert "1471" not in said["error"]


def test_nobody_writes_a_line_of_their_own_into_the_log() -> None:
    sent = "budi\r\n2026-11-16 INFO masuk: kepala\x1b[2J\u2028selesai"
    record = logging.LogRecord("portal", logging.WARNING, __file__, 1, "nama %s", (sent,), None)
    line = OneLineFormatter("%(levelname)s %(message)s").format(record)
    assert line == ("WARNING nama budi\\r\\n2026-11-16 INFO masuk: kepala\\x1b[2J\\u2028selesai")
