"""The pages that say what two versions of a standard, or of one SOP, differ in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from standards.admin.base import FreezableAdmin, whole_number
from standards.changes import procedure_sentences, sentences_between
from standards.forms.comparing import CompareForm, CompareProcedures, CompareVersions
from standards.models import Procedure, StandardVersion


class Compares(FreezableAdmin):
    """A page whose rows can be compared; ``choose`` is its form."""

    choose: ClassVar[type[CompareForm]]

    def others(self, row: Any) -> QuerySet[Any]:
        """Return the rows of which two may be compared, the earliest first."""
        raise NotImplementedError

    def said(self, old: Any, new: Any) -> list[str]:
        """Return what ``new`` has otherwise than ``old``, as sentences."""
        raise NotImplementedError

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Compare this row with the one before, unless two others are chosen."""
        row = get_object_or_404(self.get_queryset(request), pk=whole_number(object_id))
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        rows = list(self.others(row))
        place = rows.index(row)
        chosen: dict[str, Any] = {"old": rows[max(place - 1, 0)], "new": row}
        bound = "old" in request.GET or "new" in request.GET
        form = self.choose(
            request.GET if bound else None, rows=self.others(row).reverse(), initial=chosen
        )
        if bound:
            chosen = form.cleaned_data if form.is_valid() else {}
        context = {
            **self.admin_site.each_context(request),
            "title": _("Perbandingan versi"),
            "opts": self.opts,
            "row": row,
            "row_url": self.page_of(row),
            "alone": len(rows) < 2,
            "form": form,
            "chosen": chosen,
            "old": form.named(chosen["old"]) if chosen else "",
            "new": form.named(chosen["new"]) if chosen else "",
            "changes": self.said(**chosen) if chosen else [],
        }
        template = f"admin/standards/{self.opts.model_name}/compare.html"
        return TemplateResponse(request, template, context)


class ComparesVersions(Compares):
    """The page of versions of standards."""

    choose = CompareVersions

    def others(self, row: StandardVersion) -> QuerySet[StandardVersion]:
        """Return the versions of its service."""
        return row.service.versions.order_by("number")

    def said(self, old: StandardVersion, new: StandardVersion) -> list[str]:
        """Return the difference of two standards."""
        return sentences_between(old, new)


class ComparesProcedures(Compares):
    """The page of SOPs."""

    choose = CompareProcedures

    def others(self, row: Procedure) -> QuerySet[Procedure]:
        """Return the versions of its SOP, and what it was copied from or into."""
        rows = Procedure.objects.filter(office=row.office_id)
        kin = Q(name=row.name) | Q(pk=row.copied_from_id) | Q(copied_from=row)
        return rows.filter(kin).select_related("office").order_by("pk")

    def said(self, old: Procedure, new: Procedure) -> list[str]:
        """Return the difference of two SOPs."""
        return procedure_sentences(old, new)
