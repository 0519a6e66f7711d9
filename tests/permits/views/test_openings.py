"""Whoever opens what an applicant gave is on record; the applicant and the head read it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from permits.audit import _OFFICE
from permits.models import Application, Document, InspectionPhoto, Opening
from permits.services import openings
from permits.views import recorded_files
from portal import routes
from standards.domain.steps import StepKind
from tests.factories.base import on_monday
from tests.factories.permits import NOON, Cast, at_step, make_cast
from workflow import audit

pytestmark = pytest.mark.django_db
READ = [
    name
    for name, access in routes.TABLE.items()
    if name.startswith("permits:") and "GET" in access.methods
]


@pytest.fixture(scope="module")
def _application(module_world: None) -> int:
    return on_monday(at_step, StepKind.NUMBER)


@pytest.fixture
def application(_application: int, db: None) -> Application:
    """A file at the numbering desk: played once for the module."""
    return Application.objects.get(pk=_application)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def file_of(application: Application) -> str:
    document = Document.objects.filter(application=application)[0]
    return reverse("permits:document", args=[document.public_id])


def address(name: str, application: Application) -> str | None:
    photo = InspectionPhoto.objects.get(inspection__application=application)
    keys: list[dict[str, Any]] = [
        {}, {"key": application.public_id}, {"key": application.public_id, "nth": 1},
    ]  # fmt: skip
    if name == "permits:document":
        return file_of(application)
    if name == "permits:photo":
        return reverse(name, args=[photo.public_id])
    for each in keys:
        try:
            return reverse(name, kwargs=each)
        except Exception:  # noqa: S112  another form of address
            continue
    return None


def test_every_address_that_hands_out_a_file_records_it(
    cast: Cast, application: Application
) -> None:
    """As an officer: what is answered with a file adds one row, anything else adds none."""
    officer = signed_in(cast.at("back-office"))
    handed = set()
    for name in READ:
        url = address(name, application)
        if url is None:
            continue
        before = Opening.objects.count()
        answer = officer.get(url)
        # open data name nobody who is not named to everybody
        is_file = answer.streaming and not name.startswith("permits:public_register")
        if name == "permits:submissions":  # a page, recorded like its paper
            assert Opening.objects.count() - before == 1
            continue
        assert Opening.objects.count() - before == int(is_file), name
        if is_file:
            handed.add(name)
            answer.getvalue()
            assert officer.head(url).status_code == 200
            assert Opening.objects.count() - before == 1, f"HEAD {name}"
    assert {"permits:document", "permits:photo", "permits:certificate_pdf"} <= handed


def test_files_leave_through_one_door_only() -> None:
    """Whatever the address is called: nothing else of this app answers with a stored file."""
    code = Path(settings.BASE_DIR) / "permits"
    doors = [each.name for each in code.rglob("*.py") if "serve_private_file(" in each.read_text()]
    assert doors == ["recorded_files.py"]


def test_an_opening_says_who_when_and_what(cast: Cast, application: Application) -> None:
    document = Document.objects.filter(application=application)[0]
    signed_in(cast.at("back-office")).get(file_of(application)).getvalue()
    row = Opening.objects.get()
    assert (row.application, row.kind, row.what, row.file_key) == (
        application, Opening.Kind.UPLOAD, document.original_name, document.public_id,
    )  # fmt: skip
    assert row.person == cast.at("back-office")
    assert row.capacity == "Back office"


def test_each_opening_is_a_row(cast: Cast, application: Application) -> None:
    officer = signed_in(cast.at("back-office"))
    for _time in range(2):
        officer.get(file_of(application)).getvalue()
    assert Opening.objects.count() == 2


def test_the_applicant_is_not_recorded(cast: Cast, application: Application) -> None:
    signed_in(cast.applicant).get(file_of(application)).getvalue()
    assert not Opening.objects.exists()


def test_without_the_record_the_file_is_not_handed_out(
    cast: Cast, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: Any, **_more: Any) -> None:
        raise DatabaseError("full")

    monkeypatch.setattr(recorded_files.openings, "record", fails)
    officer = signed_in(cast.at("back-office"))
    officer.raise_request_exception = False
    answer = officer.get(file_of(application))
    assert answer.status_code in (500, 503)
    assert not answer.streaming


def test_the_database_refuses_to_change_or_delete_it(cast: Cast, application: Application) -> None:
    row = openings.record(
        application, Opening.Kind.UPLOAD, actor=cast.at("back-office"), at=NOON, what="KTP.pdf"
    )
    assert row is not None
    for change in (
        lambda: Opening.objects.filter(pk=row.pk).update(what="lain"),
        lambda: Opening.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_it_is_evidence_of_the_office(cast: Cast, application: Application) -> None:
    openings.record(application, Opening.Kind.UPLOAD, actor=cast.at("back-office"), at=NOON)
    source = audit.SOURCES["permits.Opening"]
    assert source.office == _OFFICE
    assert [source.read(row)[0] for row in source.rows()] == [cast.office.code]


def test_the_applicant_reads_position_and_time(cast: Cast, application: Application) -> None:
    page = reverse("permits:application", args=[application.public_id])
    client = signed_in(cast.applicant)
    assert "Belum ada petugas yang membuka" in client.get(page).content.decode()
    signed_in(cast.at("back-office")).get(file_of(application)).getvalue()
    shown = client.get(page).content.decode()
    assert "Siapa yang membuka data Anda" in shown
    assert "Back office" in shown
    assert cast.at("back-office").full_name not in shown


def test_the_head_reads_the_list_by_person_day_and_application(
    cast: Cast, application: Application
) -> None:
    other = at_step(cast, StepKind.CHECK)
    for desk, row in (("back-office", application), ("tim-teknis", other)):
        openings.record(row, Opening.Kind.RECEIPT, actor=cast.at(desk), at=NOON, what=desk)
    head, url = signed_in(cast.at("kepala-dinas")), reverse("permits:openings")

    def found(**asked: Any) -> list[str]:
        return [row.what for row in head.get(url, asked).context["page"].rows]

    assert len(found()) == 2
    assert found(orang=cast.at("tim-teknis").pk) == ["tim-teknis"]
    assert found(berkas=str(application.public_id)) == ["back-office"]
    assert len(found(hari=NOON.date().isoformat())) == 2
    assert found(hari=date(2020, 1, 1).isoformat()) == []
    assert len(found(hari="kemarin", orang="x", berkas="1", lain="")) == 2
    page = head.get(url, {"hari": "kemarin", "orang": "x"}).content.decode()
    assert "Tulis tanggal yang ada" in page
    assert "Pilihan ini tidak ada" in page
    history = head.get(reverse("permits:history", args=[application.public_id]))
    assert f"{url}?berkas={application.public_id}" in history.content.decode()


def test_the_list_is_for_heads_and_of_their_office(cast: Cast, application: Application) -> None:
    openings.record(application, Opening.Kind.UPLOAD, actor=cast.at("back-office"), at=NOON)
    url = reverse("permits:openings")
    assert signed_in(cast.at("back-office")).get(url).status_code == 404
    elsewhere = signed_in(make_cast().at("kepala-dinas")).get(url)
    assert elsewhere.context["page"].rows == []
