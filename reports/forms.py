"""Forms of reports: period, sentences and words of citizens, remarks, the signature."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import CodeField, LongTextField
from reports.kinds import ReportKind
from reports.models import Report
from reports.wording import period_name
from workflow.forms.base import PortalForm
from workflow.forms.signature import SignatureFields

_LONGEST = 4000


class CompileForm(PortalForm):
    """Choice of the period."""

    period = forms.ChoiceField(
        label=_("Periode yang belum dilaporkan"),
        error_messages={"invalid_choice": _("Pilih salah satu periode yang tersedia.")},
    )

    def __init__(self, *args: Any, kind: ReportKind, periods: list[Any], **more: Any) -> None:
        kwargs = {"auto_id": f"{kind.code}_%s", **more}
        super().__init__(*args, **kwargs)
        self.periods = {period.code: period for period in periods}
        choices = [(period.code, period_name(period)) for period in periods]
        cast(forms.ChoiceField, self.fields["period"]).choices = choices


class ReturnForm(PortalForm):
    """The reason for the return."""

    note = LongTextField(
        label=_("Catatan untuk penyusun"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class SignForm(SignatureFields, PortalForm):
    """The signature of the head under the content that was shown."""

    digest = CodeField(widget=forms.HiddenInput, max_length=64)


class WordsForm(PortalForm):
    """The sentences of a report that may be changed, and the words of citizens in it."""

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys: dict[str, str] = {}
        number = 0
        for chapter in report.content["chapters"]:
            for block in chapter["blocks"]:
                number += 1
                self._add_block(number, block, chapter["title"])

    @property
    def has_quotes(self) -> bool:
        """Whether words of citizens are among them."""
        return any(name.startswith("saran-") for name in self.fields)

    def _add_block(self, number: int, block: dict[str, Any], chapter: str) -> None:
        if block["kind"] == "text" and block["key"]:
            word = _("kalimat")
            self._add(f"kalimat-{number}", block, f"{chapter}: {word}", required=True)
        elif block["kind"] == "quotes":
            for nth, row in enumerate(block["rows"], start=1):
                self._add(f"saran-{number}-{nth}", row, _("Saran"), required=False)

    def _add(self, name: str, part: dict[str, Any], label: Any, *, required: bool) -> None:
        self.keys[name] = part["key"]
        number = sum(one.startswith(name.split("-")[0]) for one in self.keys)
        self.fields[name] = LongTextField(
            label=f"{label} {number}",
            initial=part["words"],
            max_length=_LONGEST,
            required=required,
            widget=forms.Textarea(attrs={"rows": 2 + len(part["words"]) // 90}),
        )

    def words(self) -> dict[str, str]:
        """Return the cleaned words by the key of the content."""
        return {key: self.cleaned_data[name] for name, key in self.keys.items()}
