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
from standards.services.exporting import export_version
from standards.services.importing import import_standard, read_arrival
from standards.services.publishing import publish_version
from tests.factories.accounts import make_admin, make_office, make_position
from tests.factories.admin import problems, typed
from tests.factories.standards import (
    EFFECTIVE_ON,
    PUBLISHED_AT,
    make_draft,
    make_procedure,
    make_service,
    make_standard,
)
from workflow.formats import day
from workflow.tomlfile import FileFaults

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


def type_sop(client: Client, office: Office, name: str, code: str) -> list[str]:
    """Type a new SOP; return what the page complains about."""
    page = client.get(reverse("admin:standards_procedure_add"))
    data = typed(page, office=str(office.pk), name=name, code=code)
    return problems(client.post(page.request["PATH_INFO"], data))


def test_an_sop_is_not_given_the_name_of_another(client: Client) -> None:
    client.force_login(make_admin())
    office = make_office()
    first = make_procedure(office, name="SOP Reklame", code="reklame")
    assert type_sop(client, office, "SOP Reklame", "papan") == [
        "Unit ini sudah mempunyai SOP bernama “SOP Reklame” (kode reklame). Untuk versi berikutnya "
        "salinlah SOP itu; SOP yang lain diberi nama lain."
    ]
    assert type_sop(client, make_office(), "SOP Reklame", "reklame") == []
    assert type_sop(client, office, "SOP Papan", "papan") == []
    other = Procedure.objects.get(office=office, code="papan")
    assert list(Procedure.objects.of_other_sop(office.pk, first.name, other)) == [first]
    page = client.get(reverse("admin:standards_procedure_change", args=[other.pk]))
    again = client.post(page.request["PATH_INFO"], typed(page, name="SOP Reklame"))
    assert "sudah mempunyai SOP bernama" in problems(again)[0]
    other.refresh_from_db()
    assert other.name == "SOP Papan"


def test_copies_of_copies_keep_the_name_and_may_take_it_back(client: Client) -> None:
    first = make_procedure(make_office(), name="SOP Reklame")
    second = drafting.copy_procedure(first, actor=None, at=PUBLISHED_AT)
    third = drafting.copy_procedure(second, actor=None, at=PUBLISHED_AT)
    of_other = Procedure.objects.of_other_sop
    for procedure in (first, second, third):
        assert not of_other(first.office_id, first.name, procedure)
    second.name = "SOP Papan"
    second.save()
    fourth = drafting.copy_procedure(second, actor=None, at=PUBLISHED_AT)
    assert not of_other(first.office_id, "SOP Reklame", fourth), "it comes from that SOP"


def test_one_that_had_the_name_before_is_saved_as_it_is(client: Client) -> None:
    client.force_login(make_admin())
    office = make_office()
    make_procedure(office, name="SOP Reklame")
    old = make_procedure(office, name="SOP Reklame")
    url = reverse("admin:standards_procedure_change", args=[old.pk])
    assert client.post(url, typed(client.get(url), sop_number="7")).status_code == 302
    old.refresh_from_db()
    assert (old.name, old.sop_number) == ("SOP Reklame", "7")


def sop_file(office: Office) -> tuple[StandardVersion, str]:
    """Return a standard and its file; the SOP "reklame" in it is not word by word the office's."""
    draft = make_draft(
        make_service(office), make_procedure(office, name="SOP Reklame", code="reklame")
    )
    draft.procedure_links.get().procedure.steps.filter(printed_number="2").update(activity="Lama.")
    text = export_version(draft)
    return draft, text.replace('activity = "Lama."', 'activity = "Baru."')


@pytest.mark.parametrize("code", ["reklame", "reklame-7"])
def test_the_next_version_of_an_sop_comes_in_a_file_by_its_code(code: str) -> None:
    office = make_office()
    draft, text = sop_file(office)
    content = text.replace('"reklame"', f'"{code}"').encode()
    arrival = read_arrival(content, "x.toml", office)
    copy = import_standard(
        content, "x.toml", office, make_service(office), arrival.suggested(office),
        with_decree=False, at=PUBLISHED_AT,
    )  # fmt: skip
    old, new = (row.procedure_links.get().procedure for row in (draft, copy))
    assert old != new
    assert (new.name, new.copied_from) == ("SOP Reklame", old)


def test_another_code_under_a_name_that_is_taken_is_refused_by_line() -> None:
    office = make_office()
    _draft, text = sop_file(office)
    content = text.replace('"reklame"', '"papan"').encode()
    with pytest.raises(FileFaults) as caught:
        read_arrival(content, "x.toml", office)
    (fault,) = caught.value.faults
    line = text.splitlines().index('name = "SOP Reklame"') + 1
    assert (fault.key, fault.line) == ("procedures[1].name", line)
    assert "SOP lain bernama sama, kodenya reklame" in str(fault)
    read_arrival(content, "x.toml", make_office())
