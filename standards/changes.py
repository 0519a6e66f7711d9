"""The difference between two versions as sentences, for pages, messages and the second person.

The words of a kind of row are one entry of ``_KINDS``, those of a column one entry of ``_COLUMNS``;
what has no entry is still said, in general words.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from standards.domain.conditions import Condition
from standards.domain.differences import TARIFF, Change, ColumnChange, Sign, difference, every_kind
from standards.domain.facts import Fact
from standards.domain.versions import FeeText, VersionSnapshot
from standards.fee_wording import fee_words
from standards.models import Fact as FactRow
from standards.models import Paper, Requirement, SopStep, StandardVersion
from standards.models.choices import TermUnit
from standards.selectors import published_snapshot, snapshot
from standards.wording import condition_sentence

FOR_APPLICANTS = ("head", "fee", "fact", "term", "eligibility", "group", "requirement")
_LONGEST = 300  # characters of a text that stands in a sentence
_MOST_LINES = 6  # changed lines of a long text that are quoted


class _Words(NamedTuple):
    """How a kind of row is spoken of."""

    new: Any
    gone: Any
    row: Any
    renumbered: Any


_KINDS: dict[str, _Words] = {
    "fee": _Words(
        gettext_lazy("Tarif baru: %(title)s"),
        gettext_lazy("Tarif dihapus: %(title)s"),
        gettext_lazy("Tarif %(title)s"),
        gettext_lazy("Urutan tarif berubah"),
    ),
    "fact": _Words(
        gettext_lazy("Isian baru: %(title)s"),
        gettext_lazy("Tidak ditanyakan lagi: %(title)s"),
        gettext_lazy("Isian %(title)s"),
        gettext_lazy("Urutan isian berubah"),
    ),
    "term": _Words(
        gettext_lazy("Jangka waktu lain, baru: %(title)s"),
        gettext_lazy("Jangka waktu lain dihapus: %(title)s"),
        gettext_lazy("Jangka waktu lain, %(title)s"),
        gettext_lazy("Urutan jangka waktu lain berubah"),
    ),
    "permit": _Words(
        gettext_lazy("Dokumen izin lain, baru: %(title)s"),
        gettext_lazy("Dokumen izin lain dihapus: %(title)s"),
        gettext_lazy("Dokumen izin lain, %(title)s"),
        gettext_lazy("Urutan dokumen izin lain berubah"),
    ),
    "eligibility": _Words(
        gettext_lazy("Tidak dapat lagi diajukan: %(title)s"),
        gettext_lazy("Dapat diajukan kembali, kalimat ini dihapus: %(title)s"),
        gettext_lazy("Yang tidak dapat diajukan, %(title)s"),
        gettext_lazy("Urutan yang tidak dapat diajukan berubah"),
    ),
    "paper": _Words(
        gettext_lazy("Dokumen baru: %(title)s"),
        gettext_lazy("Dokumen dihapus: %(title)s"),
        gettext_lazy("Dokumen %(title)s"),
        gettext_lazy("Urutan dokumen berubah"),
    ),
    "group": _Words(
        gettext_lazy("Kelompok persyaratan baru: %(title)s"),
        gettext_lazy("Kelompok persyaratan dihapus: %(title)s"),
        gettext_lazy("Kelompok persyaratan %(title)s"),
        gettext_lazy("Nomor atau urutan kelompok persyaratan berubah"),
    ),
    "requirement": _Words(
        gettext_lazy("Persyaratan baru: %(title)s"),
        gettext_lazy("Tidak diminta lagi: %(title)s"),
        gettext_lazy("Persyaratan %(title)s"),
        gettext_lazy("Nomor atau urutan persyaratan berubah"),
    ),
    "component": _Words(
        gettext_lazy("Komponen baru: %(title)s"),
        gettext_lazy("Komponen dihapus: %(title)s"),
        gettext_lazy("Komponen %(title)s"),
        gettext_lazy("Nomor atau urutan komponen berubah"),
    ),
    "procedure": _Words(
        gettext_lazy("Prosedur (SOP) baru: %(title)s"),
        gettext_lazy("Prosedur (SOP) tidak dipakai lagi: %(title)s"),
        gettext_lazy("Prosedur %(title)s"),
        gettext_lazy("Urutan prosedur berubah"),
    ),
    "role": _Words(
        gettext_lazy("pelaksana baru: %(title)s"),
        gettext_lazy("pelaksana dihapus: %(title)s"),
        gettext_lazy("pelaksana %(title)s"),
        gettext_lazy("urutan pelaksana berubah"),
    ),
    "step": _Words(
        gettext_lazy("langkah baru: %(title)s"),
        gettext_lazy("langkah dihapus: %(title)s"),
        gettext_lazy("langkah %(title)s"),
        gettext_lazy("nomor atau urutan langkah berubah"),
    ),
    "legal_basis": _Words(
        gettext_lazy("Dasar hukum baru: %(title)s"),
        gettext_lazy("Dasar hukum dihapus: %(title)s"),
        gettext_lazy("Dasar hukum %(title)s"),
        gettext_lazy("Nomor atau urutan dasar hukum berubah"),
    ),
}
_OTHER = _Words(
    gettext_lazy("Baris baru: %(title)s"),
    gettext_lazy("Baris dihapus: %(title)s"),
    gettext_lazy("Baris %(title)s"),
    gettext_lazy("Urutan baris berubah"),
)

_COLUMNS: dict[str, Any] = {
    "term": gettext_lazy("Jangka waktu"),
    "target_amount": gettext_lazy("Target internal"),
    "product": gettext_lazy("Produk layanan"),
    "certificate_title": gettext_lazy("Judul dokumen izin"),
    "certificate_statement": gettext_lazy("Isi dokumen izin"),
    "certificate_on_behalf_of": gettext_lazy("a.n. pada dokumen izin"),
    "number_pattern": gettext_lazy("Pola nomor dokumen"),
    "validity_months": gettext_lazy("Masa berlaku (bulan)"),
    "heading": gettext_lazy("Judul tercetak"),
    "preamble": gettext_lazy("Pendahuluan"),
    "tariff": gettext_lazy("jumlah"),
    "step": gettext_lazy("ditetapkan pada langkah"),
    "ground": gettext_lazy("dasar hukum"),
    "text": gettext_lazy("bunyi"),
    "sentence": gettext_lazy("kalimat"),
    "amount": gettext_lazy("jumlah"),
    "label": gettext_lazy("nama"),
    "title": gettext_lazy("judul"),
    "name": gettext_lazy("nama"),
    "activity": gettext_lazy("kegiatan"),
    "lead": gettext_lazy("kalimat pengantar"),
    "body": gettext_lazy("uraian"),
    "kind": gettext_lazy("jenis"),
    "required": gettext_lazy("wajib diisi"),
    "mandatory": gettext_lazy("wajib"),
    "optional": gettext_lazy("jika diperlukan"),
    "on_certificate": gettext_lazy("tercetak pada dokumen izin"),
    "asked_at": gettext_lazy("diisi pada langkah"),
    "carried": gettext_lazy("dibawa dari izin sebelumnya"),
    "help_text": gettext_lazy("petunjuk"),
    "choices_text": gettext_lazy("pilihan"),
    "when": gettext_lazy("berlaku"),
    "group": gettext_lazy("kelompok"),
    "parent": gettext_lazy("butir induk"),
    "role": gettext_lazy("pelaksana"),
    "recorded_by": gettext_lazy("dicatat oleh"),
    "performers": gettext_lazy("pelaksana lain"),
    "standard_time": gettext_lazy("waktu baku"),
    "clock": gettext_lazy("jam layanan"),
    "completeness": gettext_lazy("kelengkapan"),
    "output": gettext_lazy("keluaran"),
    "condition": gettext_lazy("syarat langkah"),
    "returns_to": gettext_lazy("jika tidak memenuhi, kembali ke"),
    "remark": gettext_lazy("keterangan"),
    "sop_number": gettext_lazy("nomor SOP"),
    "total_text": gettext_lazy("jumlah waktu tercetak"),
    "provisional_reason": gettext_lazy("alasan masih sementara"),
    "position": gettext_lazy("jabatan"),
    "statement": gettext_lazy("isi"),
    "is_closure": gettext_lazy("mengakhiri izin"),
    "addressee": gettext_lazy("tujuan"),
    "on_behalf_of": gettext_lazy("atas nama"),
    "written_at": gettext_lazy("disusun pada langkah"),
    "signed_at": gettext_lazy("ditandatangani pada langkah"),
    "regulation": gettext_lazy("rujukan ke daftar peraturan"),
}
_CHOICES = {
    ("fact", "kind"): FactRow.Kind,
    ("paper", "kind"): Paper.Kind,
    ("requirement", "kind"): Requirement.Kind,
    ("step", "kind"): SopStep.Kind,
    ("step", "clock"): SopStep.Clock,
}
_TITLES = {kind.name: (kind.title,) for kind in every_kind()}
_KEYS = ("position", "regulation")  # columns that hold a key of the database: nothing to be read


@dataclass(frozen=True, slots=True)
class _Facts:
    """The facts of both versions, in which their conditions are read."""

    old: Mapping[str, Fact]
    new: Mapping[str, Fact]


def sentences_between(
    old: StandardVersion, new: StandardVersion, kinds: Collection[str] = ()
) -> list[str]:
    """Return what ``new`` has otherwise than ``old``; [] when they say the same."""
    return sentences(_content(old), _content(new), kinds)


def _content(version: StandardVersion) -> VersionSnapshot:
    if version.is_published:
        return published_snapshot(version.pk, version.digest)
    return snapshot(version)


def sentences(old: VersionSnapshot, new: VersionSnapshot, kinds: Collection[str] = ()) -> list[str]:
    """Return the difference as sentences; ``kinds`` names those to be spoken of, all if empty.

    The decree, the number and the first day of a version are not spoken of: they stand beside it.
    """
    facts = _Facts(_facts(old), _facts(new))
    several = len(old.procedures) > 1 or len(new.procedures) > 1
    return [
        line
        for change in difference(old, new)
        if not kinds or (change.kind in kinds and not _is_for_officers(change))
        for line in _lines(change, facts, several)
    ]


def _is_for_officers(change: Change) -> bool:
    """Whether it is about a fact that an officer records at a step."""
    return bool(getattr(change.row, "asked_at", ""))


def _facts(version: VersionSnapshot) -> dict[str, Fact]:
    return {fact.key: fact.asked() for fact in version.facts}


def _lines(change: Change, facts: _Facts, several: bool) -> list[str]:
    if change.kind == "head":
        return [_stop(_column(change.kind, one, facts)) for one in change.columns]
    words = _KINDS.get(change.kind, _OTHER)
    template = {
        Sign.NEW: words.new,
        Sign.GONE: words.gone,
        Sign.CHANGED: words.row,
        Sign.RENUMBERED: words.renumbered,
    }[change.sign]
    said = str(template) % {"title": _quoted(change.title.strip(" ;,."))}
    if change.sign is Sign.CHANGED:
        said = f"{said}: {'; '.join(_column(change.kind, one, facts) for one in change.columns)}"
    if change.sign is Sign.NEW:
        said += _detail(change.row, facts)
    if change.within and several:
        said = _("Prosedur %(title)s: %(said)s") % {"title": _quoted(change.within), "said": said}
    return [_stop(said[:1].upper() + said[1:])]


def _detail(row: Any, facts: _Facts) -> str:
    """Return what a new row asks or costs."""
    if isinstance(row, FeeText):
        return f", {fee_words(row.rule(), facts.new).text}"
    when = getattr(row, "when", None)
    if isinstance(when, Condition) and when:
        return f". {condition_sentence([when], facts.new)}"
    return ""


def _column(kind: str, change: ColumnChange, facts: _Facts) -> str:
    name = str(_COLUMNS.get(change.name, _("keterangan lain")))
    if change.name in _KEYS:
        return _("%(name)s berubah") % {"name": name}
    if _is_long(change.old) or _is_long(change.new):
        return f"{name}: {_changed_lines(change.old or '', change.new or '')}"
    old = _value(kind, change.name, change.old, facts.old)
    new = _value(kind, change.name, change.new, facts.new)
    if old == new:  # the same is meant in other signs
        return _("%(name)s ditulis lain") % {"name": name}
    if change.name in _TITLES[kind]:
        return _("%(name)s menjadi %(new)s") % {"name": name, "new": new}
    if change.name == "term" and change.old[1] == change.new[1] and change.old[0]:
        old = str(change.old[0])
    return _("%(name)s: %(old)s menjadi %(new)s") % {"name": name, "old": old, "new": new}


def _value(kind: str, name: str, value: Any, facts: Mapping[str, Fact]) -> str:
    if isinstance(value, Condition):
        said = condition_sentence([value], facts)
        return said[:1].lower() + said[1:] if said else _("selalu")
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if name == "tariff":
        text = FeeText(order=0, label="", **dict(zip(TARIFF, value, strict=True)))
        return fee_words(text.rule(), facts).text
    if name == "performers":
        return ", ".join(map(_quoted, value)) or _("kosong")
    if isinstance(value, tuple):
        return _time(value)
    if value is None or value == "":
        return _("kosong")
    if (kind, name) in _CHOICES:
        return _quoted(str(_CHOICES[kind, name](value).label))
    return str(value) if isinstance(value, int) else _quoted(str(value))


def _time(parts: tuple[Any, ...]) -> str:
    """Return a term (amount, unit) or a standard time (least, most, unit, as printed)."""
    least, amount, unit, printed = parts if len(parts) == 4 else (None, *parts, "")
    if printed:
        return _quoted(printed)
    if amount is None:
        return _("kosong")
    figure = f"{least}-{amount}" if least else str(amount)
    return f"{figure} {TermUnit(unit).label if unit else ''}".strip()


def _is_long(value: Any) -> bool:
    return isinstance(value, str) and (len(value) > _LONGEST or "\n" in value)


def _changed_lines(old: str, new: str) -> str:
    """Return which lines of a long text are new and which are gone."""
    before, after = ([one.strip() for one in text.splitlines()] for text in (old, new))
    gone = [line for line in before if line and line not in after]
    added = [line for line in after if line and line not in before]
    parts = [
        template % {"lines": _several(lines)}
        for template, lines in ((_("ditambah %(lines)s"), added), (_("dihapus %(lines)s"), gone))
        if lines
    ]
    return ", ".join(parts) or _("susunan barisnya berubah")


def _several(lines: list[str]) -> str:
    said = ", ".join(_quoted(line) for line in lines[:_MOST_LINES])
    rest = len(lines) - _MOST_LINES
    return said if rest <= 0 else _("%(lines)s, dan %(n)s baris lagi") % {"lines": said, "n": rest}


def _quoted(text: str) -> str:
    return f"“{Truncator(text.strip()).chars(_LONGEST)}”" if text.strip() else _("tanpa judul")


def _stop(said: str) -> str:
    return said if said.endswith((".", "!", "?")) else f"{said}."
