"""The page of an office says what it still needs, and where that is mended."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Office, OfficeChannel
from portal.readiness import missing, readiness
from standards.models import StandardVersion
from standards.services import publishing
from tests.factories.accounts import make_admin, make_office, make_position
from tests.factories.permits import NOON, Cast
from tests.factories.standards import (
    make_draft,
    make_paper,
    make_procedure,
    make_service,
    make_standard,
)

pytestmark = pytest.mark.django_db


def test_an_office_from_nothing_is_told_everything(client: Client) -> None:
    office = make_office()
    office.hours.all().delete()
    lines = {line.label: line for line in readiness(office, NOON)}
    late = [label for label, line in lines.items() if line.meaning == "late"]
    assert late == [
        "Jabatan", "Pelaksana jabatan", "Saluran pengaduan", "Petugas pengaduan",
        "Standar dan pola nomor", "Kunci tanda tangan",
    ]  # fmt: skip
    assert "berlaku sampai" not in lines["Kunci tanda tangan"].text
    make_position(office, "kepala", is_head=True)
    OfficeChannel.objects.create(office=office, order=1, kind="email", label="Surat elektronik")
    assert missing(readiness(office, NOON)) == 4
    client.force_login(make_admin())
    url = reverse("admin:accounts_office_change", args=[office.pk])
    shown = client.get(url).content.decode()
    assert "4 hal masih kurang." in shown
    for line in readiness(office, NOON):
        address, _hash, place = line.url.partition("#")
        if address == url:
            assert f'id="{place}"' in shown, line
        else:
            assert client.get(address).status_code == 200, line


def test_number_patterns_are_compared_within_the_office(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Standards that were set before publishing compared them may still be alike."""

    def patterns() -> list[tuple[str, str]]:
        label = "Standar dan pola nomor"
        found = readiness(cast.office, NOON)
        return [(line.meaning, line.text) for line in found if line.label == label]

    assert [meaning for meaning, _text in patterns()] == ["good"]
    procedure = make_procedure(cast.office)
    monkeypatch.setattr(publishing, "_taken_patterns", lambda *_given: [])
    pattern = StandardVersion.objects.get(service__office=cast.office).number_pattern
    other = make_standard(make_service(cast.office), procedure, number_pattern=pattern)
    assert StandardVersion.objects.filter(number_pattern=other.number_pattern).count() >= 2
    assert [meaning for meaning, _text in patterns()] == ["attention", "attention"]
    assert "juga dipakai dokumen lain" in patterns()[0][1]


def test_the_letter_book_and_the_patterns_of_papers_are_looked_at(cast: Cast) -> None:
    """An office may have been entered before a page asked for its pattern."""

    def said(label: str) -> list[tuple[str, str]]:
        found = readiness(Office.objects.get(pk=cast.office.pk), NOON)
        return [(line.meaning, line.text) for line in found if line.label == label]

    assert [meaning for meaning, _text in said("Nomor surat")] == ["good"]
    Office.objects.filter(pk=cast.office.pk).update(letter_pattern="005/{nomor}")
    assert [meaning for meaning, _text in said("Nomor surat")] == ["late"]
    Office.objects.filter(pk=cast.office.pk).update(letter_pattern=cast.version.number_pattern)
    ((meaning, text),) = said("Standar dan pola nomor")
    assert meaning == "attention"
    assert "juga pola nomor surat kantor ini" in text
    draft = make_draft(make_service(cast.office), make_procedure(cast.office))
    make_paper(draft, "surat", number_pattern="100/{nomor}")
    unchecked = StandardVersion.objects.filter(pk=draft.pk)
    unchecked.update(status=StandardVersion.Status.PUBLISHED, digest="tanpa pemeriksaan")
    assert "“100/{nomor}” tidak memuat {tahun}" in said("Standar dan pola nomor")[1][1]
