"""Actions of officers at a desk: each is a form on the page of the application.

Every action checks in the same order: is the application visible to the officer (404), is it still
at the visit shown (else a message), is the action permitted (403), is the form valid (else it is
shown again).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.officers import Officer, officer_page
from permits import policies
from permits.forms import desk as forms
from permits.forms.desk import DeskForm
from permits.forms.recording import RECORDED
from permits.models import Application, Inspection, Opening
from permits.presenters.charges import account
from permits.selectors import checklist, went_on
from permits.services import (
    applications,
    certificates,
    checking,
    drafting,
    inspections,
    refusals,
    visits,
)
from permits.views import opening_reasons
from permits.views.desk.access import get_application, get_application_for_page, way_back
from permits.views.desk.act_forms import bound_form, page_forms
from permits.views.desk.application_page import ApplicationPage
from permits.views.desk.requirements_panel import RequirementsPanel, VerdictError, check_progress
from workflow import signature
from workflow.desk_actions import DeskAction
from workflow.domain.errors import DomainError
from workflow.http import refuse
from workflow.once import say_not_done
from workflow.refusals import sentence

# codes of errors after which the form no longer applies: the application has moved on
_MOVED = frozenset(
    {
        "step_moved",
        "not_this_step",
        "not_your_desk",
        "out_of_turn",
        "already_signed",
        "paper_being_signed",
        "draft_changed",
        "refusal_open",
        "refusal_missing",
        "not_at_a_desk",
    }
)


# The page ----------------------------------------------------------------------------------------


def show(
    request: HttpRequest,
    officer: Officer,
    key: UUID,
    *,
    bound: DeskForm | None = None,
    error: VerdictError | None = None,
    shown: str = "",
) -> HttpResponse:
    """Return the page of an application.

    ``bound`` is a form with errors, which replaces the empty one; ``error`` a failed verdict;
    ``shown`` the key of the answer whose identity number is shown this once.
    """
    application = get_application_for_page(officer, key)
    kind = Opening.Kind.UPLOAD
    asks_reason = opening_reasons.reason_for(request, application, kind, officer.at) is None
    page = ApplicationPage(application, officer, error, shown, asks_reason)
    offered = page_forms(page, bound)
    context = {
        "page": page,
        "application": application,
        "office": application.office,
        "account": account(application),
        "forms": offered,
        "passkey_page": signature.ask_for_what_is_needed(
            request, offered.values(), application.get_desk_url()
        ),
        "bound": bound,
        "desk": officer.desk,
    }
    with timezone.override(application.office.zone):
        return render(request, "permits/desk/application.html", context)


# Actions ---------------------------------------------------------------------------------------


class ApplicationAction(DeskAction):
    """A button on the page of an application."""

    form: type[DeskForm] = DeskForm
    denied_as_moved = frozenset(
        {"already_signed", "already_received", "paper_being_signed", "refusal_open"}
    )  # repeated request
    moved = _MOVED
    error_fields = {
        "note_missing": ("note", "reason", "receiver"),
        "inspection_date_ahead": ("inspected_on",),
    }

    def post(self, request: HttpRequest, officer: Officer, key: UUID) -> HttpResponseBase:
        """Answer the button; one pressed again after a partner body passed the file on, too."""
        try:
            return super().post(request, officer, key)
        except Http404:
            if not went_on(officer.seats, key):
                raise
        say_not_done(request, "step_moved", messages.WARNING)
        return redirect("permits:worklist")

    def get_subject(self, key: UUID) -> Application:
        """Return the application; raise ``Http404`` if it is not visible."""
        return get_application(self.officer, key)

    def why_moved(self, subject: Application) -> str:
        """Return ``step_moved`` if the page was made for a visit that is over."""
        return "step_moved" if _moved(self.request, subject) else ""

    def get_form(self, subject: Application) -> DeskForm:
        """Return the form bound to the request."""
        return bound_form(self.form, self.request, subject, self.officer)

    def facts(self, form: DeskForm) -> dict[str, Any]:
        """Return the cleaned data, and the visit that the officer saw."""
        return {"visit": form.seen_visit, **form.facts()}

    def show(self, subject: Application, form: DeskForm) -> HttpResponse:
        """Return the page with the form; 429 if the account is locked."""
        response = show(self.request, self.officer, subject.public_id, bound=form)
        response.status_code = 429 if form.locked_out else 200
        return response

    def field_of(self, form: Form, error: DomainError) -> str | None:
        """Return the name of the field at fault; of a document that a step records, its own."""
        recorded = f"{RECORDED}{error.facts.get('key', '')}"
        return recorded if recorded in form.fields else super().field_of(form, error)

    def moved_on(self, subject: Application, reason: DomainError | str) -> HttpResponse:
        """Show that the application has moved on; htmx reloads the page."""
        return _redirect_moved(self.request, self.officer, subject, reason)

    def back(self, subject: Application) -> HttpResponse:
        """Redirect to the page of the application, if the officer sees it still."""
        return redirect(way_back(self.officer, subject))


class SignAction(ApplicationAction):
    """The head's signature, which requires the password again, and a fresh second factor."""

    def confirm(self, form: Any) -> bool:
        """Check both; wrong ones count towards the lock-out of the account."""
        return signature.is_confirmed(self.request, form)


