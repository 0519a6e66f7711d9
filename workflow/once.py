"""A form works once: pressing twice, or going back and sending it again, does nothing twice.

``{% once %}`` in a ``<form method="post">`` writes a random token; ``SentOnce`` does the rest, for
every view. The act and the token are committed together. A form has done its work when the answer
is a redirect, but to the login; an answer that shows the form again leaves it free. The same token
with other content is another act: who goes back and writes something else has it saved.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from workflow.domain.errors import DomainError
from workflow.http import asks_to_log_in
from workflow.models import SentForm
from workflow.refusals import sentence

FIELD: Final = "once"
KEPT: Final = timedelta(days=30)


class SentOnce:
    """Answer a form that has done its work with its result, and a sentence that says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _token(request)
        if token is None:
            return self.get_response(request)
        with transaction.atomic():
            return self._answer(request, token)

    def _answer(self, request: HttpRequest, token: UUID) -> HttpResponse:
        content = _content(request)
        # a second press at the same moment waits here until the first is committed
        form, is_new = SentForm.objects.select_for_update().get_or_create(
            token=token, defaults={"sent_on": timezone.localdate()}
        )
        if form.content == content:
            messages.info(request, _("Kiriman ini sudah tersimpan dan tidak disimpan dua kali."))
            return HttpResponseRedirect(form.result)
        response = self.get_response(request)
        if response.status_code >= 500:
            transaction.set_rollback(True)
        elif isinstance(response, HttpResponseRedirect) and not _refused(request, response):
            form.content, form.result = content, response.url
            form.save()
        elif is_new:
            form.delete()
        return response


def _refused(request: HttpRequest, response: HttpResponse) -> bool:
    return hasattr(request, "not_done") or asks_to_log_in(response)


def say_not_done(
    request: HttpRequest, reason: DomainError | str, level: int = messages.ERROR
) -> None:
    """Say on the next page why nothing was done; the form stays free, redirect or not."""
    messages.add_message(request, level, sentence(reason))
    request.not_done = True  # type: ignore[attr-defined]


def delete_old(today: date) -> int:
    """Delete the forms sent ``KEPT`` or longer before ``today``; return how many."""
    return SentForm.objects.filter(sent_on__lte=today - KEPT).delete()[0]


def _token(request: HttpRequest) -> UUID | None:
    """Return the token of a form; ``None`` for pages, scripts and forms without one."""
    if request.method != "POST" or request.headers.get("HX-Request"):
        return None
    try:
        return UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None


def _content(request: HttpRequest) -> str:
    """Return the digest of address, fields and files of a form."""
    typed = sorted(
        (name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"
    )
    files = [
        (name, [(file.name, file.size) for file in values])
        for name, values in sorted(request.FILES.lists())
    ]
    return hashlib.sha256(repr((request.path, typed, files)).encode()).hexdigest()
