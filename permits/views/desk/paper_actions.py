"""The buttons on the page of a certificate: propose an order, confirm it, close it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from permits import policies
from permits.forms import papers as forms
from permits.forms.papers import PaperForm
from permits.models import Application
from permits.services import orders
from permits.views.desk import papers
from permits.views.desk.actions import ApplicationAction, SignAction


class PaperAction(ApplicationAction):
    """A button on the page of a certificate."""

    form: type[PaperForm] = PaperForm
    denied_as_moved = frozenset({"paper_ended", "order_open", "order_decided"})
    moved = frozenset(
        {"paper_ended", "paper_moved", "order_open", "order_decided", "replacement_being_signed"}
    )
    error_fields = {
        "note_missing": ("note", "reason"),
        "nothing_corrected": ("statement",),
        "date_ahead": ("decree_date",),
    }

    def why_moved(self, subject: Application) -> str:
        """The service compares the paper and the order that were shown."""
        return ""

    def get_form(self, subject: Application) -> PaperForm:
        """Return the form bound to the request."""
        today = subject.office.local_date(self.officer.at)
        return self.form(self.request.POST, application=subject, today=today)

    def facts(self, form: Any) -> dict[str, Any]:
        """Return the arguments of the service."""
        facts: dict[str, Any] = form.facts()
        return facts

    def show(self, subject: Application, form: Any) -> HttpResponse:
        """Return the page with the form; 429 if the account is locked."""
        response = papers.show(self.request, self.officer, subject.public_id, bound=form)
        response.status_code = 429 if form.locked_out else 200
        return response

    def back(self, subject: Application) -> HttpResponse:
        """Redirect to the page of the paper."""
        return redirect(subject.get_paper_url())

    def moved_on(self, subject: Application, reason: Any) -> HttpResponse:
        """Say that it has moved on, on the page of the paper."""
        super().moved_on(subject, reason)
        return self.back(subject)


class ConfirmAction(PaperAction, SignAction):
    """The head confirms with the password."""

    def success_message(self, form: Any) -> str:
        """Say what is in force now."""
        if form.cleaned_data["digest"]:
            return _("Putusan Anda tercatat. Dokumen penggantinya sedang ditandatangani.")
        return super().success_message(form)


propose_ending = PaperAction.as_view(
    form=forms.EndingForm,
    may=policies.may_propose_order,
    do=orders.propose_ending,
    done=gettext_lazy("Usul Anda menunggu putusan kepala kantor. Dokumen masih berlaku."),
)
propose_replacement = PaperAction.as_view(
    form=forms.ReplacementForm,
    may=policies.may_propose_replacement,
    do=orders.propose_replacement,
    done=gettext_lazy("Usul Anda menunggu putusan kepala kantor. Dokumen masih berlaku."),
)
confirm_order = ConfirmAction.as_view(
    form=forms.ConfirmOrderForm,
    may=policies.may_confirm_order,
    do=orders.confirm_order,
    done=gettext_lazy("Keputusan berlaku sejak sekarang. Pemohonnya diberi tahu."),
)
close_order = PaperAction.as_view(
    form=forms.CloseOrderForm,
    may=policies.may_close_order,
    do=orders.close_order,
    done=gettext_lazy("Usul ditutup. Dokumen tetap berlaku."),
)
