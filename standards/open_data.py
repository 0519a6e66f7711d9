"""The published standards as open data: one record a version, read in batches."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Prefetch

from documents.open_data import csv_lines, json_lines
from standards.domain import facts as asking
from standards.domain.conditions import dumped
from standards.domain.fees import units_of
from standards.fee_wording import fee_words
from standards.law_wording import change_of
from standards.models import (
    ClosedKind,
    EligibilityRule,
    Fact,
    FeeRule,
    LegalBasis,
    Paper,
    PermitRule,
    Procedure,
    Regulation,
    Requirement,
    RequirementGroup,
    Service,
    StandardComponent,
    StandardVersion,
    TermRule,
    VersionProcedure,
)
from standards.reading import fee_span
from standards.selectors import FEES, conditions_of, facts_of, first_days, load_procedures
from standards.term_wording import terms_of
from standards.wording import condition_sentence

FORMAT = 3  # raised when a field changes its meaning or goes
_BATCH = 100
_COLUMNS = (
    "kantor", "kode_layanan", "layanan", "sektor", "kbli", "edisi_kbli", "risiko", "versi",
    "berlaku_mulai", "ditetapkan_dengan", "jangka_waktu", "satuan", "biaya_dari", "biaya_sampai",
    "biaya", "produk", "persyaratan", "alamat", "tidak_dapat_diajukan", "langkah", "dokumen",
    "jangka_waktu_paling_cepat", "jangka_waktu_lain", "jenis_ditutup",
)  # fmt: skip


def state() -> str:
    """Return a digest of all that the records are made of.

    A published version never changes, so its digest stands for it; services, the kinds of
    application that they no longer take, offices and what has become of laws may change.
    """
    found = hashlib.sha256(str(FORMAT).encode())
    services = Service.objects.order_by("pk").values_list(
        "pk",
        "slug",
        "name",
        "summary",
        "sector",
        "risk",
        "kbli__code",
        "kbli__edition",
        "kbli__title",
        "closed_from",
        "office__code",
        "office__name",
    )
    closed = ClosedKind.objects.order_by("pk").values_list("service", "kind", "closed_from", "note")
    laws = Regulation.objects.order_by("pk").values_list(
        "pk", "title", "status", "since", "successor__title"
    )
    versions = StandardVersion.objects.published().order_by("pk").values_list("pk", "digest")
    for rows in (services, closed, laws, versions):
        for row in rows.iterator():
            found.update(repr(row).encode())
    return found.hexdigest()


def as_json(site: str, licence: dict[str, str]) -> Iterator[str]:
    """Yield one JSON object, a record at a time; ``site`` begins the addresses of pages."""
    return json_lines({"format": FORMAT, "lisensi": licence}, "standar", records(site))


def as_csv(site: str) -> Iterator[str]:
    """Yield the lines of a table: one version a line, each list of it in one cell."""
    return csv_lines(_COLUMNS, map(_cells, records(site)))


def _cells(record: dict[str, Any]) -> list[Any]:
    line = record["kbli"] or {"kode": "", "edisi": ""}
    return [
        record["kantor"]["nama"],
        record["kode_layanan"],
        record["layanan"],
        record["sektor"],
        line["kode"],
        line["edisi"],
        record["risiko"],
        record["versi"],
        record["berlaku_mulai"],
        record["ditetapkan_dengan"],
        record["jangka_waktu"],
        record["satuan"],
        record["biaya_dari"],
        record["biaya_sampai"],
        "; ".join(f"{fee['untuk']}: {fee['kalimat']}" for fee in record["biaya"]),
        record["produk"],
        "\n".join(map(_line, record["persyaratan"])),
        record["alamat"],
        "\n".join(row["kalimat"] for row in record["tidak_dapat_diajukan"]),
        "\n".join(map(_step_line, record["prosedur"][0]["langkah"] if record["prosedur"] else ())),
        "\n".join(row["judul"] for row in record["dokumen"]),
        record["jangka_waktu_paling_cepat"],
        "\n".join(f"{row['waktu']}: {row['kalimat']}" for row in record["jangka_waktu_lain"]),
        "\n".join(f"{row['jenis']} sejak {row['sejak']}" for row in record["jenis_ditutup"]),
    ]


def _step_line(row: dict[str, Any]) -> str:
    """Return a step of the usual procedure in one line of the table."""
    return f"{row['nomor']} {row['kegiatan']} ({row['pelaksana']})"


def _line(row: dict[str, Any]) -> str:
    """Return a requirement in one line of the table, with the sentence when it applies."""
    said = f" ({row['kalimat']})" if row["kalimat"] else ""
    return f"{row['nomor']} {row['teks']}{said}".strip()


def records(site: str) -> Iterator[dict[str, Any]]:
    """Yield every published version; a hundred are in memory at a time."""
    last = 0
    while rows := _batch(last):
        procedures = [link.procedure for row in rows for link in row.procedure_links.all()]
        load_procedures(procedures)
        since = first_days({row.pk for row in procedures})
        for version in rows:
            yield _record(version, site, since)
        last = rows[-1].pk


def _batch(after: int) -> list[StandardVersion]:
    versions = StandardVersion.objects.published().filter(pk__gt=after)
    return list(
        versions.select_related("service__office", "service__kbli")
        .prefetch_related(
            Prefetch("service__closed_kinds", ClosedKind.objects.order_by("closed_from", "pk")),
            Prefetch("components", StandardComponent.objects.order_by("order", "pk")),
            Prefetch("requirement_groups", RequirementGroup.objects.order_by("order", "pk")),
            Prefetch("requirements", Requirement.objects.order_by("group__order", "order", "pk")),
            FEES,
            Prefetch("eligibility_rules", EligibilityRule.objects.order_by("order", "pk")),
            Prefetch("papers", Paper.objects.order_by("order", "pk")),
            Prefetch("permits", PermitRule.objects.order_by("order", "pk")),
            Prefetch(
                "procedure_links",
                VersionProcedure.objects.select_related("procedure").order_by("order", "pk"),
            ),
            Prefetch("terms", TermRule.objects.order_by("order", "pk")),
            Prefetch("facts", Fact.objects.order_by("order", "pk")),
            Prefetch(
                "legal_bases",
                LegalBasis.objects.select_related("regulation__successor").order_by("order", "pk"),
            ),
        )
        .order_by("pk")[:_BATCH]
    )


def _record(
    version: StandardVersion, site: str, since: Mapping[int, date | None]
) -> dict[str, Any]:
    service, line = version.service, version.service.kbli
    facts = {fact.key: fact for fact in facts_of(version)}
    help_texts = {row.key: row.help_text for row in version.facts.all()}
    fee = fee_span(version)
    return {
        "kantor": {"kode": service.office.code, "nama": service.office.name},
        "kode_layanan": service.slug,
        "layanan": service.name,
        "ringkasan": service.summary,
        "sektor": service.sector,
        "kbli": line and {"kode": line.code, "edisi": line.edition, "judul": line.title},
        "risiko": service.risk,
        "ditutup_sejak": _day(service.closed_from),
        "jenis_ditutup": [
            {"jenis": row.kind, "sejak": _day(row.closed_from), "keterangan": row.note}
            for row in service.closed_kinds.all()
        ],
        "alamat": f"{site}{service.get_absolute_url()}?versi={version.number}",
        "versi": version.number,
        "berlaku_mulai": _day(version.effective_on),
        "ditetapkan_dengan": version.decree,
        "ditetapkan_pada": _day(version.decreed_on),
        "jangka_waktu_paling_cepat": version.term_minimum,
        "jangka_waktu": version.term_amount,
        "satuan": version.term_unit,
        "jangka_waktu_lain": [
            {
                "jangka_waktu_paling_cepat": row.minimum,
                "jangka_waktu": row.amount,
                "bila": dumped(row.when),
                "waktu": words.term,
                "kalimat": words.condition,
            }
            for row, words in zip(version.terms.all(), terms_of(version), strict=True)
        ],
        "produk": version.product,
        "biaya_dari": fee.lowest if fee else None,
        "biaya_sampai": fee.highest if fee else None,
        "biaya": [_fee(row, facts) for row in version.fees.all()],
        "isian": [
            {
                "kunci": fact.key,
                "pertanyaan": fact.label,
                "jenis": fact.kind,
                "penjelasan": help_texts.get(fact.key, ""),
                "wajib": fact.required,
                "pilihan": list(fact.choices),
                "bila": dumped(fact.when),
                "langkah": fact.asked_at,
            }
            for fact in facts.values()
        ],
        "tidak_dapat_diajukan": [
            {"kalimat": row.sentence, "bila": dumped(row.when), "dasar_hukum": row.ground}
            for row in version.eligibility_rules.all()
        ],
        "persyaratan": _requirements(version, facts),
        "prosedur": [
            _procedure(link.procedure, since.get(link.procedure_id), facts)
            for link in version.procedure_links.all()
        ],
        "dokumen": [
            {
                "kunci": row.key,
                "judul": row.title,
                "jenis": row.kind,
                "tujuan": row.addressee,
                "disusun_pada": row.written_at,
                "diparaf_pada": list(asking.choices_of(row.initialed_at)),
                "ditandatangani_pada": row.signed_at,
                "bila": dumped(row.when),
                "kalimat": condition_sentence([row.when], facts),
            }
            for row in version.papers.all()
        ],
        "izin_lain": [
            {
                "judul": row.title,
                "mengakhiri_izin": row.is_closure,
                "masa_berlaku_bulan": row.validity_months,
                "bila": dumped(row.when),
                "kalimat": condition_sentence([row.when], facts),
            }
            for row in version.permits.all()
        ],
        "komponen": [
            {"kunci": row.key, "nomor": row.printed_number, "judul": row.title, "isi": row.body}
            for row in version.components.all()
        ],
        "dasar_hukum": [
            {
                "nomor": row.printed_number,
                "teks": row.text,
                "peraturan": row.regulation.title if row.regulation else "",
                "keadaan": row.regulation.status if row.regulation else "",
                "keterangan": change_of(row.regulation),
            }
            for row in version.legal_bases.all()
        ],
        "sidik": version.digest,
    }


def _requirements(
    version: StandardVersion, facts: Mapping[str, asking.Fact]
) -> list[dict[str, Any]]:
    """Return the requirements in printed order.

    One applies when its own condition (``bila``), that of its group and those of the requirements
    above it (``induk``, the ``urutan`` of one) hold; ``kalimat`` says all of them in words.
    """
    groups = {row.pk: row for row in version.requirement_groups.all()}
    rows = list(version.requirements.all())
    for row in rows:
        row.group = groups[row.group_id]  # read already
    chains = conditions_of(version)
    place = {row.pk: number for number, row in enumerate(rows, 1)}
    return [
        {
            "kode": row.code,
            "urutan": place[row.pk],
            "induk": place[row.parent_id] if row.parent_id else None,
            "kelompok": groups[row.group_id].title,
            "nomor": row.printed_number,
            "teks": row.text,
            "pemenuhan": row.kind,
            "wajib": row.mandatory,
            "bila": dumped(row.when),
            "bila_kelompok": dumped(groups[row.group_id].when),
            "kalimat": condition_sentence(chains[row.pk], facts),
        }
        for row in rows
    ]


def _procedure(
    procedure: Procedure, since: date | None, facts: Mapping[str, asking.Fact]
) -> dict[str, Any]:
    """Return an SOP with its steps; a step that sends back names the ``urutan`` of an earlier."""
    steps = list(procedure.steps.all())
    place = {step.pk: number for number, step in enumerate(steps, 1)}
    return {
        "kode": procedure.code,
        "nama": procedure.name,
        "nomor": procedure.sop_number,
        "versi": procedure.number,
        "berlaku_mulai": _day(since),
        "jumlah_waktu": procedure.total_text,
        "sementara": procedure.provisional,
        "pelaksana": [role.label for role in procedure.roles.all()],
        "langkah": [
            {
                "urutan": place[step.pk],
                "nomor": step.printed_number,
                "jenis": step.kind,
                "kegiatan": step.activity,
                "pelaksana": step.role.label,
                "pelaksana_lain": [role.label for role in step.performers.all()],
                "bersamaan": step.parallel,
                "dicatat_oleh": step.recorded_by.label if step.recorded_by else "",
                "kelengkapan": step.completeness,
                "waktu": step.standard_time,
                "waktu_paling_cepat": step.standard_minimum,
                "waktu_paling_lama": step.standard_amount,
                "satuan": step.standard_unit,
                "jam": step.whose_clock,
                "keluaran": step.output,
                "boleh_dilewati": step.optional,
                "syarat": step.condition,
                "bila": dumped(step.when),
                "kalimat": condition_sentence([step.when], facts),
                "kembali_ke": place[step.returns_to_id] if step.returns_to_id else None,
                "keterangan": step.remark,
            }
            for step in steps
        ],
    }


def _fee(row: FeeRule, facts: Mapping[str, asking.Fact]) -> dict[str, Any]:
    return {
        "untuk": row.label,
        "jenis": row.kind,
        "tarif": row.amount,
        "dikalikan": list(units_of(row.units)),
        "paling_sedikit": row.minimum,
        "paling_banyak": row.maximum,
        "bila": dumped(row.when),
        "tabel": [{"tarif": line.amount, "bila": dumped(line.when)} for line in row.rows.all()],
        "kelipatan": row.multiple or 1,
        "pembulatan": row.rounding,
        "dasar_hukum": row.ground,
        "kalimat": fee_words(row.rule(), facts).text,
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