def _moved(request: HttpRequest, application: Application) -> bool:
    """Whether the page was made for a visit that is over."""
    seen_visit = request.POST.get("visit", "")
    return seen_visit.isdigit() and seen_visit != str(application.current_step_id)


def _redirect_moved(
    request: HttpRequest, officer: Officer, application: Application, error: DomainError | str
) -> HttpResponse:
    say_not_done(request, error, messages.WARNING)
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return redirect(way_back(officer, application))


receive = ApplicationAction.as_view(
    form=forms.ReceiveForm,
    may=policies.may_receive,
    do=visits.receive,
    done=gettext_lazy("Penerimaan berkas tercatat di kartu kendali."),
)
complete = ApplicationAction.as_view(
    form=forms.CompleteForm,
    may=policies.may_check,
    do=applications.declare_complete,
    done=gettext_lazy("Berkas dinyatakan lengkap dan benar, lalu diteruskan."),
)
return_application = ApplicationAction.as_view(
    form=forms.ReturnForm,
    may=policies.may_check,
    do=applications.return_application,
    done=gettext_lazy("Berkas dikembalikan. Pemohon diberi tahu semua kekurangannya."),
)
propose_refusal = ApplicationAction.as_view(
    form=forms.ProposeRefusalForm,
    may=policies.may_propose_refusal,
    do=refusals.propose_refusal,
    done=gettext_lazy("Usul penolakan diteruskan kepada pejabat yang memutuskan."),
)
confirm_refusal = SignAction.as_view(
    form=forms.ConfirmRefusalForm,
    may=policies.may_decide_refusal,
    do=refusals.confirm_refusal,
    done=gettext_lazy("Keputusan Anda tercatat. Surat penolakan sedang ditandatangani."),
)
refuse_application = SignAction.as_view(
    form=forms.RefuseForm,
    may=policies.may_refuse,
    do=refusals.refuse_application,
    done=gettext_lazy("Keputusan Anda tercatat. Surat penolakan sedang ditandatangani."),
)


class InspectAction(ApplicationAction):
    """The inspection minutes: the recommendation decides where the application goes."""

    def success_message(self, form: DeskForm) -> str:
        """Say whether it went on or back."""
        if form.cleaned_data["recommendation"] == Inspection.Recommendation.ELIGIBLE:
            return super().success_message(form)
        return _("Berita acara tersimpan. Berkas dikembalikan ke langkah sebelumnya.")


inspect = InspectAction.as_view(
    form=forms.InspectionForm,
    may=policies.may_inspect,
    do=inspections.record_inspection,
    done=gettext_lazy("Berita acara tersimpan dan berkas diteruskan."),
)
skip = ApplicationAction.as_view(
    form=forms.SkipForm,
    may=policies.may_skip,
    do=visits.skip,
    done=gettext_lazy("Langkah dilewati; alasannya tercatat di kartu kendali."),
)
send_back = ApplicationAction.as_view(
    form=forms.SendBackForm,
    may=policies.may_send_back,
    do=visits.send_back,
    done=gettext_lazy("Berkas dikembalikan dengan catatan Anda."),
)


class SaveDraftAction(ApplicationAction):
    """Save the text; one that a colleague saved meanwhile is shown beside it."""

    error_fields = {"draft_of_colleague": ("statement",)}

    def show(self, subject: Application, form: DeskForm) -> HttpResponse:
        """Show the text of a colleague above the one typed."""
        other = drafting.newer_of_colleague(subject, self.officer.user, form.facts()["seen"])
        if other is not None and isinstance(form, forms.DraftForm):
            form.show_beside(other)
        return super().show(subject, form)


