"""A clerk takes a standard out as a file and brings one in; whatever is wrong stores nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import Office, User
from standards.domain.standard_file import MOST_BYTES
from standards.models import Procedure, Service, StandardVersion
from tests.factories.accounts import make_office, make_office_admin, make_position, make_user
from tests.factories.standards import ROLES, make_draft, make_service, make_standard, position_of

pytestmark = pytest.mark.django_db

IMPORT = "admin:standards_standardversion_impor"
MAP = "admin:standards_standardversion_padankan"


@pytest.fixture
def version() -> StandardVersion:
    """A draft of one office; its SOP has five positions of that office."""
    service = make_service(name="Izin Klinik", slug="izin-klinik", sector="Kesehatan")
    return make_draft(service, decree="Keputusan Kepala Dinas Nomor 1 Tahun 2026")


@pytest.fixture
def office() -> Office:
    """Another office that has most of these positions, one under another code."""
    office = make_office()
    for code in filter(None, ROLES.values()):
        if code == "front-office":
            make_position(office, "loket", name="Front office")
        elif code != "tim-teknis":
            position_of(office, code)
    return office


@pytest.fixture
def clerk(client: Client, office: Office) -> User:
    """The administrator of that other office, logged in."""
    user = make_office_admin(office)
    client.force_login(user)
    return user


def page(version: StandardVersion, what: str) -> str:
    return reverse(f"admin:standards_standardversion_{what}", args=[version.pk])


def downloaded(client: Client, version: StandardVersion) -> str:
    client.force_login(make_office_admin(version.service.office))
    answer = client.get(page(version, "berkas"))
    assert answer["Content-Type"] == "application/toml; charset=utf-8"
    assert 'izin-klinik-versi-1.toml"' in answer["Content-Disposition"]
    return answer.content.decode()


def sent(client: Client, text: str, office: Office, name: str = "standar.toml") -> Any:
    file = SimpleUploadedFile(name, text.encode())
    return client.post(reverse(IMPORT), {"file": file, "office": office.pk})


def filled(answer: Any, **changes: Any) -> dict[str, Any]:
    """The form of positions as it was shown, then with changes."""
    form = answer.context["form"]
    shown = {bound.name: bound.value() for bound in form}
    pk = {name: getattr(value, "pk", value) for name, value in shown.items()}
    values = {name: value for name, value in pk.items() if value not in (None, False)}
    return {**values, **changes}


def counts() -> list[int]:
    return [model.objects.count() for model in (Service, StandardVersion, Procedure)]


def test_a_standard_moves_to_another_office(client, version, office):
    text = downloaded(client, version)
    client.force_login(make_office_admin(office))
    asked = sent(client, text, office)
    form = asked.context["form"]
    labels = {field.label: field.initial for field in form.fields.values() if field.initial}
    assert labels["Front office (front-office)"].code == "loket"  # of the same name
    assert "Tim teknis (tim-teknis)" not in labels  # the office has no such position
    assert not Service.objects.filter(office=office).exists()

    answer = client.post(reverse(MAP), filled(asked))
    draft = StandardVersion.objects.get(service__office=office)
    assert answer["Location"] == page(draft, "change")
    assert (draft.service.slug, draft.service.sector) == ("izin-klinik", "Kesehatan")
    assert (draft.is_published, draft.effective_on, draft.decree) == (False, None, "")
    procedure = draft.procedure_links.get().procedure
    assert procedure.office == office
    assert procedure.provisional_reason == "Jabatan belum dipadankan saat impor: Tim Teknis."
    posts = {role.label: role.position and role.position.code for role in procedure.roles.all()}
    assert posts["Front Office"] == "loket"
    assert posts["Tim Teknis"] is None

    again = client.post(reverse(MAP), filled(asked))  # going back and sending it once more
    assert "Kode ini sudah dipakai layanan lain" in again.content.decode()
    assert StandardVersion.objects.filter(service__office=office).count() == 1


def test_a_version_is_copied_to_another_service_of_the_office(client, version):
    office = version.service.office
    client.force_login(make_office_admin(office))
    asked = client.post(page(version, "salin_ke"), {"office": office.pk})
    assert asked.context["form"]["slug"].value() == ""  # that of the original is taken
    target = make_service(office)
    answer = client.post(reverse(MAP), filled(asked, service=target.pk))
    draft = target.versions.get()
    assert answer["Location"] == page(draft, "change")
    assert draft.procedure_links.get().procedure == version.procedure_links.get().procedure
    refused = client.post(reverse(MAP), filled(asked, service=version.service.pk))
    assert "Layanan ini sudah mempunyai konsep (versi 1)." in refused.content.decode()


def test_an_import_leads_to_what_it_changes_in_the_version_in_force(client):
    version = make_standard(make_service(slug="izin-klinik"))
    text = downloaded(client, version).replace("Fotokopi KTP", "Salinan KTP")
    asked = sent(client, text, version.service.office)
    answer = client.post(reverse(MAP), filled(asked), follow=True)
    draft = version.service.versions.get(status="konsep")
    assert answer.redirect_chain[-1][0].startswith(page(draft, "perbandingan"))
    assert (answer.context["chosen"]["old"], answer.context["chosen"]["new"]) == (version, draft)
    assert "Salinan KTP penanggung jawab" in answer.content.decode()


def test_faults_are_listed_by_line_and_field_and_nothing_is_stored(client, version, office):
    text = downloaded(client, version)
    text = text.replace('title = "Persyaratan"', 'titel = "<script>alert(1)</script>"')
    text = text.replace("amount = 0", 'amount = "gratis"')
    client.force_login(make_office_admin(office))
    before = counts()
    answer = sent(client, text, office)
    lines = text.split("\n")
    found = [(fault.key, lines[fault.line - 1]) for fault in answer.context["faults"]]
    assert ("fees[1].amount", 'amount = "gratis"') in found
    assert ("groups[1].titel", 'titel = "<script>alert(1)</script>"') in found
    shown = answer.content.decode()
    assert "<code>fees[1].amount</code>" in shown
    assert "<script>alert" not in shown
    assert counts() == before


def test_the_largest_file_is_read_and_a_larger_one_refused_before(
    client, office, clerk, monkeypatch
):
    answer = sent(client, "#" * MOST_BYTES, office)
    assert "format" in [fault.key for fault in answer.context["faults"]]
    monkeypatch.setattr("standards.admin.files.read_arrival", None)
    for size in (MOST_BYTES + 1, 50 * 1024 * 1024):
        answer = sent(client, "#" * size, office)
        assert "paling besar 1 MB" in answer.content.decode()


def test_an_administrator_of_one_office_stays_there(client, version, office, clerk):
    other = version.service.office
    assert client.get(page(version, "berkas")).status_code == 404
    assert client.get(page(version, "salin_ke")).status_code == 404
    assert sent(client, "format = 1", other).context["form"].errors["office"]
    forged = client.post(reverse(MAP), {"token": "x" * 20})
    assert forged["Location"] == reverse(IMPORT)


def test_who_may_not_write_standards_imports_none(client):
    client.force_login(make_user(is_staff=True))
    assert client.get(reverse(IMPORT)).status_code == 403
    assert client.post(reverse(MAP), {"token": "x"}).status_code == 403


def test_the_buttons_stand_on_list_and_page(client, version):
    client.force_login(make_office_admin(version.service.office))
    listed = client.get(reverse("admin:standards_standardversion_changelist")).content.decode()
    assert reverse(IMPORT) in listed
    shown = client.get(page(version, "change")).content.decode()
    assert page(version, "berkas") in shown
    assert page(version, "salin_ke") in shown


def test_markup_in_every_text_is_shown_as_text(client, version, office):
    mark = "<script>alert(1)</script>"
    text = downloaded(client, version)
    keys = "label|help|title|body|lead|text|heading|preamble|product|decree|activity|output"
    pattern = rf'^((?:{keys}|name|completeness|certificate_\w+) = "(?:""\n)?)'
    text, count = re.subn(pattern, rf"\g<1>{mark}", text, flags=re.MULTILINE)
    assert count > 60
    text = text.replace('role = "', f'role = "{mark}').replace('by = "', f'by = "{mark}')
    client.force_login(make_office_admin(office))
    asked = sent(client, text, office)
    assert mark not in asked.content.decode()
    answer = client.post(reverse(MAP), filled(asked, with_decree="on"), follow=True)
    assert mark not in answer.content.decode()
    draft = StandardVersion.objects.get(service__office=office)
    assert mark in draft.heading
    assert mark in draft.service.name
    for url in (page(draft, "tetapkan"), reverse("admin:index"), page(draft, "salin_ke")):
        assert mark not in client.get(url).content.decode()
