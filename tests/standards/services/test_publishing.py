"""Publishing: whole, without a clash, sealed; refused by name otherwise."""

import ast
import inspect
import re
from datetime import UTC, date, datetime
from types import ModuleType

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from documents.keys import look_at_keys
from standards import selectors
from standards.domain import completeness, contradictions, fee_faults, steps, versions
from standards.domain.conditions import parse
from standards.domain.steps import StepKind
from standards.models import (
    FeeRule,
    LegalBasis,
    Paper,
    Procedure,
    Requirement,
    SopStep,
    StandardComponent,
    StandardVersion,
)
from standards.services import publishing
from tests.factories.accounts import make_admin, make_officer
from tests.factories.standards import (
    EFFECTIVE_ON,
    make_draft,
    make_procedure,
    make_revoked,
    make_service,
    make_standard,
    position_of,
)
from workflow import guards
from workflow.domain.errors import DomainError
from workflow.refusals import SENTENCES, sentence

NOW = datetime(2026, 1, 2, 3, 0, tzinfo=UTC)
TODAY = date(2026, 1, 2)
pytestmark = pytest.mark.django_db


def refusal(version: StandardVersion, actor: User | None = None) -> DomainError:
    with pytest.raises(DomainError) as refused:
        publishing.publish_version(version, actor=actor, at=NOW)
    return refused.value


def test_publishing_seals_version_and_procedure() -> None:
    draft, clerk = make_draft(), make_admin()
    version = publishing.publish_version(draft, actor=clerk, at=NOW)
    version.refresh_from_db()
    assert version.is_published
    assert (version.published_at, version.published_by) == (NOW, clerk)
    assert version.digest == versions.digest(selectors.snapshot(version))
    assert version.procedure_links.get().procedure.published_at == NOW


def test_a_version_is_published_once() -> None:
    assert refusal(make_standard()).code == "standard_published"


def test_a_procedure_keeps_the_instant_it_was_frozen_first() -> None:
    service = make_service()
    procedure = make_procedure(service.office)
    make_standard(service, procedure)
    later = make_draft(service, procedure, effective_on=date(2026, 6, 1))
    publishing.publish_version(later, actor=None, at=datetime(2026, 5, 1, tzinfo=UTC))
    procedure.refresh_from_db()
    assert procedure.published_at == NOW


def test_an_incomplete_draft_is_refused_with_every_fault_as_a_sentence() -> None:
    draft = make_draft(term_amount=None, product="")
    FeeRule.objects.filter(version=draft).delete()
    StandardComponent.objects.filter(version=draft, key="pengawasan").delete()
    error = refusal(draft)
    assert error.code == "standard_incomplete"
    assert error.facts["missing"] == [
        "Jangka waktu penyelesaian belum diisi.",
        "Produk layanan belum diisi.",
        "Tarif belum diisi. Layanan gratis memerlukan satu baris tarif Rp 0.",
        "Komponen Pengawasan internal belum ada.",
    ]
    assert "Produk layanan belum diisi." in sentence(error)
    draft.refresh_from_db()
    assert (draft.status, draft.digest) == ("konsep", "")
    assert draft.procedure_links.get().procedure.published_at is None


def test_rows_of_another_version_are_found() -> None:
    draft, other = make_draft(), make_draft()
    stray = draft.requirements.first()
    assert stray
    Requirement.objects.filter(pk=stray.pk).update(
        when=parse("lain = ya"), group=other.requirement_groups.get()
    )
    draft.facts.filter(key="tenaga_asing").update(when=parse("lain = ya"))
    Requirement.objects.filter(pk=draft.requirements.all()[3].pk).update(
        parent=other.requirements.first()
    )
    found = [fault.code for fault in completeness.faults(selectors.snapshot(draft))]
    assert sorted(found) == [
        "condition_fact_unknown", "condition_fact_unknown", "requirement_group_elsewhere",
        "requirement_parent_elsewhere",
    ]  # fmt: skip


def test_a_step_done_by_a_column_of_another_procedure_is_found() -> None:
    draft = make_draft()
    procedure = draft.procedure_links.get().procedure
    other = make_procedure(procedure.office)
    step = procedure.steps.get(kind=StepKind.DRAFT)
    SopStep.objects.filter(pk=step.pk).update(role=other.roles.get(label="Back Office"))
    assert publishing.faults(draft) == [
        f"Prosedur {procedure.name}: ada langkah yang pelaksananya milik prosedur lain.",
        f"Prosedur {procedure.name}: ada langkah tanpa jabatan yang mengerjakan atau mencatatnya.",
    ]
    assert publishing.procedure_faults(procedure) == publishing.faults(draft)


