"""The desk's pages about issued certificates: one paper with its orders, and all orders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import Verdict
from accounts.officers import Officer, officer_page
from documents.keys import key_state
from permits import policies, selectors
from permits.domain.certificates import ORDER_WORKDAYS
from permits.forms import papers as forms
from permits.forms.papers import PaperForm
from permits.models import Application, Certificate, CertificateOrder, Printout
from permits.presenters.submissions import Change
from permits.presenters.validity import ValidityText, validity_text
from permits.services.drafting import preview_key
from permits.views.desk.access import get_application
from workflow import signature
from workflow.calendars import calendar_of
from workflow.models import JobStatus
from workflow.refusals import sentence

RECENT = 50  # decided orders on the list


@dataclass
class PaperPage:
    """The certificate of a file, the order that waits, and what this officer may do."""

    application: Application
    officer: Officer

    @cached_property
    def certificate(self) -> Certificate | None:
        """The paper that counts, once it is signed; raises ``Http404`` before any paper is."""
        signed = Certificate.objects.public().with_validity()
        found: Certificate | None = signed.filter(pk=self.application.certificate_id).first()
        if found is None and not selectors.further_papers(self.application):
            raise Http404
        return found

    @cached_property
    def validity(self) -> ValidityText | None:
        """What it is worth today."""
        today = self.application.office.local_date(self.officer.at)
        return validity_text(self.certificate, today) if self.certificate else None

    @cached_property
    def earlier(self) -> list[Certificate]:
        """The papers that were replaced."""
        return selectors.earlier_papers(self.application)

    @cached_property
    def order(self) -> CertificateOrder | None:
        """The order that waits for the decision."""
        return selectors.open_order(self.application)

    @cached_property
    def being_signed(self) -> CertificateOrder | None:
        """The confirmed replacement whose paper is not signed yet."""
        return selectors.replacement_being_signed(self.application)

    @cached_property
    def closed(self) -> list[CertificateOrder]:
        """The orders that were decided, the newest first."""
        return [row for row in selectors.orders_of(self.application) if not row.is_open]

    @cached_property
    def may_propose(self) -> Verdict:
        """Whether this officer may propose an order."""
        return policies.may_propose_order(self.officer.user, self.application, self.officer.at)

    @cached_property
    def may_confirm(self) -> Verdict:
        """Whether this officer may confirm the open one."""
        return policies.may_confirm_order(self.officer.user, self.application, self.officer.at)

    @cached_property
    def may_close(self) -> Verdict:
        """Whether this officer may close the open one without effect."""
        return policies.may_close_order(self.officer.user, self.application, self.officer.at)

    @property
    def why_not_confirm(self) -> str:
        """Why this officer cannot confirm, in a sentence."""
        return "" if self.may_confirm else sentence(self.may_confirm.reason)

    @property
    def order_due(self) -> date | None:
        """The last day of the decree by law, counted from the day on which the ground was found."""
        if self.order is None:
            return None
        calendar = calendar_of(self.application.office)
        if not calendar.is_confirmed(self.order.found_on):
            return None
        return calendar.add(self.order.found_on, ORDER_WORKDAYS)

    @property
    def key_problem(self) -> str:
        """Why a replacing paper would have to wait for its signature; "" if it would not."""
        if self.being_signed is None and (self.order is None or self.order.draft is None):
            return ""
        return str(key_state(self.application.office, self.officer.at).problem)

    @cached_property
    def changes(self) -> list[Change]:
        """What the open replacement corrects."""
        order = self.order
        if order is None or order.draft is None:
            return []
        old, new = order.certificate.content, order.draft.content
        changes = []
        if old.get("statement") != new.get("statement"):
            changes.append(Change("", old.get("statement", ""), new.get("statement", "")))
        for rows in ("holder", "data"):
            mended = dict(map(tuple, new.get(rows, [])))
            changes += [
                Change(label, value, mended.get(label, ""))
                for label, value in old.get(rows, [])
                if mended.get(label, "") != value
            ]
        return changes

    @cached_property
    def preview(self) -> Printout | None:
        """The preview of the corrected paper."""
        order = self.order
        if order is None or order.draft is None:
            return None
        return selectors.printout(self.application, preview_key(order.draft))

    @property
    def preview_state(self) -> str:
        """Whether the preview is "ready", "waiting" or has "failed"."""
        if self.preview is None:
            return ""
        states = {JobStatus.DONE: "ready", JobStatus.FAILED: "failed"}
        return states.get(JobStatus(self.preview.job_status), "waiting")


def show(
    request: HttpRequest, officer: Officer, key: UUID, bound: PaperForm | None = None
) -> HttpResponse:
    """Return the page of the paper; ``bound`` is a form with errors, in the place of its own."""
    application = get_application(officer, key)
    page = PaperPage(application, officer)
    offered = _forms(page, bound)
    context = {
        "page": page,
        "beside": _beside(application, officer.at),
        "paper": page.certificate,
        "application": application,
        "office": application.office,
        "forms": offered,
        "passkey_page": signature.ask_for_what_is_needed(
            request, offered.values(), application.get_paper_url()
        ),
        "bound": bound,
        "desk": officer.desk,
    }
    with timezone.override(application.office.zone):
        return render(request, "permits/desk/paper.html", context)


def _beside(application: Application, at: datetime) -> list[tuple[Certificate, ValidityText]]:
    """Return the signed papers beside the one that counts, with what they are worth."""
    today = application.office.local_date(at)
    rows = Certificate.objects.public().with_validity().filter(application=application.pk)
    return [(row, validity_text(row, today)) for row in rows.further().order_by("signed_at", "pk")]


def _forms(page: PaperPage, bound: PaperForm | None) -> dict[str, PaperForm]:
    """Return the forms that the officer may send, by their names."""
    kinds: list[type[PaperForm]] = []
    if page.may_propose:
        kinds.append(forms.EndingForm)
    who, at = page.officer.user, page.officer.at
    if policies.may_propose_replacement(who, page.application, at):
        kinds.append(forms.ReplacementForm)
    if page.may_confirm:
        kinds.append(forms.ConfirmOrderForm)
    if page.may_close:
        kinds.append(forms.CloseOrderForm)
    shown = {kind.name: kind(application=page.application, initial=_shown(page)) for kind in kinds}
    if bound is not None and bound.name in shown:
        shown[bound.name] = bound
    return shown


def _shown(page: PaperPage) -> dict[str, object]:
    order = page.order
    if order is None:
        return {}
    return {"order": order.pk, "digest": order.draft.digest if order.draft else ""}


@officer_page
@require_safe
def paper(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponse:
    """The certificate of one file with its orders."""
    return show(request, officer, key)


@officer_page
@require_safe
def orders(request: HttpRequest, officer: Officer) -> HttpResponse:
    """The orders of the officer's offices: those that wait, and the last that were decided."""
    rows = CertificateOrder.objects.sent_to(officer.offices).with_papers()
    mine = set(rows.waiting_on(officer.user, officer.headed))
    context = {
        "open": [(row, row in mine) for row in rows.open()],
        "decided": rows.exclude(decision="")[:RECENT],
        "desk": officer.desk,
    }
    return render(request, "permits/desk/paper_orders.html", context)
