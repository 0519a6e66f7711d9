"""SOPs of one name are versions of one SOP: numbered when frozen, compared, and told of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Office
from standards.changes import procedure_sentences, sentences, sentences_between
from standards.models import Procedure, StandardVersion
from standards.selectors import first_days, snapshot
from standards.services import drafting, linting
from standards.services.publishing import publish_version
from tests.factories.accounts import make_admin, make_office, make_position
from tests.factories.standards import (
    EFFECTIVE_ON,
    PUBLISHED_AT,
    make_draft,
    make_procedure,
    make_service,
    make_standard,
)
from workflow.formats import day

pytestmark = pytest.mark.django_db
CHECKED = "Periksa kelengkapan berkas (menentukan lengkap dan benar)."
LATER = EFFECTIVE_ON + timedelta(days=90)


def revised(procedure: Procedure, **changes: str) -> Procedure:
    """Copy an SOP; its second step gets another activity."""
    copy = drafting.copy_procedure(procedure, actor=None, at=PUBLISHED_AT)
    copy.steps.filter(printed_number="2").update(activity=CHECKED)
    for name, value in changes.items():
        setattr(copy, name, value)
    copy.save()
    return copy


def next_version(old: StandardVersion, procedure: Procedure, day: date) -> StandardVersion:
    """Publish the next version of a standard with ``procedure`` from ``day``."""
    draft = drafting.new_draft(old, actor=None, at=PUBLISHED_AT)
    draft.effective_on = day
    draft.save()
    draft.procedure_links.update(procedure=procedure)
    return publish_version(draft, actor=None, at=PUBLISHED_AT)


def two_services(office: Office) -> tuple[StandardVersion, StandardVersion]:
    """Return two standards of one office that share an SOP."""
    procedure = make_procedure(office)
    return (
        make_standard(make_service(office), procedure),
        make_standard(make_service(office), procedure),
    )


def test_each_frozen_sop_of_a_name_has_the_next_number_and_a_first_day() -> None:
    first, _other = two_services(make_office())
    old = first.procedure_links.get().procedure
    new = revised(old)
    renamed = revised(old, name="SOP lain")
    assert (old.number, new.number) == (1, None)
    next_version(first, new, LATER)
    make_standard(make_service(first.service.office), renamed)
    rows = Procedure.objects.filter(office=old.office).order_by("pk")
    since = first_days(row.pk for row in rows)
    assert [(row.name, row.number, since[row.pk]) for row in rows] == [
        (old.name, 1, EFFECTIVE_ON), (old.name, 2, LATER), ("SOP lain", 1, EFFECTIVE_ON),
    ]  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        make_procedure(old.office, name=old.name, number=2)


def test_who_still_uses_an_earlier_version_is_told_when_the_later_one_holds() -> None:
    first, other = two_services(make_office())
    draft = drafting.new_draft(other, actor=None, at=PUBLISHED_AT)
    new = revised(first.procedure_links.get().procedure)
    next_version(first, new, LATER)

    def told(version: StandardVersion, on: date) -> list[str]:
        at = datetime.fromisoformat(f"{on}T12:00:00+07:00")
        found = linting.lint(version, at).warnings
        return [each.sentence for each in found if "padahal versi" in each.sentence]

    said = (
        f"Prosedur {new.name}: di sini dipakai versi 1, padahal versi 2 ({new.code}) berlaku "
        "mulai 5 April 2026."
    )
    before = LATER - timedelta(days=1)
    assert (told(draft, before), told(other, before)) == ([], [])
    assert (told(draft, LATER), told(other, LATER)) == ([said], [said])
    draft.effective_on = LATER  # then it will hold
    draft.save()
    assert told(draft, before) == [said]
    draft.procedure_links.update(procedure=new)
    assert told(draft, LATER) == []


def test_another_position_behind_a_column_is_named_with_the_one_before() -> None:
    first, _other = two_services(make_office())
    old = first.procedure_links.get().procedure
    new = revised(old)
    role = new.roles.get(label="Sekretaris")
    role.position = make_position(old.office, "kabid", name="Kepala bidang perizinan")
    role.save()
    before = old.roles.get(label="Sekretaris").position
    said = f"Pelaksana “Sekretaris”: jabatan: “{before}” menjadi “Kepala bidang perizinan”."
    later = next_version(first, new, LATER)
    assert said in sentences_between(first, later)
    assert "Pelaksana “Sekretaris”: jabatan: " not in " ".join(sentences_between(first, first))
    assert procedure_sentences(old, new) == [
        said,
        "Langkah “Periksa kelengkapan (menentukan lengkap dan benar)”: kegiatan menjadi "
        f"“{CHECKED}”.",
    ]


def test_the_pages_say_number_first_day_and_difference(client: Client) -> None:
    first, _other = two_services(make_office())
    old = first.procedure_links.get().procedure
    alone = reverse("admin:standards_procedure_perbandingan", args=[old.pk])
    client.force_login(make_admin())
    assert "baru mempunyai satu versi" in client.get(alone).content.decode()
    new = revised(old, total_text="7 hari kerja")
    page = reverse("admin:standards_procedure_perbandingan", args=[new.pk])
    compared = client.get(page)
    assert "Prosedur “" in compared.context["changes"][0]
    assert "jumlah waktu tercetak: kosong menjadi “7 hari kerja”." in compared.content.decode()
    back = client.get(page, {"old": new.pk, "new": new.pk})
    assert "Isi kedua versi sama." in back.content.decode()
    assert client.get(f"{page}?old=x&new=1").status_code == 200

    next_version(first, new, LATER)
    listed = client.get(reverse("admin:standards_procedure_changelist")).content.decode()
    words = (f"Versi 1, berlaku mulai {day(EFFECTIVE_ON)}", f"Versi 2, berlaku mulai {day(LATER)}")
    assert all(each in listed for each in words)
    names = [first.service.office.code, first.service.slug]
    for name in ("service", "service_print"):
        public = client.get(reverse(f"standards:{name}", args=names), {"versi": 2})
        assert words[1] in public.content.decode()


def test_a_column_that_becomes_the_applicants_is_said_so() -> None:
    draft = make_draft()
    text = snapshot(draft)
    (procedure,) = text.procedures
    roles = tuple(replace(role, position=None) for role in procedure.roles)
    said = sentences(text, replace(text, procedures=(replace(procedure, roles=roles),)))
    assert len(said) == len(roles) - 1
    assert all(each.endswith("menjadi pemohon.") for each in said)
