"""Admin of questionnaires and rules. Answers and invitations have no page: nobody browses them."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.admin_parts import PortalAdmin, PortalStacked
from accounts.models import User
from accounts.ordering import OrderedForm, OrderedFormSet
from surveys.domain.elements import Kind
from surveys.models import InstrumentVersion, Question, SurveyRules
from surveys.presenters.sheets import sheet
from surveys.services import instruments
from workflow.domain.errors import DomainError
from workflow.refusals import sentence


class QuestionForm(OrderedForm):
    """A question of a draft. Answers are kept by its key: that of a saved question stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "key" in self.fields:
            self.fields["key"].disabled = True


class QuestionInline(PortalStacked):
    """The questions of a draft."""

    model = Question
    form = QuestionForm
    formset = OrderedFormSet
    extra = 0
    fields = (
        ("order", "number", "key", "name"),
        "text",
        ("choice_1", "choice_2"),
        ("choice_3", "choice_4"),
        ("in_index", "weight"),
    )

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_draft(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_draft(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_draft(obj) and super().has_delete_permission(request, obj)


@admin.register(InstrumentVersion)
class InstrumentVersionAdmin(PortalAdmin):
    """Versions of questionnaires: a draft is edited, what is published can be read.

    A draft is made in the list of survey rules, as a copy of what the office asks now.
    """

    offices = ("instrument__office",)
    shared_rows = Q(instrument__office=None)  # the built-in ones
    inlines = (QuestionInline,)
    fields = ("instrument", "number", "state", "published_at")
    readonly_fields = fields
    list_display = ("instrument", "office", "number", "state", "published_at")
    list_filter = ("instrument__kind", "state")
    list_select_related = ("instrument__office",)
    actions = ("publish_selected",)

    @admin.display(description=_("unit penyelenggara"))
    def office(self, row: InstrumentVersion) -> str:
        return str(row.instrument.office or _("Semua unit"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_draft(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_draft(obj) and super().has_delete_permission(request, obj)

    def get_urls(self) -> list[URLPattern]:
        sheet_page = self.admin_site.admin_view(self.sheet_view)
        name = "surveys_instrumentversion_sheet"
        return [path("<path:object_id>/lembar/", sheet_page, name=name), *super().get_urls()]

    def sheet_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show one version as the sheet of paper: a draft before it is published for good."""
        version = self.get_object(request, object_id)
        if version is None or not self.has_view_permission(request, version):
            raise Http404
        context = sheet(version.instrument.office, [version])
        draft = {
            "draft": _is_draft(version),
            "back_label": version,
            "back_url": reverse("admin:surveys_instrumentversion_change", args=[version.pk]),
        }
        return render(request, "surveys/desk/sheet.html", {**context, **draft})

    @admin.action(description=_("Tetapkan konsep yang dipilih"), permissions=["change"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[InstrumentVersion]) -> None:
        """Publish drafts; what may not be published is named with the reason."""
        for version in queryset.select_related("instrument"):
            if not self.may_write(request, version):
                continue
            try:
                instruments.publish(version, actor=_person(request), at=timezone.now())
            except DomainError as error:
                messages.error(request, f"{version}: {sentence(error)}")
            else:
                self.log_change(request, version, gettext("Ditetapkan."))
                messages.success(request, gettext("%(row)s ditetapkan.") % {"row": version})


@admin.register(SurveyRules)
class SurveyRulesAdmin(PortalAdmin):
    """How each office asks, and the start of a questionnaire of its own."""

    offices = ("office",)
    list_display = ("office", "rhythm", "open_days", "reminder_days", "asks_ipak", "is_open")
    list_select_related = ("office",)
    actions = ("copy_skm", "copy_ipak")

    @admin.action(description=_("Buat konsep kuesioner SKM sendiri"), permissions=["change"])
    def copy_skm(self, request: HttpRequest, queryset: QuerySet[SurveyRules]) -> None:
        """Begin a draft of the SKM questionnaire."""
        self._copy(request, queryset, Kind.SKM)

    @admin.action(description=_("Buat konsep kuesioner IPAK sendiri"), permissions=["change"])
    def copy_ipak(self, request: HttpRequest, queryset: QuerySet[SurveyRules]) -> None:
        """Begin a draft of the IPAK questionnaire."""
        self._copy(request, queryset, Kind.IPAK)

    def _copy(self, request: HttpRequest, rows: QuerySet[SurveyRules], kind: Kind) -> None:
        for rules in rows.select_related("office"):
            asked = InstrumentVersion.objects.in_use(rules.office).filter(instrument__kind=kind)
            version = asked.first()
            try:
                if version is None:
                    raise DomainError("survey_none_published")
                instruments.copy(version, office=rules.office)
            except DomainError as error:
                messages.error(request, f"{rules}: {sentence(error)}")
            else:
                self.log_change(request, rules, gettext("Konsep kuesioner dibuat."))
                words = gettext("%(row)s: konsep kuesioner dibuat; ubah di daftar versi kuesioner.")
                messages.success(request, words % {"row": rules})


def _is_draft(version: InstrumentVersion | None) -> bool:
    return version is None or not version.is_published


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)
