"""A small but complete published standard with a procedure that can be walked."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from accounts.models import Office, Position
from standards.domain import components
from standards.domain.conditions import parse
from standards.domain.requirements import Need
from standards.domain.steps import StepKind
from standards.models import (
    EligibilityRule,
    Fact,
    FeeRow,
    FeeRule,
    LegalBasis,
    Paper,
    PermitRule,
    Procedure,
    ProcedureRole,
    Regulation,
    Requirement,
    RequirementGroup,
    Service,
    SopStep,
    StandardComponent,
    StandardVersion,
    TermRule,
    VersionProcedure,
)
from standards.services.publishing import publish_version
from tests.factories.accounts import make_office, make_position

PUBLISHED_AT = datetime(2026, 1, 2, 3, 0, tzinfo=UTC)
EFFECTIVE_ON = date(2026, 1, 5)
_next = count(1)

# kind, column, recorded by, amount, unit, returns to the step of this kind
STEPS = (
    (StepKind.FILE, "Pemohon", "Front Office", 3, "menit_kerja", None),
    (StepKind.CHECK, "Front Office", "", 35, "menit_kerja", StepKind.FILE),
    (StepKind.INSPECT, "Tim Teknis", "", 2, "hari_kerja", StepKind.CHECK),
    (StepKind.DRAFT, "Back Office", "", 3, "menit_kerja", None),
    (StepKind.INITIAL, "Sekretaris", "", 10, "menit_kerja", None),
    (StepKind.SIGN, "Kepala Dinas", "", 1, "hari_kerja", None),
    (StepKind.NUMBER, "Back Office", "", 3, "menit_kerja", None),
    (StepKind.HAND_OVER, "Pemohon", "Front Office", 1, "menit_kerja", None),
)
# column of the SOP: code of the position behind it ("" is the applicant)
ROLES = {
    "Pemohon": "",
    "Front Office": "front-office",
    "Back Office": "back-office",
    "Tim Teknis": "tim-teknis",
    "Sekretaris": "sekretaris",
    "Kepala Dinas": "kepala-dinas",
}


def make_service(office: Office | None = None, **fields: Any) -> Service:
    """Make one service of ``office`` (a new one if none is given)."""
    number = next(_next)
    return Service.objects.create(
        office=office or make_office(),
        **{"slug": f"layanan-{number}", "name": f"Layanan Contoh {number}", **fields},
    )


def position_of(office: Office, code: str) -> Position:
    """Return the post ``code`` of ``office``, made if it is not there yet."""
    found = Position.objects.filter(office=office, code=code).first()
    return found or make_position(office, code, is_head=code == "kepala-dinas")


def make_procedure(office: Office, steps: tuple[Any, ...] = STEPS, **fields: Any) -> Procedure:
    """Make an SOP of eight steps; posts that its columns need are made by their codes.

    A seventh part of a row are further columns of the step.
    """
    number = next(_next)
    procedure = Procedure.objects.create(
        office=office, **{"code": f"sop-{number}", "name": f"SOP Contoh {number}", **fields}
    )
    roles = {
        label: ProcedureRole.objects.create(
            procedure=procedure, order=order, label=label,
            position=position_of(office, code) if code else None,
        )
        for order, (label, code) in enumerate(ROLES.items(), start=1)
    }  # fmt: skip
    made: dict[str, SopStep] = {}
    for order, (kind, role, recorder, amount, unit, back, *more) in enumerate(steps, start=1):
        columns = {"activity": f"{SopStep.Kind(kind).label}.", **(more[0] if more else {})}
        made[kind] = SopStep.objects.create(
            procedure=procedure, order=order, printed_number=str(order), kind=kind,
            role=roles[role],
            recorded_by=roles[recorder] if recorder else None,
            standard_amount=amount, standard_unit=unit,
            standard_text=_time(amount, unit),
            completeness="Berkas permohonan", output="Berkas permohonan",
            returns_to=made[back] if back else None,
            **columns,
        )  # fmt: skip
    return procedure


def _time(amount: int | None, unit: str) -> str:
    return f"{amount} {'menit' if unit == 'menit_kerja' else 'hari'}" if amount else ""


def make_draft(
    service: Service | None = None,
    procedure: Procedure | None = None,
    *,
    fee: int = 0,
    facts: tuple[dict[str, Any], ...] = (),
    **fields: Any,
) -> StandardVersion:
    """Make a complete draft, ready to be published; ``facts`` are further ones (``make_fact``).

    Requirements in their order: 1 form, 2 upload (mandatory), 3 declared, 4 upload only if the
    fact ``tenaga_asing`` is answered yes. One text field ``nama_bkk``, printed on the
    certificate. Free of charge, unless there is a ``fee``. Six working days.
    """
    service = service or make_service()
    version = StandardVersion.objects.create(
        service=service,
        **{
            "number": service.versions.count() + 1, "effective_on": EFFECTIVE_ON,
            "heading": "STANDAR PELAYANAN", "term_amount": 6, "product": "Surat Tanda Daftar",
            "certificate_title": "Tanda Daftar", "number_pattern": _pattern(service),
            "certificate_statement": "Diberikan tanda daftar kepada pemegang di atas.",
            **fields,
        },
    )  # fmt: skip
    for order, key in enumerate(components.Key, start=1):
        StandardComponent.objects.create(
            version=version, key=key, order=order, printed_number=f"{order}.",
            title=str(StandardComponent.Key(key).label),
            body=f"a. Uraian {key} pertama\n  - rincian",
        )  # fmt: skip
    kind = FeeRule.Kind.FIXED if fee else FeeRule.Kind.FREE
    FeeRule.objects.create(version=version, label="Tarif layanan", amount=fee, kind=kind)
    LegalBasis.objects.create(
        version=version, order=1, printed_number="a.",
        text="Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik;",
    )  # fmt: skip
    make_fact(version, "nama_bkk", label="Nama bursa kerja", on_certificate=True)
    _add_requirements(version)
    for fact in facts:
        make_fact(version, **fact)
    VersionProcedure.objects.create(
        version=version, procedure=procedure or make_procedure(service.office), order=1
    )
    return version


def _pattern(service: Service) -> str:
    """Return a pattern that no other service of the office has: the first one of all is "TD"."""
    others = StandardVersion.objects.filter(service__office=service.office_id)
    taken = others.exclude(service=service).filter(number_pattern__contains="/TD/").exists()
    return f"503/{{nomor:04}}/TD-{service.pk}/{{tahun}}" if taken else "503/{nomor:04}/TD/{tahun}"


def make_fact(version: StandardVersion, key: str, when: str = "", **fields: Any) -> Fact:
    """Make the next fact of a draft: a line of text unless ``fields`` say otherwise."""
    return Fact.objects.create(
        version=version,
        key=key,
        when=parse(when),
        **{"order": version.facts.count() + 1, "label": f"Isian {key}", **fields},
    )


def make_fee(
    version: StandardVersion, when: str = "", *rows: tuple[int, str], **fields: Any
) -> FeeRule:
    """Make the next fee rule of a draft; ``rows`` are tariff and condition of a table."""
    rule = FeeRule.objects.create(
        version=version,
        when=parse(when),
        **{"order": version.fees.count() + 1, "label": f"Tarif {version.fees.count()}", **fields},
    )
    for order, (amount, row_when) in enumerate(rows, 1):
        FeeRow.objects.create(
            version=version, rule=rule, order=order, amount=amount, when=parse(row_when)
        )
    return rule


def make_hindrance(version: StandardVersion, when: str, **fields: Any) -> EligibilityRule:
    """Make the next rule of a draft by which an application cannot succeed."""
    return EligibilityRule.objects.create(
        version=version,
        when=parse(when),
        **{
            "order": version.eligibility_rules.count() + 1,
            "sentence": "Di atas badan jalan tidak dapat diberi izin.",
            "ground": "Perda 7/2021, Pasal 12",
            **fields,
        },
    )


def make_term(version: StandardVersion, amount: int, when: str, **fields: Any) -> TermRule:
    """Make the next term of a draft that hangs on answers."""
    order = version.terms.count() + 1
    return TermRule.objects.create(
        version=version, order=order, amount=amount, when=parse(when), **fields
    )


def make_permit(version: StandardVersion, when: str, **fields: Any) -> PermitRule:
    """Make the next permit of a draft that reads otherwise for some answers."""
    return PermitRule.objects.create(
        version=version,
        when=parse(when),
        **{
            "order": version.permits.count() + 1,
            "title": "Keputusan Penutupan",
            "statement": "Tanda daftar pemegang di atas diakhiri.",
            **fields,
        },
    )


def make_paper(version: StandardVersion, key: str, when: str = "", **fields: Any) -> Paper:
    """Make the next paper of a draft beside the permit, a letter unless ``fields`` say else."""
    return Paper.objects.create(
        version=version,
        key=key,
        when=parse(when),
        **{
            "order": version.papers.count() + 1,
            "title": f"Surat {key}",
            "body": "Permohonan {nomor_permohonan} oleh {pemegang}.",
            **fields,
        },
    )


def make_question(version: StandardVersion, key: str, when: str = "", **fields: Any) -> Fact:
    """Make the next fact of a draft, answered by yes or no."""
    return make_fact(version, key, when, kind=Fact.Kind.YES_NO, **fields)


def _add_requirements(version: StandardVersion) -> None:
    make_question(version, "tenaga_asing", label="Apakah mempekerjakan tenaga asing?")
    group = RequirementGroup.objects.create(version=version, order=1, title="Persyaratan")
    for order, (kind, text, when) in enumerate(
        (
            (Need.FORM, "Mengisi formulir isian data permohonan", ""),
            (Need.UPLOAD, "Fotokopi KTP penanggung jawab", ""),
            (Need.DECLARE, "Bersedia mematuhi peraturan", ""),
            (Need.UPLOAD, "Pengesahan rencana tenaga kerja asing", "tenaga_asing = ya"),
        ),
        start=1,
    ):
        Requirement.objects.create(
            version=version, group=group, order=order, printed_number=f"{order}.", text=text,
            kind=kind, when=parse(when),
        )  # fmt: skip


def make_revoked(title: str, *, by: str, since: date | None = None) -> Regulation:
    """Make a regulation that another one, made if it is not there yet, has replaced."""
    successor, _made = Regulation.objects.get_or_create(title=by)
    return Regulation.objects.create(
        title=title, status=Regulation.Status.REVOKED, successor=successor, since=since
    )


def make_standard(
    service: Service | None = None, procedure: Procedure | None = None, **fields: Any
) -> StandardVersion:
    """Make ``make_draft(...)`` and publish it. Give ``effective_on`` for a second version."""
    draft = make_draft(service, procedure, **fields)
    return publish_version(draft, actor=None, at=PUBLISHED_AT)
