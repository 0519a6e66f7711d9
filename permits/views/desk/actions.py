"""What officers do at a desk: one act per step, each a form on the page of the file.

Every act asks the same questions in the same order: does the officer see the file (404), does it
still lie where the page showed it (a message), may they do this (403), is it right (the form keeps
what was typed).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.access import Verdict
from accounts.models import User
from accounts.officers import Officer, officer_page
from permits import policies
from permits.forms import desk as forms
from permits.forms.desk import DeskForm
from permits.models import Application
from permits.selectors import checklist
from permits.services import (
    applications,
    certificates,
    checking,
    drafting,
    inspections,
)
from permits.services import steps as routing
from permits.views.desk.access import find
from permits.views.desk.application_page import Dossier, desk_line, tally
from standards.domain.steps import StepKind
from workflow.domain.errors import DomainError
from workflow.http import refuse
from workflow.refusals import sentence

# the file has gone on: what was typed no longer concerns it
_MOVED = frozenset(
    {
        "step_moved", "not_this_step", "not_your_desk", "out_of_turn", "already_signed",
        "draft_changed", "not_at_a_desk",
    }
)  # fmt: skip
_DONE = frozenset({"already_signed", "already_received"})  # pressed twice
_FIELDS = {"note_missing": ("note", "receiver"), "inspection_date_ahead": ("inspected_on",)}


# The page of the file --------------------------------------------------------------------------


def show(
    request: HttpRequest,
    officer: Officer,
    application: Application,
    *,
    bound: DeskForm | None = None,
    error: tuple[int, str, str] | None = None,
) -> HttpResponse:
    """Return the page of the file, with the form that has a fault in the place of its empty one."""
    dossier = Dossier(application, officer, error, bound.name if bound else "")
    context = {
        "file": dossier,
        "application": application,
        "office": application.office,
        "forms": _forms(dossier, bound),
        "bound": bound,
        "act": _TEMPLATES.get(dossier.kind, ""),
        "desk": officer.desk,
    }
    with timezone.override(application.office.zone):
        return render(request, "permits/desk/file.html", context)


_TEMPLATES: dict[str, str] = {
    StepKind.CHECK: "permits/desk/acts/check.html",
    StepKind.WORK: "permits/desk/acts/pass.html",
    StepKind.INSPECT: "permits/desk/acts/inspect.html",
    StepKind.PAY: "permits/desk/acts/pass.html",
    StepKind.DRAFT: "permits/desk/acts/draft.html",
    StepKind.INITIAL: "permits/desk/acts/initial.html",
    StepKind.SIGN: "permits/desk/acts/sign.html",
    StepKind.NUMBER: "permits/desk/acts/number.html",
    StepKind.SURVEY: "permits/desk/acts/pass.html",
    StepKind.HAND_OVER: "permits/desk/acts/hand_over.html",
}
_AT_STEP: dict[str, tuple[type[DeskForm], ...]] = {
    StepKind.CHECK: (forms.CompleteForm, forms.ReturnForm, forms.RejectForm),
    StepKind.WORK: (forms.PassForm,),
    StepKind.INSPECT: (forms.InspectionForm,),
    StepKind.PAY: (forms.PassForm,),
    StepKind.DRAFT: (forms.DraftForm, forms.FinishDraftForm),
    StepKind.INITIAL: (forms.InitialForm,),
    StepKind.SIGN: (forms.SignForm,),
    StepKind.NUMBER: (forms.NumberForm,),
    StepKind.SURVEY: (forms.PassForm,),
    StepKind.HAND_OVER: (forms.HandOverForm,),
}


def _forms(dossier: Dossier, bound: DeskForm | None) -> dict[str, DeskForm]:
    """Return the forms that this step offers to this officer, by their names."""
    if not dossier.verdict or dossier.step is None:
        return {}
    kinds: list[type[DeskForm]] = [*_AT_STEP.get(dossier.kind, ()), forms.ReceiveForm]
    if dossier.step.optional:
        kinds.append(forms.SkipForm)
    if dossier.back_to is not None:
        kinds.append(forms.SendBackForm)
    found = {kind.name: kind(**_made_with(kind, dossier)) for kind in kinds}
    if bound is not None and bound.name in found:
        found[bound.name] = bound
    return found


def _made_with(kind: type[DeskForm], dossier: Dossier) -> dict[str, Any]:
    """Return what a form is made with beside the data."""
    made: dict[str, Any] = {"application": dossier.application}
    if kind is forms.InspectionForm:
        made["today"] = dossier.today
        made["initial"] = {"place": dossier.application.address}
    elif kind is forms.DraftForm:
        draft = dossier.draft
        version = dossier.application.version
        words = getattr(draft, "statement", version.certificate_statement)
        made["initial"] = {"statement": words}
    elif kind in (forms.InitialForm, forms.SignForm) and dossier.draft is not None:
        made["initial"] = {"digest": dossier.draft.digest}
    elif kind is forms.HandOverForm:
        made["initial"] = {"receiver": dossier.application.responsible_name}
    return made


# The acts --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Act:
    """One button: whose it is, what it asks for, what it does and what is said afterwards."""

    form: type[DeskForm]
    may: Callable[[User, Application], Verdict]
    do: Callable[..., Any]
    done: str | LazyText
    ask: Callable[[HttpRequest, DeskForm], bool] | None = None

    def __call__(self, request: HttpRequest, officer: Officer, key: UUID) -> HttpResponseBase:
        """Answer the button."""
        application = find(officer, key)
        if _moved(request, application):
            return _gone_on(request, application, "step_moved")
        verdict = self.may(officer.user, application)
        if verdict.reason in _DONE:
            return _gone_on(request, application, verdict.reason)
        refuse(verdict)
        form = self._bind(request, officer, application)
        if not form.is_valid() or (self.ask is not None and not self.ask(request, form)):
            answer = show(request, officer, application, bound=form)
            answer.status_code = 429 if form.locked_out else 200
            return answer
        try:
            self.do(
                application,
                actor=officer.user,
                at=officer.at,
                visit=form.seen_visit,
                **form.facts(),
            )
        except DomainError as error:
            if error.code in _MOVED:
                return _gone_on(request, application, error)
            form.add_error(_field(form, error), sentence(error))
            return show(request, officer, application, bound=form)
        messages.success(request, str(self.done))
        return redirect(application.get_desk_url())

    def _bind(self, request: HttpRequest, officer: Officer, application: Application) -> DeskForm:
        made = _made_with(self.form, Dossier(application, officer))
        return self.form(request.POST, request.FILES, **made)

    def as_view(self) -> Callable[..., HttpResponseBase]:
        """Return the view behind the door."""

        def view(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponseBase:
            return self(request, officer, key)

        return officer_page(require_POST(view))


def _moved(request: HttpRequest, application: Application) -> bool:
    """Whether the page was made for a visit that is over."""
    seen = request.POST.get("visit", "")
    return seen.isdigit() and seen != str(application.current_step_id)


def _gone_on(
    request: HttpRequest, application: Application, error: DomainError | str
) -> HttpResponse:
    messages.warning(request, sentence(error))
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return redirect(application.get_desk_url())


def _field(form: DeskForm, error: DomainError) -> str | None:
    names = _FIELDS.get(error.code, ())
    return next((name for name in names if name in form.fields), None)


def _password(request: HttpRequest, form: DeskForm) -> bool:
    """Ask who signs once more; wrong passwords count towards the lock-out of the account."""
    email = request.user.email  # type: ignore[union-attr]
    known = authenticate(
        request, username=email, login=email, password=form.cleaned_data["password"]
    )
    if known is not None and known.pk == request.user.pk:
        return True
    if getattr(request, "axes_locked_out", False):
        request.axes_locked_out = False  # type: ignore[attr-defined]  # said here, beside the file
        form.locked_out = True
        form.add_error("password", _(
            "Terlalu banyak kata sandi salah. Demi keamanan, tanda tangan dengan akun ini dari "
            "tempat Anda ditutup selama satu jam. Dokumen belum ditandatangani; berkas tetap "
            "menunggu di meja Anda."
        ))  # fmt: skip
        return False
    form.add_error("password", _("Kata sandi salah. Dokumen belum ditandatangani."))
    return False


receive = Act(
    forms.ReceiveForm, policies.may_receive, routing.receive,
    gettext_lazy("Penerimaan berkas tercatat di kartu kendali."),
).as_view()  # fmt: skip
complete = Act(
    forms.CompleteForm, policies.may_check, applications.declare_complete,
    gettext_lazy("Berkas dinyatakan lengkap dan benar, lalu diteruskan."),
).as_view()  # fmt: skip
return_file = Act(
    forms.ReturnForm, policies.may_check, applications.return_application,
    gettext_lazy("Berkas dikembalikan. Pemohon diberi tahu semua kekurangannya."),
).as_view()  # fmt: skip
reject = Act(
    forms.RejectForm, policies.may_reject, applications.reject_application,
    gettext_lazy("Permohonan ditolak dan pemohon diberi tahu alasannya."),
).as_view()  # fmt: skip
inspect = Act(
    forms.InspectionForm, policies.may_inspect, inspections.record_inspection,
    gettext_lazy("Berita acara tersimpan dan berkas diteruskan."),
).as_view()  # fmt: skip
pass_on = Act(
    forms.PassForm, policies.may_pass, routing.pass_on,
    gettext_lazy("Langkah selesai dan berkas diteruskan."),
).as_view()  # fmt: skip
skip = Act(
    forms.SkipForm, policies.may_skip, routing.skip,
    gettext_lazy("Langkah dilewati; alasannya tercatat di kartu kendali."),
).as_view()  # fmt: skip
send_back = Act(
    forms.SendBackForm, policies.may_send_back, routing.send_back,
    gettext_lazy("Berkas dikembalikan dengan catatan Anda."),
).as_view()  # fmt: skip
save_draft = Act(
    forms.DraftForm, policies.may_draft, drafting.write_draft,
    gettext_lazy("Konsep tersimpan. Pratinjaunya disiapkan."),
).as_view()  # fmt: skip
finish_draft = Act(
    forms.FinishDraftForm, policies.may_draft, drafting.finish_draft,
    gettext_lazy("Konsep diteruskan untuk diparaf."),
).as_view()  # fmt: skip
initial = Act(
    forms.InitialForm, policies.may_initial, drafting.initial_draft,
    gettext_lazy("Paraf dibubuhkan dan berkas diteruskan."),
).as_view()  # fmt: skip
sign = sensitive_post_parameters("password")(
    Act(
        forms.SignForm, policies.may_sign, certificates.sign_certificate,
        gettext_lazy("Persetujuan Anda tercatat. Dokumen sedang ditandatangani secara elektronik."),
        ask=_password,
    ).as_view()
)  # fmt: skip
number = Act(
    forms.NumberForm, policies.may_number, certificates.issue_certificate,
    gettext_lazy("Nomor tercatat dalam register dan izin terbit. Pemohon diberi tahu."),
).as_view()  # fmt: skip
hand_over = Act(
    forms.HandOverForm, policies.may_hand_over, certificates.hand_over,
    gettext_lazy("Penyerahan tercatat. Berkas selesai."),
).as_view()  # fmt: skip


# Verdicts: pressed many times a day, so with htmx only what changes comes back --------------------


@officer_page
@require_POST
def verdict(
    request: HttpRequest, officer: Officer, key: UUID, requirement: int
) -> HttpResponseBase:
    """Record what was found about one requirement."""
    application = find(officer, key)
    if _moved(request, application):
        return _gone_on(request, application, "step_moved")
    refuse(policies.may_check(officer.user, application))
    form = forms.VerdictForm(request.POST, application=application, requirement=requirement)
    problem = ""
    if form.is_valid():
        try:
            checking.give_verdict(
                application, requirement, form.cleaned_data["result"], actor=officer.user,
                at=officer.at, reason=form.cleaned_data["reason"], visit=form.seen_visit,
            )  # fmt: skip
        except DomainError as error:
            if error.code in _MOVED:
                return _gone_on(request, application, error)
            problem = sentence(error)
    else:
        problem = " ".join(str(text) for texts in form.errors.values() for text in texts)
    error_at = (requirement, problem, request.POST.get("reason", "")) if problem else None
    if request.headers.get("HX-Request"):
        return _verdict_fragment(request, officer, application, requirement, error_at)
    if error_at:
        return show(request, officer, application, error=error_at)
    following = tally(checklist(application)).next_pk
    anchor = f"#syarat-{following}" if following else "#tindakan"
    return redirect(application.get_desk_url() + anchor)


def _verdict_fragment(
    request: HttpRequest,
    officer: Officer,
    application: Application,
    requirement: int,
    error: tuple[int, str, str] | None,
) -> HttpResponse:
    dossier = Dossier(application, officer, error)
    line = desk_line(dossier.checklist, requirement, dossier.look)
    if line is None:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {
        "file": dossier, "application": application, "office": application.office, "lines": [line],
        "forms": _forms(dossier, None), "act": _TEMPLATES[StepKind.CHECK], "fragment": True,
    }  # fmt: skip
    with timezone.override(application.office.zone):
        return render(request, "permits/desk/_verdict_answer.html", context)
