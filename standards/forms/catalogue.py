"""The form that narrows the catalogue of services."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from standards.domain.search import LONGEST
from standards.models import Risk, Section
from workflow.forms.base import Include
from workflow.forms.filters import FilterForm, SearchField, offer


class CatalogueForm(FilterForm):
    """Words, and four choices that are folded away until one of them is made."""

    title = _("Cari layanan")
    css_class = "catalogue-tools"
    q = SearchField(
        label=_("Layanan, persyaratan, KBLI, sektor, atau kantor"),
        max_length=LONGEST,
        attrs={
            "placeholder": _("Layanan, persyaratan, atau KBLI"),
            "autocapitalize": "off",
            "spellcheck": "false",
        },
    )
    kantor = forms.ChoiceField(label=_("Kantor"), required=False, initial="")
    sektor = forms.ChoiceField(label=_("Sektor"), required=False, initial="")
    risiko = forms.ChoiceField(
        label=_("Tingkat risiko"),
        choices=[("", _("Semua tingkat")), *(one for one in Risk.choices if one[0])],
        required=False,
        initial="",
    )
    kategori = forms.ChoiceField(
        label=_("Kategori KBLI"), choices=[("", _("Semua kategori"))], required=False, initial=""
    )

    def __init__(
        self, asked: Mapping[str, str], *, offices: Iterable[Office], sectors: Iterable[str]
    ) -> None:
        """``offices``: the public ones; ``sectors``: those of the services of today."""
        super().__init__(asked)
        names = [(one.code, one.short_name) for one in offices]
        sections = [(value, f"{value} {label}") for value, label in Section.choices]
        offer(self, "kantor", [("", _("Semua kantor")), *names])
        offer(self, "sektor", [("", _("Semua sektor")), *((one, one) for one in sectors)])
        offer(self, "kategori", [("", _("Semua kategori")), *sections])

    @property
    def narrowed(self) -> bool:
        """Whether there is more to see without what is asked."""
        return any(self.answers.values())

    def layout(self) -> Layout:
        """The words with their button; below them the choices."""
        chosen: dict[str, Any] = {
            name: value for name, value in self.answers.items() if name != "q"
        }
        return Layout(
            Div("q", Include("components/_search_button.html"), css_class="search-box"),
            Div(
                *chosen,
                Include("standards/_catalogue_buttons.html"),
                template="standards/_catalogue_fold.html",
                open=any(chosen.values()) or any(name in self.errors for name in chosen),
            ),
        )
