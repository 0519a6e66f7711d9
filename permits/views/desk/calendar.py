"""The page that shows the effect of a changed calendar on due dates, and applies it."""

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

from accounts.administered import keeps_portal
from permits.services import calendar_changes, recounts
from permits.views.applicant.access import SignedIn
from workflow import coverage
from workflow.models import JobStatus, Recount

_SHOWN = 500


@dataclass(frozen=True, slots=True)
class RecountStatus:
    """The progress of one recount, as text."""

    recount: Recount
    meaning: str
    state: str
    words: str

    @property
    def running(self) -> bool:
        """Whether the job is still queued."""
        return self.recount.job_status == JobStatus.QUEUED


@login_required
@require_http_methods(["GET", "POST"])
def calendar_effect(request: SignedIn) -> HttpResponse:
    """Show the applications that a changed calendar moves; on POST enqueue the recounts.

    Moving them may take longer than a request; a sweep does it (``permits.services.recounts``).
    """
    if not keeps_portal(request.user):  # it moves dates of all offices
        raise PermissionDenied
    at = timezone.now()
    if request.method == "POST":
        if recounts.order(at, actor=request.user):
            messages.success(request, _("Kalender sedang diterapkan."))
        return redirect("permits:calendar_effect")
    orders = recounts.latest()
    statuses = [_recount_status(order) for order in orders]
    running = any(status.running for status in statuses)
    context = {"courses": statuses, "running": running}
    if request.headers.get("HX-Request"):
        response = render(request, "permits/desk/_recounts.html", context)
        if not running:
            response.headers["HX-Refresh"] = "true"
        return response
    return render(
        request,
        "permits/desk/calendar_effect.html",
        {**context, **_coverage(), **({} if running else _dates(orders, at))},
    )


def _coverage() -> dict[str, Any]:
    return {
        "years": coverage.coverage(),
        "until": coverage.sure_until(),
        "missing": coverage.missing_year(timezone.localdate()),
    }


def _dates(orders: list[Recount], at: datetime) -> dict[str, Any]:
    counters = calendar_changes.all_counters(at)
    moves = calendar_changes.preview(counters, at, _SHOWN)
    cut = len(moves) == _SHOWN
    moved = sum(order.moved for order in orders)
    return {
        "moves": moves,
        "elsewhere": calendar_changes.elsewhere(counters, at),
        "outdated": _number(calendar_changes.outdated(counters, at)) if cut else "",
        "changes": recounts.changes(orders)[:_SHOWN],
        "cut": moved > _SHOWN,
        "shown": _number(_SHOWN),
    }


def _recount_status(order: Recount) -> RecountStatus:
    facts = {
        "done": _number(order.done),
        "total": _number(order.total),
        "moved": _number(order.moved),
    }
    if order.job_status == JobStatus.QUEUED:
        template = ngettext(
            "%(done)s dari %(total)s tanggal janji dihitung ulang.",
            "%(done)s dari %(total)s tanggal janji dihitung ulang.",
            order.total,
        )
        return RecountStatus(order, "neutral", _("Sedang berjalan"), template % facts)
    if order.job_status == JobStatus.FAILED:
        template = _("Berhenti pada %(done)s dari %(total)s tanggal janji. Terapkan sekali lagi.")
        return RecountStatus(order, "late", _("Gagal"), template % facts)
    if order.overtaken:
        template = _(
            "Kalender berubah lagi setelah %(done)s dari %(total)s tanggal janji dihitung ulang. "
            "Lihat dampaknya, lalu terapkan sekali lagi."
        )
        return RecountStatus(order, "attention", _("Belum selesai"), template % facts)
    template = ngettext(
        "%(moved)s dari %(total)s tanggal janji bergeser.",
        "%(moved)s dari %(total)s tanggal janji bergeser.",
        order.moved,
    )
    if not order.broken:
        return RecountStatus(order, "good", _("Selesai"), template % facts)
    left = ngettext(
        "%(left)s tidak dapat dihitung ulang dan tetap seperti semula.",
        "%(left)s tidak dapat dihitung ulang dan tetap seperti semula.",
        len(order.broken),
    )
    sentence = f"{template % facts} {left % {'left': _number(len(order.broken))}}"
    return RecountStatus(order, "attention", _("Selesai sebagian"), sentence)


def _number(value: int) -> str:
    return number_format(value, force_grouping=True)
