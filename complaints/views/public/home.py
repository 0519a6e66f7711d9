"""How to complain, and what became of the complaints of this year. Public."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Office
from complaints import selectors
from complaints.domain import terms
from complaints.services.figures import public_figures
from standards.channels import readable


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To which office, and by what rules?"""
    context = {
        "offices": Office.objects.public(),
        "limit_days": terms.LIMIT_DAYS,
        "workdays": terms.DEFAULT_TERMS[terms.ComplaintTermKind.ANSWER].amount,
    }
    return render(request, "complaints/public/home.html", context)


@require_safe
def office(request: HttpRequest, office: str) -> HttpResponse:
    """How do I complain here, and do they answer?"""
    found = get_object_or_404(Office.objects.public(), code=office)
    rules = selectors.rules_of(found)
    context = {
        "office": found,
        "channels": readable(list(found.channels.order_by("order"))),
        "limit_days": rules.limit_days,
        "reopen_days": rules.reopen_days,
        "workdays": selectors.term_of(found, terms.ComplaintTermKind.ANSWER).amount,
        "figures": public_figures(found, timezone.now()),
    }
    return render(request, "complaints/public/office.html", context)
