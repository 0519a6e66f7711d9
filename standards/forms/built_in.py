"""The page of a draft, with a tick for each fact that the portal knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from standards.domain import built_in
from standards.domain.built_in import KIND_OF_APPLICATION, REPRESENTED, ApplicationKind
from standards.domain.facts import choices_of
from standards.models import StandardVersion

TICKS = {
    "kind_new": ApplicationKind.NEW,
    "kind_extension": ApplicationKind.EXTENSION,
    "kind_change": ApplicationKind.CHANGE,
    "kind_closure": ApplicationKind.CLOSURE,
}


def ticked(data: Mapping[str, Any]) -> set[str]:
    """Return the keys of the facts that the ticks of a sent page stand for."""
    kinds = [kind for name, kind in TICKS.items() if data.get(name)]
    represented = bool(data.get("represented"))
    return {fact.key for fact in built_in.facts(kinds, represented=represented)}


class VersionForm(forms.ModelForm):
    """A draft; a kind without a tick is not accepted, and without any tick nothing is asked."""

    kind_new = forms.BooleanField(label=_("Permohonan baru"), required=False)
    kind_extension = forms.BooleanField(label=_("Perpanjangan"), required=False)
    kind_change = forms.BooleanField(label=_("Perubahan"), required=False)
    kind_closure = forms.BooleanField(label=_("Penutupan"), required=False)
    represented = forms.BooleanField(label=_("Dapat diwakili orang lain"), required=False)

    class Meta:
        model = StandardVersion
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            return
        facts = {row.key: row for row in self.instance.facts.all()}
        kind = facts.get(KIND_OF_APPLICATION)
        accepted = choices_of(kind.choices_text) if kind else ()
        for name, value in TICKS.items():
            self.initial[name] = value in accepted
        self.initial["represented"] = REPRESENTED in facts

    def chosen(self) -> tuple[list[ApplicationKind], bool]:
        """Return the kinds that are accepted, and whether an applicant may be represented."""
        kinds = [kind for name, kind in TICKS.items() if self.cleaned_data.get(name)]
        return kinds, bool(self.cleaned_data.get("represented"))
