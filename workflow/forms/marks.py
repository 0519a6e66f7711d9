"""Forms of the calendar and the marks, for a clerk."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow import alarms
from workflow.models import TermMark

_NEEDS_TIME = "warn"


class TermMarkForm(forms.ModelForm):
    """One mark: of which term, when, and what is done."""

    class Meta:
        model = TermMark
        fields = ("office", "term", "act", "share", "days", "level")
        widgets: ClassVar = {"term": forms.Select, "act": forms.Select}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        terms = [(term.name, term.label) for term in alarms.TERMS.values()]
        self.fields["term"] = forms.ChoiceField(label=gettext_lazy("Jangka waktu"), choices=terms)
        self.fields["act"] = forms.ChoiceField(
            label=gettext_lazy("Tindakan"), choices=list(alarms.ACTS.items())
        )

    def clean(self) -> dict[str, Any]:
        """Say what does not go together, at the field where it can be mended."""
        cleaned = super().clean() or {}
        term = alarms.TERMS.get(cleaned.get("term", ""))
        act, share, days = cleaned.get("act"), cleaned.get("share"), cleaned.get("days")
        if term and act and act not in term.acts:
            named = "; ".join(str(alarms.ACTS[one]) for one in term.acts)
            self.add_error("act", _("Untuk jangka waktu ini hanya: %(acts)s.") % {"acts": named})
        if share is not None and days is not None:
            self.add_error("days", _("Isi persen atau hari, bukan keduanya."))
        if act == _NEEDS_TIME and share is None and (days is None or days > 0):
            self.add_error("days", _("Peringatan harus sebelum atau pada tanggal janji."))
        if act == "escalate" and not cleaned.get("level"):
            self.add_error("level", _("Sebutkan tingkat atasan, mulai dari 1."))
        return cleaned
