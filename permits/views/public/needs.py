"""What do I need? The deciding questions of a service and the list that then applies, no login."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from permits import selectors
from permits.forms.needs import NeedsForm
from standards.domain.built_in import KIND_OF_APPLICATION
from standards.models import Service
from standards.reading import fees_of, needed
from standards.selectors import choose, is_to_come
from standards.term_wording import needed_term


@require_safe
def needs(request: HttpRequest, office: str, slug: str) -> HttpResponse:
    """Ask what decides, and show what is required; with ``?cetak=1`` on paper. Nothing is kept."""
    public = Service.objects.public().select_related("office", "kbli")
    service = get_object_or_404(public, office__code=office, slug=slug)
    today = service.office.local_date(timezone.now())
    version = choose(list(service.versions.published()), today)
    if version is None:
        raise Http404
    selectors.deciding_keys(version)
    form = NeedsForm(version, data=request.GET or None)
    answers = form.answers()
    asked = selectors.asked_of(version, answers)
    form.keep(asked.questions)
    context = {
        "service": service,
        "office": service.office,
        "version": version,
        "form": form,
        "answered": [(row, answers[row.key]) for row in asked.questions if answers.get(row.key)],
        "open": len(asked.unanswered),
        "closed_kinds": [
            row
            for row in selectors.closed_kinds(service, answers, today)
            if answers.get(KIND_OF_APPLICATION)
        ],
        "hindrances": selectors.hindrances(version, answers),
        "term": needed_term(version, asked.values),
        "blocks": needed(version, asked.values),
        "fees": fees_of(version),
        "charges": selectors.expected_charges(version, answers),
        "free": selectors.is_free(version),
        "closed": service.is_closed(today),
        "to_come": is_to_come(version, today),
        "today": today,
    }
    paper = "cetak" in request.GET
    return render(request, f"permits/public/needs{'_print' if paper else ''}.html", context)
