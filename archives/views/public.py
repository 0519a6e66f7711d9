"""The privacy notice: of the portal, and of one office as controller."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.entries import KEPT as LOGINS_KEPT
from accounts.models import Office
from archives import selectors
from archives.content.purposes import PURPOSES
from archives.domain.requests import ANSWER_HOURS


@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """What is kept, why, how long, and whom to ask: the same for every office."""
    return _page(request, None)


@require_safe
def notice_of(request: HttpRequest, office: str) -> HttpResponse:
    """The same with the contact and the retention schedule of one office."""
    return _page(request, get_object_or_404(Office.objects.public(), code=office))


def _page(request: HttpRequest, office: Office | None) -> HttpResponse:
    today = office.local_date(timezone.now()) if office else timezone.localdate()
    rules = list(selectors.schedule(office, today).values())
    context = {
        "office": office,
        "offices": Office.objects.public().order_by("name"),
        "purposes": PURPOSES,
        "rules": rules,
        "assumed": any(rule.assumed for rule in rules),
        "logins_kept": LOGINS_KEPT.days,
        "replaced_kept": settings.UPLOAD_REPLACED_DAYS,
        "hours": ANSWER_HOURS,
    }
    return render(request, "archives/notice.html", context)
