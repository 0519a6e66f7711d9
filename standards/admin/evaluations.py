"""Yearly evaluations of standards."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from standards.admin.base import person_of
from standards.admin.publicity import WithDocument
from standards.forms.publicity import DocumentForm
from standards.models import Evaluation
from standards.services import evaluation, linting


class EvaluatedFilter(admin.SimpleListFilter):
    """What is still to be evaluated, and what has been."""

    title = _("keadaan")
    parameter_name = "keadaan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("belum", _("Belum dievaluasi")), ("sudah", _("Sudah dievaluasi"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        return queryset.filter(met_at__isnull=self.value() == "belum")


@admin.register(Evaluation)
class EvaluationAdmin(WithDocument):
    """Yearly evaluations: the result is written once, then the next one is due in a year."""

    form = DocumentForm
    document_field = "document"
    limits: ClassVar = {"evaluated_on": {"back": 2, "ahead": 0}}
    offices = ("service__office",)
    list_display = ("service", "office", "due", "done_at", "done_by")
    list_filter = ("service__office", EvaluatedFilter)
    list_select_related = ("service__office", "done_by", "document")
    ordering = ("met_at", "due_on")
    change_form_template = "admin/standards/evaluation/change_form.html"
    fields = (
        "service", "due", "done_at", "done_by", "evaluated_on", "evaluators", "result", "decision",
        "stored",
    )  # fmt: skip
    asked = ("evaluated_on", "evaluators", "result", "decision")
    readonly_fields = ("service", "due", "done_at", "done_by", "findings", "stored")

    def office_of(self, row: Evaluation) -> Office:
        return row.service.office

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Evaluation | None = None) -> bool:
        done = obj is not None and obj.met_at is not None
        return not done and super().has_change_permission(request, obj)

    @admin.display(description=_("jatuh tempo"), ordering="due_on")
    def due(self, row: Evaluation) -> date | None:
        return row.due_on

    @admin.display(description=_("dievaluasi"), ordering="met_at")
    def done_at(self, row: Evaluation) -> datetime | None:
        return row.met_at

    @admin.display(description=_("unit penyelenggara"), ordering="service__office")
    def office(self, row: Evaluation) -> str:
        return str(row.service.office)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.fields, "findings" if obj and obj.met_at else "upload")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show what the linter says of the version in force until the evaluation is recorded."""
        row = self.get_object(request, object_id)
        shown: dict[str, Any] = {}
        if row is not None and row.met_at is None:
            shown = {"report": linting.lint_service(row.service, timezone.now())}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, *args, **kwargs)
        for name in self.asked:
            if name in form.base_fields:
                form.base_fields[name].required = True
        return form

    def save_model(self, request: HttpRequest, obj: Evaluation, form: Any, change: bool) -> None:
        now = timezone.now()
        report = linting.lint_service(obj.service, now)
        self.keep_upload(request, obj, form)
        evaluation.record_evaluation(
            obj,
            evaluation.Review(
                obj.evaluated_on or obj.service.office.local_date(now),
                obj.evaluators,
                obj.result,
                obj.decision,
                obj.document,
            ),
            actor=person_of(request),
            at=now,
            findings=report.text() if report else "",
        )
