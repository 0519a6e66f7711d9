"""The buttons that propose to set versions; a second person confirms on a page of its own."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from authority.models import Proposal
from standards import policies
from standards.admin.base import FreezableAdmin, person_of, whole_number
from standards.changes import sentences_between
from standards.models import StandardVersion
from standards.proposals import propose_publication
from standards.services import publishing
from workflow.domain.errors import DomainError
from workflow.refusals import sentence


class Publishes(FreezableAdmin):
    """A page of versions that can be proposed to be set."""

    def publish_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what would be set, then propose it."""
        version = get_object_or_404(self.get_queryset(request), pk=whole_number(object_id))
        verdict = policies.may_publish_version(person_of(request), version)
        if not verdict:
            messages.error(request, sentence(verdict.reason))
            return HttpResponseRedirect(self.page_of(version))
        if request.method == "POST":
            made = self._propose(request, version)
            landing = made.get_absolute_url() if made else self.page_of(version)
            return HttpResponseRedirect(landing)
        return self._confirm(request, [version], self.page_of(version))

    @admin.action(description=_("Usulkan penetapan standar yang dipilih"), permissions=["publish"])
    def publish_selected(
        self, request: HttpRequest, queryset: QuerySet[StandardVersion]
    ) -> HttpResponse | None:
        """The same for several: the complete are proposed, the others say what is missing."""
        chosen = queryset.select_related("service__office")
        if "confirmed" not in request.POST:
            return self._confirm(request, list(chosen), "")
        for version in chosen:
            self._propose(request, version)
        return None

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("standards.publish_standardversion")

    def _propose(self, request: HttpRequest, version: StandardVersion) -> Proposal | None:
        verdict = policies.may_publish_version(person_of(request), version)
        try:
            if not verdict:
                raise DomainError(verdict.reason)
            made = propose_publication(version, actor=person_of(request), at=timezone.now())
        except DomainError as error:
            messages.error(request, f"{version.service}: {sentence(error)}")
            return None
        done = gettext("Penetapan %(version)s diusulkan. Orang kedua sudah diberi tahu.")
        self.log_change(request, version, gettext("Penetapan standar diusulkan."))
        messages.success(request, done % {"version": f"{version.service} versi {version.number}"})
        return made

    def _confirm(
        self, request: HttpRequest, versions: list[StandardVersion], back_url: str
    ) -> HttpResponse:
        subjects = [self._subject(version) for version in versions]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Usulkan penetapan standar pelayanan"),
            "opts": self.opts,
            "subjects": subjects,
            "ready": [subject for subject in subjects if not subject["faults"]],
            "back_url": back_url or reverse("admin:standards_standardversion_changelist"),
            "is_action": not back_url,
        }
        template = "admin/standards/standardversion/publish.html"
        return TemplateResponse(request, template, context)

    def _subject(self, version: StandardVersion) -> dict[str, Any]:
        before = publishing.replaces(version)
        faults = publishing.faults(version)
        return {
            "version": version,
            "url": self.page_of(version),
            "faults": [sentence("standard_published")] if version.is_published else faults,
            "warnings": publishing.warnings(version, timezone.now()),
            "procedures": [str(link.procedure) for link in version.procedure_links.all()],
            "replaced": before,
            "is_correction": before is not None and before.effective_on == version.effective_on,
            "changes": sentences_between(before, version) if before else [],
        }