save_draft = SaveDraftAction.as_view(
    form=forms.DraftForm,
    may=policies.may_draft,
    do=drafting.write_draft,
    done=gettext_lazy("Konsep tersimpan. Pratinjaunya disiapkan."),
)
finish_draft = ApplicationAction.as_view(
    form=forms.FinishDraftForm,
    may=policies.may_draft,
    do=drafting.finish_draft,
    done=gettext_lazy("Konsep diteruskan untuk diparaf."),
)
initial = ApplicationAction.as_view(
    form=forms.InitialForm,
    may=policies.may_initial,
    do=drafting.initial_draft,
    done=gettext_lazy("Paraf dibubuhkan dan berkas diteruskan."),
)
sign = SignAction.as_view(
    form=forms.SignForm,
    may=policies.may_sign,
    do=certificates.sign_certificate,
    done=gettext_lazy(
        "Persetujuan Anda tercatat. Dokumen sedang ditandatangani secara elektronik."
    ),
)
number = ApplicationAction.as_view(
    form=forms.NumberForm,
    may=policies.may_number,
    do=certificates.issue_certificate,
    done=gettext_lazy("Nomor tercatat dalam register dan dokumen terbit. Pemohon diberi tahu."),
)
hand_over = ApplicationAction.as_view(
    form=forms.HandOverForm,
    may=policies.may_hand_over,
    do=certificates.hand_over,
    done=gettext_lazy("Penyerahan tercatat. Berkas selesai."),
)


# Verdicts: with htmx, only the changed parts of the page are returned ----------------------------


@officer_page
@require_POST
def verdict(
    request: HttpRequest, officer: Officer, key: UUID, requirement: int
) -> HttpResponseBase:
    """Record the verdict on one requirement."""
    application = get_application(officer, key)
    if _moved(request, application):
        return _redirect_moved(request, officer, application, "step_moved")
    refuse(policies.may_check(officer.user, application, officer.at))
    form = forms.VerdictForm(request.POST, application=application, requirement=requirement)
    problem = ""
    if form.is_valid():
        try:
            checking.give_verdict(
                application,
                requirement,
                form.cleaned_data["result"],
                actor=officer.user,
                at=officer.at,
                reason=form.cleaned_data["reason"],
                visit=form.seen_visit,
                seen=form.cleaned_data["seen"],
            )
        except DomainError as error:
            if error.code in _MOVED:
                return _redirect_moved(request, officer, application, error)
            problem = sentence(error)
    else:
        problem = " ".join(str(text) for texts in form.errors.values() for text in texts)
    refused = VerdictError(requirement, problem, request.POST.get("reason", ""))
    if request.headers.get("HX-Request"):
        fault = refused if problem else None
        panel = RequirementsPanel(application, judging=True, error=fault, reader=officer.user)
        return _verdict_fragment(request, panel, requirement)
    if problem:
        return show(request, officer, key, error=refused)
    following = check_progress(checklist(application)).next_pk
    anchor = f"#syarat-{following}" if following else "#tindakan"
    return redirect(application.get_desk_url() + anchor)


def _verdict_fragment(
    request: HttpRequest, panel: RequirementsPanel, requirement: int
) -> HttpResponse:
    """Return the parts of the page that a verdict changes."""
    row = panel.row(requirement)
    if row is None:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {"application": panel.application, "requirements": panel, "row": row}
    with timezone.override(panel.application.office.zone):
        return render(request, "permits/desk/_verdict_answer.html", context)


@officer_page
@require_POST
def answer_verdict(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponseBase:
    """Refuse one answer with a reason, or accept it."""
    application = get_application(officer, key)
    if _moved(request, application):
        return _redirect_moved(request, officer, application, "step_moved")
    refuse(policies.may_check(officer.user, application, officer.at))
    form = forms.AnswerVerdictForm(request.POST, application=application)
    if not form.is_valid():
        for texts in form.errors.values():
            messages.error(request, " ".join(map(str, texts)))
        return redirect(f"{application.get_desk_url()}#data")
    name = form.cleaned_data["key"]
    try:
        checking.judge_answer(
            application,
            name,
            actor=officer.user,
            at=officer.at,
            reason=form.cleaned_data["reason"],
            visit=form.seen_visit,
            seen=form.cleaned_data["seen"],
        )
    except DomainError as error:
        if error.code != "answer_of_colleague":
            return _redirect_moved(request, officer, application, error)
        fault = VerdictError(name, sentence(error), form.cleaned_data["reason"])
        return show(request, officer, key, error=fault)
    return redirect(f"{application.get_desk_url()}#isian-{name}")
