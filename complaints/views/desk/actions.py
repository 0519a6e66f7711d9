"""What officers do with a complaint: each act a form on its page.

Every act asks in the same order: does the officer see the complaint (404), may they do this (403,
or a message when it has gone on meanwhile), is it right (the form keeps what was typed).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.access import Verdict
from accounts.models import User
from accounts.officers import Officer, officer_page
from complaints import policies
from complaints.domain.lifecycle import Status
from complaints.forms import desk as forms
from complaints.forms.desk import CaseForm
from complaints.models import Complaint
from complaints.services import answers, handling, identity, study
from complaints.services.answers import Dispatch
from complaints.views.desk.access import find
from complaints.views.desk.act_forms import forms_of, made_with
from complaints.views.desk.complaint_page import ComplaintPage
from workflow.domain.errors import DomainError
from workflow.http import refuse
from workflow.refusals import sentence

# the complaint has gone on: what was typed no longer concerns it
_MOVED = frozenset(
    {
        "out_of_turn", "complaint_closed", "level_passed", "answer_changed", "nothing_to_agree",
        "not_your_level", "already_sending", "nothing_asked", "apip_agreed_already",
    }
)  # fmt: skip
_FIELDS: dict[str, tuple[str, ...]] = {
    "note_missing": ("note", "reason"),
    "result_missing": ("result",),
    "inquiry_incomplete": ("with_whom",),
    "held_in_future": ("held_on",),
    "not_an_owner": ("owner",),
    "paper_missing": ("paper",),
    "answer_empty": ("text",),
    "study_incomplete": ("text",),
    "apip_without_consent": ("text",),
    "merge_itself": ("number",),
    "merge_unknown": ("number",),
    "merge_elsewhere": ("number",),
    "merge_into_closed": ("number",),
    "merge_into_newer": ("number",),
    "merge_into_suggestion": ("number",),
    "proof_missing_letter": ("day",),
    **dict.fromkeys(
        (
            "proof_missing_message",
            "proof_missing_call",
            "proof_missing_meeting",
            "proof_missing_posting",
        ),
        ("proof",),
    ),
    **dict.fromkeys(
        (
            "too_many_files",
            "file_empty",
            "file_too_large",
            "file_wrong_type",
            "file_name_differs",
            "file_locked",
            "file_active",
            "file_too_heavy",
            "storage_full",
        ),
        ("papers",),
    ),
}


# The page ----------------------------------------------------------------------------------


def show(
    request: HttpRequest,
    officer: Officer,
    complaint: Complaint,
    *,
    bound: CaseForm | None = None,
    person: identity.Person | None = None,
) -> HttpResponse:
    """Return the page, with the form that has a fault in the place of its empty one.

    ``person`` is who complained, opened for this answer alone.
    """
    with timezone.override(complaint.office.zone):
        page = ComplaintPage(complaint, officer)
        context = {
            "page": page,
            "complaint": complaint,
            "office": complaint.office,
            "forms": forms_of(page, bound),
            "bound": bound,
            "person": person,
            "desk": officer.desk,
        }
        response = render(request, "complaints/desk/complaint.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


# The acts ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Act:
    """One button: whose it is, what it asks for, what it does, what is said afterwards."""

    form: type[CaseForm]
    may: Callable[[User, Complaint], Verdict]
    do: Callable[..., Any]
    done: str | LazyText

    def __call__(self, request: HttpRequest, officer: Officer, key: UUID) -> HttpResponseBase:
        """Answer the button."""
        complaint = find(officer, key)
        verdict = self.may(officer.user, complaint)
        if verdict.reason in _MOVED:
            return _gone_on(request, officer, complaint, verdict.reason)
        refuse(verdict)
        form = self._bind(request, officer, complaint)
        if not form.is_valid():
            return show(request, officer, complaint, bound=form)
        try:
            self.do(complaint, actor=officer.user, at=officer.at, **form.facts())
        except DomainError as error:
            if error.code in _MOVED:
                return _gone_on(request, officer, complaint, error)
            form.add_error(_field(form, error), sentence(error))
            return show(request, officer, complaint, bound=form)
        messages.success(request, str(self.done))
        return _back(officer, complaint)

    def _bind(self, request: HttpRequest, officer: Officer, complaint: Complaint) -> CaseForm:
        page = ComplaintPage(complaint, officer)
        made = made_with(self.form, page, request.POST.get("way", ""))
        if self.form is forms.StepForm:
            made["step"] = request.POST.get("step", "")
        return self.form(request.POST, request.FILES, **made)

    def as_view(self) -> Callable[..., HttpResponseBase]:
        """Return the view behind the door."""

        def view(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponseBase:
            return self(request, officer, key)

        return sensitive_post_parameters()(officer_page(require_POST(view)))


def _field(form: CaseForm, error: DomainError) -> str | None:
    names = _FIELDS.get(error.code, ())
    return next((name for name in names if name in form.fields), None)


def _gone_on(
    request: HttpRequest, officer: Officer, complaint: Complaint, error: DomainError | str
) -> HttpResponse:
    messages.warning(request, sentence(error))
    return _back(officer, complaint)


def _back(officer: Officer, complaint: Complaint) -> HttpResponse:
    """Return to the page, or to the list when the act has taken it out of sight."""
    seen = Complaint.objects.visible_to(officer.user).filter(pk=complaint.pk).exists()
    return redirect(complaint.get_absolute_url() if seen else "complaints:list")


def _send(complaint: Complaint, *, actor: User, at: Any, text: str, **way: str) -> Complaint:
    """Send what was approved, or the answer to a suggestion."""
    dispatch = Dispatch(**way)
    if complaint.status == Status.SUGGESTION:
        return answers.answer_suggestion(
            complaint, actor=actor, at=at, text=text, dispatch=dispatch
        )
    return answers.send_answer(complaint, actor=actor, at=at, dispatch=dispatch)


def _with_other(do: Callable[..., Any]) -> Callable[..., Any]:
    """Find the other report by its number, among those the officer may see."""

    def act(complaint: Complaint, *, actor: User, at: Any, number: str, note: str) -> Any:
        seen = Complaint.objects.visible_to(actor)
        target = seen.filter(number__iexact=number.strip()).first()
        if target is None:
            raise DomainError("merge_unknown")
        return do(complaint, actor=actor, at=at, target=target, note=note)

    return act


accept = Act(
    forms.AcceptForm, policies.may_handle, handling.accept,
    gettext_lazy("Laporan ditangani sebagai pengaduan. Janjinya dihitung sejak diterima."),
).as_view()  # fmt: skip
treat_as_suggestion = Act(
    forms.SuggestionForm, policies.may_handle, handling.treat_as_suggestion,
    gettext_lazy("Laporan diperlakukan sebagai saran. Saran tetap harus dijawab."),
).as_view()  # fmt: skip
ask = Act(
    forms.AskForm, policies.may_handle, handling.ask,
    gettext_lazy("Pengadu diminta melengkapi. Waktu jawaban tetap berjalan."),
).as_view()  # fmt: skip
complete = Act(
    forms.CompleteForm, policies.may_handle, handling.complete,
    gettext_lazy("Keterangan tersimpan."),
).as_view()  # fmt: skip
begin_study = Act(
    forms.StudyForm, policies.may_handle, handling.study,
    gettext_lazy("Pengaduan dinyatakan lengkap. Telaah dimulai."),
).as_view()  # fmt: skip
classify = Act(
    forms.ClassifyForm, policies.may_handle, handling.classify,
    gettext_lazy("Penggolongan tersimpan."),
).as_view()  # fmt: skip
record_step = Act(
    forms.StepForm, policies.may_handle, study.record_step,
    gettext_lazy("Langkah telaah tersimpan."),
).as_view()  # fmt: skip
draft_answer = Act(
    forms.DraftForm, policies.may_handle, answers.draft_answer,
    gettext_lazy("Konsep jawaban diajukan."),
).as_view()  # fmt: skip
agree = Act(
    forms.AgreeForm, policies.may_agree, answers.agree,
    gettext_lazy("Persetujuan tercatat."),
).as_view()  # fmt: skip
send_back = Act(
    forms.SendBackForm, policies.may_agree, answers.send_back,
    gettext_lazy("Konsep dikembalikan dengan catatan Anda."),
).as_view()  # fmt: skip
send = Act(
    forms.SendForm, policies.may_handle, _send,
    gettext_lazy("Jawaban disampaikan. Bukti penyampaiannya tercatat di bawah."),
).as_view()  # fmt: skip
name_owner = Act(
    forms.OwnerForm, policies.may_name_owner, handling.hand_over_owner,
    gettext_lazy("Penanggung jawab diganti dan diberi tahu."),
).as_view()  # fmt: skip
bring_up = Act(
    forms.BringUpForm, policies.may_handle, handling.bring_up,
    gettext_lazy("Atasan diberi tahu."),
).as_view()  # fmt: skip
request_apip = Act(
    forms.ApipForm, policies.may_handle, handling.request_apip,
    gettext_lazy("Permintaan pelibatan APIP dikirim kepada kepala kantor."),
).as_view()  # fmt: skip
decide_apip = Act(
    forms.ApipDecisionForm, policies.may_decide_apip, handling.decide_apip,
    gettext_lazy("Keputusan tentang APIP tercatat."),
).as_view()  # fmt: skip
merge = Act(
    forms.MergeForm, policies.may_handle, _with_other(handling.merge),
    gettext_lazy("Laporan digabungkan. Pengadunya membaca jawaban dari nomor yang dituju."),
).as_view()  # fmt: skip
link = Act(
    forms.LinkForm, policies.may_handle, _with_other(handling.link),
    gettext_lazy("Kedua laporan ditautkan."),
).as_view()  # fmt: skip
add_note = Act(
    forms.NoteForm, policies.may_handle, handling.add_note,
    gettext_lazy("Catatan tersimpan."),
).as_view()  # fmt: skip
withdraw = Act(
    forms.WithdrawForm, policies.may_handle, handling.withdraw,
    gettext_lazy("Pengaduan dicatat sebagai dicabut."),
).as_view()  # fmt: skip


@sensitive_post_parameters()
@officer_page
@require_POST
def open_identity(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponseBase:
    """Show who complained, on this one answer; who asked and why is written down."""
    complaint = find(officer, key)
    refuse(policies.may_open_identity(officer.user, complaint))
    form = forms.IdentityForm(request.POST, complaint=complaint)
    if not form.is_valid():
        return show(request, officer, complaint, bound=form)
    try:
        person = identity.open_identity(
            complaint, actor=officer.user, at=officer.at, reason=form.cleaned_data["reason"]
        )
    except DomainError as error:
        form.add_error("reason", sentence(error))
        return show(request, officer, complaint, bound=form)
    return show(request, officer, complaint, person=person)
