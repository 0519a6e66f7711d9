"""Short pages of a draft, one for each list in the order of the law.

Each is the page of the version with one list on it: the same rules, rights, locks and errors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count, Model, OuterRef, Subquery
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import ngettext

from standards.admin.base import FreezableAdmin
from standards.domain.outline import Item
from standards.forms import pasting as forms
from standards.models import StandardVersion
from standards.services import pasting


@dataclass(frozen=True)
class Section:
    """One short page: its address, its heading, and what stands on it."""

    name: str
    title: str | Promise
    hint: str | Promise
    counted: type[Model] | None  # whose rows stand there; ``None``: no list
    inlines: tuple[Any, ...] = ()
    fieldsets: tuple[Any, ...] = ()
    form: type[ModelForm] | None = None
    may_be_empty: bool = False  # a standard without such rows lacks nothing


class SectionPages(FreezableAdmin):
    """The short pages; mixed into the page of versions, which names its ``sections``."""

    sections: tuple[Section, ...] = ()

    def section_urls(self) -> list[URLPattern]:
        """Return one address for each section."""
        prefix = f"{self.opts.app_label}_{self.opts.model_name}_susun_"
        return [
            path(
                f"<path:object_id>/susun/{section.name}/",
                self.admin_site.admin_view(self.section_view),
                {"section": section.name},
                name=prefix + section.name.replace("-", "_"),
            )
            for section in self.sections
        ]

    def section_of(self, request: HttpRequest) -> Section | None:
        """Return the section whose page is asked for; ``None`` on the page of the whole version."""
        name = request.resolver_match.kwargs.get("section") if request.resolver_match else None
        return next((section for section in self.sections if section.name == name), None)

    def section_view(self, request: HttpRequest, object_id: str, section: str) -> HttpResponse:
        """Show or save the page of one section."""
        return self.change_view(request, object_id)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        section = self.section_of(request)
        return section.inlines if section and obj else super().get_inlines(request, obj)

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> Any:
        """A list alone on its page needs not be opened."""
        instances = super().get_inline_instances(request, obj)
        if self.section_of(request):
            for instance in instances:
                instance.classes = ()
        return instances

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Pasted rows come behind those that were typed."""
        super().save_related(request, form, formsets, change)
        enter_pasted(request, form)

    def outline(self, version: StandardVersion, here: Section | None) -> list[dict[str, Any]]:
        """Return the sections with their addresses, for the table of contents."""
        counted = {
            f"count_{place}": _rows(section.counted)
            for place, section in enumerate(self.sections)
            if section.counted
        }
        counts: Any = StandardVersion.objects.filter(pk=version.pk).values(**counted).get()
        return [
            {
                "title": section.title,
                "hint": section.hint,
                "count": counts[f"count_{place}"] or 0 if section.counted else None,
                "may_be_empty": section.may_be_empty,
                "here": section is here,
                "url": reverse(
                    f"admin:standards_standardversion_susun_{section.name.replace('-', '_')}",
                    args=[version.pk],
                ),
            }
            for place, section in enumerate(self.sections)
        ]


def _rows(model: type[Model]) -> Subquery:
    rows = model._default_manager.filter(version=OuterRef("pk")).order_by().values("version")
    return Subquery(rows.annotate(total=Count("pk")).values("total"))


def enter_pasted(request: HttpRequest, form: Any) -> None:
    """Make the rows that were pasted into ``form``, and say how many."""
    items = form.cleaned_data.get("pasted") if isinstance(form, forms.PasteForm) else None
    if items:
        total = _enter(form, items)
        said = ngettext(
            "%(total)s baris dimasukkan dari dokumen. Periksa satu per satu.",
            "%(total)s baris dimasukkan dari dokumen. Periksa satu per satu.",
            total,
        )
        messages.success(request, said % {"total": total})


def _enter(form: Any, items: Sequence[Item]) -> int:
    row = form.instance
    match form:
        case forms.RequirementPage():
            return pasting.add_requirements(row, items, form.into())
        case forms.FactPage():
            return pasting.add_facts(row, items)
        case forms.FeePage():
            return pasting.add_fees(row, items)
        case forms.GroundPage():
            return pasting.add_grounds(row, items)
        case _:
            return pasting.add_steps(row, items, form.cleaned_data["pasted_role"])
