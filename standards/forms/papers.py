"""The form of a paper beside the permit."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from standards.domain import papers
from standards.domain.facts import choices_of
from standards.forms.conditions import ConditionInput, ConditionMixin
from standards.forms.keyed import KeyedForm
from standards.forms.patterns import PatternMixin
from standards.models import Paper


class PaperForm(PatternMixin, ConditionMixin, KeyedForm):
    """One paper; what is wrong with it is said at the field where that needs no other row."""

    when = ConditionInput(label=_("Dibuat bila"))

    class Meta:
        model = Paper
        fields = (
            "order",
            "title",
            "kind",
            "addressee",
            "body",
            "written_at",
            "initialed_at",
            "signed_at",
            "on_behalf_of",
            "number_pattern",
            "key",
            "when",
        )
        widgets: ClassVar = {
            "addressee": forms.Textarea(attrs={"rows": 3, "cols": 60}),
            "body": forms.Textarea(attrs={"rows": 10, "cols": 90}),
            "initialed_at": forms.Textarea(
                attrs={"rows": 2, "cols": 20, "data-choose": "several_steps"}
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"written_at", "signed_at"} & set(self.fields):
            self.fields[name].widget.attrs["data-choose"] = "steps"

    def clean_initialed_at(self) -> str:
        """Keep each number once, one a line."""
        return "\n".join(choices_of(self.cleaned_data["initialed_at"]))

    def clean(self) -> dict[str, Any]:
        """It is written, initialed and signed, each at another step."""
        given = super().clean() or {}
        written, signed = given.get("written_at"), given.get("signed_at")
        if signed and signed == written:
            self.add_error("signed_at", _("Dokumen ditandatangani pada langkah lain."))
        if {written, signed} & set(choices_of(given.get("initialed_at") or "")):
            said = _("Dokumen diparaf pada langkah lain dari penyusunan dan penandatanganannya.")
            self.add_error("initialed_at", said)
        for name in ("body", "addressee"):
            rest = papers.filled(given.get(name) or "", lambda _name: "")
            if "{" in rest or "}" in rest:
                self.add_error(name, _("Kurung kurawal hanya untuk kode, misalnya {layanan}."))
        return given
