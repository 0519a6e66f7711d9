"""The pages that begin and edit a draft, with a tick for each fact that the portal knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from standards.domain import built_in
from standards.domain.built_in import (
    HOLDER,
    KIND_OF_APPLICATION,
    PREVIOUS,
    REPRESENTED,
    ApplicationKind,
)
from standards.domain.facts import choices_of
from standards.models import Service, StandardVersion

TICKS = {
    "kind_new": ApplicationKind.NEW,
    "kind_extension": ApplicationKind.EXTENSION,
    "kind_change": ApplicationKind.CHANGE,
    "kind_closure": ApplicationKind.CLOSURE,
}


def ticked(data: Mapping[str, Any]) -> set[str]:
    """Return the keys of the facts that the ticks of a sent page stand for."""
    kinds = [kind for name, kind in TICKS.items() if data.get(name)]
    others = {name: bool(data.get(name)) for name in ("represented", "previous", "holder")}
    asked = built_in.facts(kinds, **others)
    return {fact.key for fact in asked}


class VersionForm(forms.ModelForm):
    """A draft; a kind without a tick is not accepted, and without any tick nothing is asked."""

    kind_new = forms.BooleanField(label=_("Permohonan baru"), required=False)
    kind_extension = forms.BooleanField(label=_("Perpanjangan"), required=False)
    kind_change = forms.BooleanField(label=_("Perubahan"), required=False)
    kind_closure = forms.BooleanField(label=_("Penutupan"), required=False)
    previous = forms.BooleanField(label=_("Tanyakan nomor izin sebelumnya"), required=False)
    represented = forms.BooleanField(label=_("Dapat diwakili orang lain"), required=False)
    holder = forms.BooleanField(label=_("Syarat memakai jenis pemegang izin"), required=False)

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
        self.initial["previous"] = PREVIOUS in facts
        self.initial["represented"] = REPRESENTED in facts
        self.initial["holder"] = HOLDER in facts

    def clean(self) -> dict[str, Any]:
        """A previous permit is asked where a kind of application is about one."""
        given = super().clean() or self.cleaned_data
        if given.get("previous") and not built_in.of_existing(self.kinds()):
            self.add_error("previous", _("Centang dahulu perpanjangan, perubahan, atau penutupan."))
        return given

    def kinds(self) -> list[ApplicationKind]:
        """Return the kinds that are accepted."""
        return [kind for name, kind in TICKS.items() if self.cleaned_data.get(name)]

    def ticked(self, name: str) -> bool:
        """Whether a fact that is no kind of application is ticked."""
        return bool(self.cleaned_data.get(name))


class VersionStartForm(forms.ModelForm):
    """A new standard needs only its service; the next page has the rest."""

    class Meta:
        model = StandardVersion
        fields = ("service",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["service"]
        if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
            field.queryset = field.queryset.select_related("office")
            field.label_from_instance = _with_office  # type: ignore[assignment]
        field.help_text = _(
            "Satu layanan hanya boleh mempunyai satu konsep. Jika layanan sudah mempunyai standar "
            "yang berlaku, lebih mudah membuka versi itu lalu menekan Buat konsep baru dari versi "
            "ini."
        )

    def clean_service(self) -> Service:
        """One draft per service: two at once would race to be the next standard."""
        service: Service = self.cleaned_data["service"]
        draft = service.versions.filter(status=StandardVersion.Status.DRAFT).first()
        if draft is not None:
            raise forms.ValidationError(
                _("Layanan ini sudah mempunyai konsep (versi %(number)s). Lanjutkan konsep itu."),
                params={"number": draft.number},
            )
        return service


def _with_office(service: Any) -> str:
    return f"{service.office} - {service}"