def test_a_procedure_of_another_office_is_refused() -> None:
    foreign = make_procedure(make_service().office)
    assert publishing.faults(make_draft(make_service(), foreign)) == [
        f"Prosedur {foreign.name} milik unit penyelenggara lain."
    ]


def test_warnings_forbid_nothing() -> None:
    draft = make_draft()
    repealed = make_revoked("UU 11/2020", by="UU 6/2023")
    LegalBasis.objects.filter(version=draft).update(regulation=repealed)
    Procedure.objects.filter(version_links__version=draft).update(
        provisional_reason="Lampiran belum diterima."
    )
    office = draft.service.office
    for code in ("front-office", "back-office", "tim-teknis", "sekretaris"):
        make_officer(position_of(office, code))
    name = draft.procedure_links.get().procedure.name
    at = datetime(2026, 2, 1, tzinfo=office.zone)
    look_at_keys(at)
    assert publishing.warnings(draft, at) == [
        f"Prosedur {name} masih sementara: Lampiran belum diterima.",
        "Tanggal berlaku 5 Januari 2026 sudah lewat: begitu ditetapkan, versi ini langsung "
        "dipakai untuk permohonan baru.",
        "Dasar hukum Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik: dicabut, diganti "
        "oleh UU 6/2023.",
        "Jabatan Kepala dinas belum ada pelaksananya hari ini: dokumen tidak dapat ditandatangani "
        "(langkah 6 Tanda tangan pimpinan.).",
        f"{office.short_name} belum dapat menandatangani dokumen layanan ini. Belum ada kunci "
        f"tanda tangan ({office.code}.p12). Minta kuncinya di halaman kunci unit ini, atau lewat "
        "pengelola server.",
    ]
    assert publishing.faults(draft) == []


def test_a_later_version_says_which_one_it_replaces() -> None:
    service = make_service()
    first = make_standard(service)
    draft = make_draft(service, effective_on=date(2026, 6, 1))
    assert publishing.replaces(draft) == first
    assert publishing.replaces(first) is None


_FINDING = "fault|warning|loose|component|term|survey|mentioned|dead|vacant|repealed|problem"


def codes_in(module: ModuleType) -> set[str]:
    """Return the codes written in the functions of ``module`` that find faults and warnings."""
    found = set()
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.FunctionDef) and re.search(_FINDING, node.name):
            words = (each.value for each in ast.walk(node) if isinstance(each, ast.Constant))
            found |= {word for word in map(str, words) if re.fullmatch("[a-z]+(_[a-z]+)+", word)}
    return found


def test_every_code_has_a_sentence() -> None:
    """A fault without words would be an error page at the worst moment."""
    modules = (completeness, contradictions, fee_faults, steps, publishing)
    codes = set().union(*map(codes_in, modules))
    columns = [*StandardVersion._meta.concrete_fields, *Paper._meta.concrete_fields]
    places = {column.name for column in columns} | {"position_id"}
    assert len(codes) > 40
    assert codes - set(SENTENCES) - places == set()
    assert {"term_against_component", "fee_row_never", "signer_vacant"} <= codes


def test_check_digests_passes_and_names_the_broken_one(capsys: pytest.CaptureFixture[str]) -> None:
    whole, broken = make_standard(), make_standard()
    call_command("check_digests")
    published = StandardVersion.objects.published().count()
    assert f"{published} standar yang ditetapkan diperiksa" in capsys.readouterr().out

    guards.lift(connection)
    FeeRule.objects.filter(version=broken).update(amount=500_000, kind="tetap")
    guards.restore(connection)
    with pytest.raises(CommandError) as failed:
        call_command("check_digests")
    assert broken.service.slug in str(failed.value)
    assert whole.service.slug not in str(failed.value)
    assert publishing.is_intact(whole)


def test_a_changed_procedure_breaks_the_digest_of_every_version_that_uses_it() -> None:
    version = make_standard(effective_on=EFFECTIVE_ON)
    guards.lift(connection)
    SopStep.objects.filter(procedure__version_links__version=version, order=3).update(
        standard_amount=9
    )
    guards.restore(connection)
    assert not publishing.is_intact(version)
