"""The view of a button on a desk page: one class for every desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.functional import Promise as LazyText
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from accounts.access import Verdict
from accounts.models import User
from accounts.officers import Officer, officer_page
from workflow.domain.errors import DomainError
from workflow.http import refuse
from workflow.once import say_not_done
from workflow.refusals import sentence


def _missing(*args: Any, **kwargs: Any) -> Any:
    """Stand for a policy or a service that ``as_view()`` was not given."""
    raise NotImplementedError


@method_decorator([sensitive_post_parameters(), officer_page], name="dispatch")
class DeskAction(View):
    """A POST that changes the subject of a page; the checks have the same order everywhere.

    Does the officer see the subject (404)? May they do this (403, or a message if it has gone on
    meanwhile)? Is the form valid, and does the service accept it (if not, the page again, with what
    was typed)? Then a message, and back to the page.

    Each desk has a subclass; each button is ``Subclass.as_view(form=, may=, do=, done=)``:
    ``may(user, subject, at)`` is its policy, ``do(subject, actor=, at=, **facts of the form)`` its
    service, ``done`` the message shown afterwards.
    """

    http_method_names = ["post"]
    officer: Officer

    form: type[forms.Form] = forms.Form
    may: Callable[[User, Any, datetime], Verdict] = staticmethod(_missing)
    do: Callable[..., Any] = staticmethod(_missing)
    done: str | LazyText = ""

    # codes that say that the subject has gone on: of the policy, and of the service
    denied_as_moved: ClassVar[frozenset[str]] = frozenset()
    moved: ClassVar[frozenset[str]] = frozenset()
    # code of the service -> the fields that show the error; the first one in the form
    error_fields: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    def post(self, request: HttpRequest, officer: Officer, key: UUID) -> HttpResponseBase:
        """Answer the button."""
        self.officer = officer
        subject = self.get_subject(key)
        if reason := self.why_moved(subject):
            return self.moved_on(subject, reason)
        verdict = self.may(officer.user, subject, officer.at)
        if verdict.reason in self.denied_as_moved:
            return self.moved_on(subject, verdict.reason)
        refuse(verdict)
        form = self.get_form(subject)
        if not form.is_valid() or not self.confirm(form):
            return self.show(subject, form)
        try:
            self.do(subject, actor=officer.user, at=officer.at, **self.facts(form))
        except DomainError as error:
            if error.code in self.moved:
                return self.moved_on(subject, error)
            form.add_error(self.field_of(form, error), sentence(error))
            return self.show(subject, form)
        messages.success(request, self.success_message(form))
        return self.back(subject)

    def get_subject(self, key: UUID) -> Any:
        """Return the subject, or answer 404."""
        raise NotImplementedError

    def get_form(self, subject: Any) -> Any:
        """Return the form with what was sent."""
        raise NotImplementedError

    def show(self, subject: Any, form: Any) -> HttpResponse:
        """Return the page with ``form``, which has a fault."""
        raise NotImplementedError

    def facts(self, form: Any) -> dict[str, Any]:
        """Return the arguments of the service other than ``actor`` and ``at``."""
        facts: dict[str, Any] = form.facts()
        return facts

    def why_moved(self, subject: Any) -> str:
        """Return the reason code when the subject has changed since the page was made."""
        return ""

    def confirm(self, form: Any) -> bool:
        """Check more after the form is valid; ``False`` shows the form again."""
        return True

    def success_message(self, form: Any) -> str:
        """Return the message shown afterwards."""
        return str(self.done)

    def moved_on(self, subject: Any, reason: DomainError | str) -> HttpResponse:
        """Say that the subject has gone on, and return to its page."""
        say_not_done(self.request, reason, messages.WARNING)
        return self.back(subject)

    def back(self, subject: Any) -> HttpResponse:
        """Return to the page of the subject."""
        return redirect(subject.get_absolute_url())

    def field_of(self, form: forms.Form, error: DomainError) -> str | None:
        """Return the name of the field that ``error`` is about; ``None`` for the whole form."""
        names = self.error_fields.get(error.code, ())
        return next((name for name in names if name in form.fields), None)
