"""The page that says what two versions of a service differ in."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from standards.admin.base import FreezableAdmin, whole_number
from standards.changes import sentences_between
from standards.forms.comparing import CompareForm
from standards.models import StandardVersion


class Compares(FreezableAdmin):
    """A page of versions that can be compared."""

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Compare this version with the one before, unless two others are chosen."""
        version = get_object_or_404(self.get_queryset(request), pk=whole_number(object_id))
        if not self.has_view_permission(request, version):
            raise PermissionDenied
        chosen: dict[str, Any] = {"old": _before(version) or version, "new": version}
        bound = "old" in request.GET or "new" in request.GET
        form = CompareForm(request.GET if bound else None, service=version.service, initial=chosen)
        if bound:
            chosen = form.cleaned_data if form.is_valid() else {}
        context = {
            **self.admin_site.each_context(request),
            "title": _("Perbandingan versi"),
            "opts": self.opts,
            "version": version,
            "alone": not version.service.versions.exclude(pk=version.pk).exists(),
            "form": form,
            "chosen": chosen,
            "changes": sentences_between(**chosen) if chosen else [],
        }
        template = "admin/standards/standardversion/compare.html"
        return TemplateResponse(request, template, context)


def _before(version: StandardVersion) -> StandardVersion | None:
    """Return the version of the service that was numbered before ``version``."""
    earlier = version.service.versions.filter(number__lt=version.number)
    return earlier.order_by("-number").first()
