"""The effect of a changed calendar on promised dates: look first, then apply."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from permits.services import calendar_changes
from permits.views.applicant_door import SignedIn
from workflow import coverage

_SHOWN = 500


@login_required
@require_http_methods(["GET", "POST"])
def calendar_effect(request: SignedIn) -> HttpResponse:
    """Show which open files a changed calendar moves; on POST move them and tell the applicants."""
    if not request.user.has_perm("workflow.change_holiday"):
        raise PermissionDenied
    at = timezone.now()
    if request.method == "POST":
        moved = calendar_changes.apply(at, actor=request.user).done
        words = ngettext(
            "%(moved)s tanggal janji diperbarui.", "%(moved)s tanggal janji diperbarui.", moved
        )
        messages.success(request, words % {"moved": moved})
        return redirect("permits:calendar_effect")
    moves = calendar_changes.preview(at)
    shown = {
        "moves": moves[:_SHOWN],
        "total": len(moves),
        "years": coverage.coverage(),
        "until": coverage.sure_until(),
        "missing": coverage.missing_year(timezone.localdate()),
    }
    return render(request, "permits/desk/calendar_effect.html", shown)
