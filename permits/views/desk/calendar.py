"""The effect of a changed calendar on promised dates: look first, then apply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from permits.services import calendar_changes, recounts
from permits.views.applicant.access import SignedIn
from workflow import coverage
from workflow.models import JobStatus, Recount

_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Course:
    """How far the promises of one office have been counted again, in words."""

    recount: Recount
    meaning: str
    state: str
    words: str

    @property
    def running(self) -> bool:
        """Whether a sweep is still at it."""
        return self.recount.job_status == JobStatus.QUEUED


@login_required
@require_http_methods(["GET", "POST"])
def calendar_effect(request: SignedIn) -> HttpResponse:
    """Show which open files a changed calendar moves; on POST have them moved, then how far it is.

    Moving them may take longer than a request: the sweep does it (``permits.services.recounts``).
    """
    if not request.user.has_perm("workflow.change_holiday"):
        raise PermissionDenied
    at = timezone.now()
    if request.method == "POST":
        if recounts.order(at, actor=request.user):
            messages.success(request, _("Kalender sedang diterapkan."))
        return redirect("permits:calendar_effect")
    orders = recounts.latest()
    courses = [_course(order) for order in orders]
    running = any(course.running for course in courses)
    shown = {"courses": courses, "running": running}
    if request.headers.get("HX-Request"):
        answer = render(request, "permits/desk/_recounts.html", shown)
        if not running:
            answer.headers["HX-Refresh"] = "true"
        return answer
    return render(
        request,
        "permits/desk/calendar_effect.html",
        {**shown, **_coverage(), **({} if running else _dates(orders, at))},
    )


def _coverage() -> dict[str, Any]:
    return {
        "years": coverage.coverage(),
        "until": coverage.sure_until(),
        "missing": coverage.missing_year(timezone.localdate()),
    }


def _dates(orders: list[Recount], at: datetime) -> dict[str, Any]:
    moves = calendar_changes.preview(at, _SHOWN)
    moved = sum(order.moved for order in orders)
    return {
        "moves": moves,
        "elsewhere": calendar_changes.elsewhere(at),
        "outdated": _number(calendar_changes.outdated(at)) if len(moves) == _SHOWN else "",
        "changes": recounts.changes(orders)[:_SHOWN],
        "cut": moved > _SHOWN,
        "shown": _number(_SHOWN),
    }


def _course(order: Recount) -> Course:
    facts = {
        "done": _number(order.done),
        "total": _number(order.total),
        "moved": _number(order.moved),
    }
    if order.job_status == JobStatus.QUEUED:
        words = ngettext(
            "%(done)s dari %(total)s tanggal janji dihitung ulang.",
            "%(done)s dari %(total)s tanggal janji dihitung ulang.",
            order.total,
        )
        return Course(order, "neutral", _("Sedang berjalan"), words % facts)
    if order.job_status == JobStatus.FAILED:
        words = _("Berhenti pada %(done)s dari %(total)s tanggal janji. Terapkan sekali lagi.")
        return Course(order, "late", _("Gagal"), words % facts)
    if order.overtaken:
        words = _(
            "Kalender berubah lagi setelah %(done)s dari %(total)s tanggal janji dihitung ulang. "
            "Lihat dampaknya, lalu terapkan sekali lagi."
        )
        return Course(order, "attention", _("Belum selesai"), words % facts)
    words = ngettext(
        "%(moved)s dari %(total)s tanggal janji bergeser.",
        "%(moved)s dari %(total)s tanggal janji bergeser.",
        order.moved,
    )
    if not order.broken:
        return Course(order, "good", _("Selesai"), words % facts)
    left = ngettext(
        "%(left)s tidak dapat dihitung ulang dan tetap seperti semula.",
        "%(left)s tidak dapat dihitung ulang dan tetap seperti semula.",
        len(order.broken),
    )
    said = f"{words % facts} {left % {'left': _number(len(order.broken))}}"
    return Course(order, "attention", _("Selesai sebagian"), said)


def _number(value: int) -> str:
    return number_format(value, force_grouping=True)
