"""The public register: which permits, which data, what finds them, and the same as open data."""

from __future__ import annotations

import csv
import json

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from permits.models import Application, Certificate, HolderKind
from tests.factories.permits import NOON, Cast, make_issued, make_submitted
from tests.permits.views.at_the_desk import words

pytestmark = pytest.mark.django_db
URL = "/izin-terbit/"
FORMULA = "=HYPERLINK(1)"


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to(NOON, tick=False)
    cache.clear()


@pytest.fixture
def permit(cast: Cast) -> Certificate:
    """A permit of a person; its paper names the holder."""
    application = make_issued(cast)
    Application.objects.filter(pk=application.pk).update(holder_kind=HolderKind.PERSON)
    row = Certificate.objects.get(application=application)
    row.content["holder"][0][1] = "Kenari Burung"
    row.save()
    return row


def found(client: Client, **asked: str) -> list[str]:
    return [row.number for row in client.get(URL, asked).context["permits"]]


def as_business(permit: Certificate, name: str) -> None:
    Application.objects.filter(pk=permit.application_id).update(
        holder_kind=HolderKind.BODY, holder_name=name
    )
    permit.content["holder"][0][1] = name
    permit.save()


def test_persons_are_neither_named_nor_found_by_name_businesses_are(client, permit):
    number = str(permit.number)
    page = words(client.get(URL))
    assert number in page
    assert "Perorangan" in page
    assert "Kenari" not in page
    assert "Berlaku" in page
    Application.objects.filter(pk=permit.application_id).update(holder_name="Kenari Burung")
    assert found(client, q="kenari") == []
    assert found(client, q=number.lower()) == [number]
    as_business(permit, "PT Kenari Maju")
    assert found(client, q="kenari") == [number]
    assert "PT Kenari Maju" in words(client.get(URL))
    assert found(client, kantor=permit.application.office.code) == [number]
    Application.objects.filter(pk=permit.application_id).update(responsible_name="PT kenari MAJU")
    assert found(client, q="kenari") == []  # a person who left "business" chosen
    assert "PT Kenari Maju" not in words(client.get(URL))


def test_only_issued_permits_of_public_offices_stand_in_it(client, cast, permit):
    make_submitted(cast)
    assert len(found(client)) == 1
    Certificate.objects.filter(pk=permit.pk).update(issued_at=None, state="ditandatangani")
    assert found(client) == []
    assert client.get(URL, {"kantor": "tidak-ada"}).status_code == 404
    assert "Tidak ada izin yang cocok" in words(client.get(URL, {"q": "%_\x00'"}))
    Certificate.objects.filter(pk=permit.pk).update(issued_at=NOON, state="terbit")
    assert found(client) != []
    Application.objects.filter(pk=permit.application_id).update(
        closed_at=NOON, deleted_at=NOON, destroyed_at=NOON
    )
    assert found(client) == []  # nothing is left of its holder


def test_open_data_say_the_same_and_hold_no_formula(client, permit):
    as_business(permit, FORMULA)
    answer = client.get(reverse("permits:public_register_json"))
    document = json.loads(b"".join(answer.streaming_content))
    (record,) = document["izin"]
    assert record == {
        "kantor": permit.application.office.code, "nomor": str(permit.number),
        "layanan": permit.application.service.name, "jenis_pemegang": "badan",
        "pemegang": FORMULA,
        "terbit": permit.issued_at.date().isoformat(),
        "berlaku_sampai": permit.valid_until.isoformat() if permit.valid_until else "",
        "keadaan": "berlaku",
    }  # fmt: skip
    table = client.get(reverse("permits:public_register_csv"))
    lines = b"".join(table.streaming_content).decode().splitlines()
    head, line = csv.reader(lines)
    assert head == list(record)
    assert line == [*list(record.values())[:4], f"'{FORMULA}", *list(record.values())[5:]]
    again = client.get(
        reverse("permits:public_register_csv"), headers={"if-none-match": table["ETag"]}
    )
    assert again.status_code == 304
    Certificate.objects.filter(pk=permit.pk).update(issued_at=None, state="ditandatangani")
    changed = client.get(
        reverse("permits:public_register_csv"), headers={"if-none-match": table["ETag"]}
    )
    assert changed.status_code == 200
