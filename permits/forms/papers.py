"""Forms about the certificate of a file: revoke, void, replace, and decide on that."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.fields import CodeField, DayField, LongTextField, OneLineField, WholeNumberField
from permits.domain.certificates import OrderBasis, OrderKind
from permits.forms.desk import DeskForm, SignatureForm
from permits.models import Certificate
from permits.selectors import endable_papers
from workflow.refusals import sentence

Rows = list[list[str]]
_ROWS = ("holder", "data")


class PaperForm(DeskForm):
    """A form of the page of the certificate; ``paper`` is the one that the officer saw."""

    paper = WholeNumberField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        del self.fields["visit"]  # the file may lie at any desk, or be closed
        self.initial.setdefault("paper", self.application.certificate_id)


class OrderForm(PaperForm):
    """What every order needs: why, by which law, by which decree."""

    reason = LongTextField(
        label=_("Alasan"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dibaca pemegang izin. Tidak tampil pada halaman keaslian."),
        error_messages={"required": _("Tulis alasannya terlebih dahulu.")},
    )
    ground = OneLineField(
        label=_("Dasar hukum"),
        max_length=500,
        help_text=_(
            "Misalnya: cacat substansi, Pasal 64 ayat (1) huruf c UU 30/2014. Tampil pada halaman "
            "keaslian."
        ),
    )
    found_on = DayField(
        label=_("Sebabnya ditemukan pada"),
        back=5,
        ahead=0,
        help_text=_("Keputusan dibuat paling lama lima hari kerja sejak hari itu (UU 30/2014)."),
    )
    decree_number = OneLineField(label=_("Nomor keputusan"), max_length=120)
    decree_date = DayField(label=_("Tanggal keputusan"), back=5, ahead=0)

    def clean(self) -> dict[str, Any]:
        """Refuse days in the future, each at its field."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("found_on", "decree_date"):
            day = cleaned.get(name)
            if day is not None and self.today is not None and day > self.today:
                self.add_error(name, sentence("date_ahead"))
        return cleaned

    @property
    def basis(self) -> OrderBasis:
        """What was typed about the order."""
        names = ("reason", "ground", "found_on", "decree_number", "decree_date")
        return OrderBasis(**{name: self.cleaned_data[name] for name in names})

    def facts(self) -> dict[str, Any]:
        """Return the order's basis and the paper that the officer saw."""
        return {"basis": self.basis, "paper": self.cleaned_data.get("paper")}


class EndingForm(OrderForm):
    """Propose to revoke or void."""

    name = "cabut"
    paper = WholeNumberField(
        label=_("Dokumen"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih dokumennya.")},
    )
    kind = forms.ChoiceField(
        label=_("Yang diusulkan"),
        widget=forms.RadioSelect,
        choices=[
            (
                OrderKind.REVOKE.value,
                _("Pencabutan: dokumen berlaku sampai keputusan ini (Pasal 64 UU 30/2014)"),
            ),
            (
                OrderKind.VOID.value,
                _("Pembatalan: dokumen dianggap tidak pernah berlaku (Pasal 66 dan 70 UU 30/2014)"),
            ),
        ],
        help_text=_(
            "Tidak pernah berlaku bila yang menetapkan tidak berwenang, melampaui wewenang, atau "
            "sewenang-wenang (Pasal 70). Bila salahnya pada prosedur atau isi, dokumen sah sampai "
            "diputus (Pasal 71): pilih pencabutan."
        ),
        error_messages={"required": _("Pilih pencabutan atau pembatalan.")},
    )
    field_order = ("paper", "kind")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers = endable_papers(self.application)
        field = self.fields["paper"]
        if len(papers) > 1:
            field.required = True
            field.widget = forms.RadioSelect(choices=[(row.pk, _document(row)) for row in papers])
            field.widget.is_required = True
        else:
            field.widget = forms.HiddenInput()
            self.initial["paper"] = papers[0].pk if papers else None

    def facts(self) -> dict[str, Any]:
        """Add the kind."""
        return {**super().facts(), "kind": self.cleaned_data["kind"]}


def _document(paper: Certificate) -> str:
    words = {"title": paper.content.get("title", ""), "number": paper.number}
    return gettext("%(title)s, nomor %(number)s") % words


class ReplacementForm(OrderForm):
    """Propose a corrected paper: every line of the present one can be mended."""

    name = "ganti"
    statement = LongTextField(
        label=_("Kalimat penetapan"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paper = self.application.certificate
        content: dict[str, Any] = paper.content if paper is not None else {}
        self.initial.setdefault("statement", content.get("statement", ""))
        self._labels: dict[str, list[str]] = {}
        for rows in _ROWS:
            self._labels[rows] = [label for label, _value in content.get(rows, [])]
            for index, (label, value) in enumerate(content.get(rows, [])):
                self.fields[f"{rows}_{index}"] = LongTextField(
                    label=label,
                    required=False,
                    max_length=1000,
                    widget=forms.Textarea(attrs={"rows": 1 + len(value) // 70}),
                )
                self.initial.setdefault(f"{rows}_{index}", value)
        self.order_fields([*self.text_names, *self.fields])

    @property
    def text_names(self) -> list[str]:
        """The fields of the corrected text."""
        return ["statement", *(name for name in self.fields if name.startswith(_PREFIXES))]

    def facts(self) -> dict[str, Any]:
        """Add the corrected text; a line left empty is not printed."""
        return {
            **super().facts(),
            "statement": self.cleaned_data["statement"],
            **{rows: self._rows(rows) for rows in _ROWS},
        }

    def _rows(self, rows: str) -> Rows:
        return [
            [label, self.cleaned_data[f"{rows}_{index}"]]
            for index, label in enumerate(self._labels[rows])
        ]


_PREFIXES = tuple(f"{rows}_" for rows in _ROWS)


class DecisionForm(PaperForm):
    """A form about the order that was shown."""

    order = WholeNumberField(widget=forms.HiddenInput, required=False)

    def facts(self) -> dict[str, Any]:
        """Return the key of the order; 0 when the page named none."""
        return {"order": self.cleaned_data.get("order") or 0}


class ConfirmOrderForm(DecisionForm, SignatureForm):
    """Confirm with the password; ``digest`` is of the corrected text that was shown."""

    name = "putus"
    digest = CodeField(widget=forms.HiddenInput, max_length=64, required=False)

    def facts(self) -> dict[str, Any]:
        """Add the digest; the password stays with the view."""
        return {**super().facts(), "digest": self.cleaned_data["digest"]}


class CloseOrderForm(DecisionForm):
    """Close a proposal without effect."""

    name = "tutup"
    note = LongTextField(
        label=_("Mengapa?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tulis alasannya terlebih dahulu.")},
    )

    def facts(self) -> dict[str, Any]:
        """Add the note."""
        return {**super().facts(), "note": self.cleaned_data["note"]}
