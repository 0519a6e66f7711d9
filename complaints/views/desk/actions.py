"""What officers do with a complaint: each act a form on its page.

Every act asks in the same order: does the officer see the complaint (404), may they do this (403,
or a message when it has gone on meanwhile), is it right (the form keeps what was typed).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.officers import Officer, officer_page
from complaints import policies
from complaints.forms import desk as forms
from complaints.forms.base import ComplaintForm
from complaints.forms.sending import SendForm
from complaints.models import Complaint
from complaints.services import answers, handling, identity, sending, study
from complaints.services.sending import Dispatch
from complaints.views.desk.access import get_complaint
from complaints.views.desk.act_forms import forms_of, made_with
from complaints.views.desk.complaint_page import ComplaintPage
from documents import uploads
from workflow.desk_actions import DeskAction
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
    **dict.fromkeys(("too_many_files", *uploads.REFUSALS), ("papers",)),
}


# The page ----------------------------------------------------------------------------------


def show(
    request: HttpRequest,
    officer: Officer,
    complaint: Complaint,
    *,
    bound: ComplaintForm | None = None,
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


class ComplaintAction(DeskAction):
    """A button on the page of a complaint."""

    form: type[ComplaintForm] = ComplaintForm
    denied_as_moved = moved = _MOVED
    error_fields = _FIELDS

    def get_subject(self, key: UUID) -> Complaint:
        """Return the complaint, or answer 404."""
        return get_complaint(self.officer, key)

    def get_form(self, subject: Complaint) -> ComplaintForm:
        """Return the form with what was sent."""
        post = self.request.POST
        made = made_with(self.form, ComplaintPage(subject, self.officer), post.get("way", ""))
        if self.form is forms.StepForm:
            made["step"] = post.get("step", "")
        return self.form(post, self.request.FILES, **made)

    def show(self, subject: Complaint, form: ComplaintForm) -> HttpResponse:
        """Return the page with the form."""
        return show(self.request, self.officer, subject, bound=form)

    def back(self, subject: Complaint) -> HttpResponse:
        """Return to the page, or to the list when the action has taken it out of sight."""
        seen = Complaint.objects.visible_to(self.officer.user).filter(pk=subject.pk).exists()
        return redirect(subject.get_absolute_url() if seen else "complaints:list")


def _send(complaint: Complaint, *, actor: User, at: Any, text: str, **way: str) -> Complaint:
    """Send what was approved, or the answer to a suggestion."""
    dispatch = Dispatch(**way)
    if complaint.is_suggestion:
        return sending.answer_suggestion(
            complaint, actor=actor, at=at, text=text, dispatch=dispatch
        )
    return sending.send_answer(complaint, actor=actor, at=at, dispatch=dispatch)


def _with_other(do: Callable[..., Any]) -> Callable[..., Any]:
    """Find the other report by its number, among those the officer may see."""

    def act(complaint: Complaint, *, actor: User, at: Any, number: str, note: str) -> Any:
        seen = Complaint.objects.visible_to(actor)
        target = seen.filter(number__same=number).first()
        if target is None:
            raise DomainError("merge_unknown")
        return do(complaint, actor=actor, at=at, target=target, note=note)

    return act


accept = ComplaintAction.as_view(
    form=forms.AcceptForm,
    may=policies.may_handle,
    do=handling.accept,
    done=gettext_lazy("Laporan ditangani sebagai pengaduan. Janjinya dihitung sejak diterima."),
)
treat_as_suggestion = ComplaintAction.as_view(
    form=forms.SuggestionForm,
    may=policies.may_handle,
    do=handling.treat_as_suggestion,
    done=gettext_lazy("Laporan diperlakukan sebagai saran. Saran tetap harus dijawab."),
)
ask = ComplaintAction.as_view(
    form=forms.AskForm,
    may=policies.may_handle,
    do=handling.ask,
    done=gettext_lazy("Pengadu diminta melengkapi. Waktu jawaban tetap berjalan."),
)
complete = ComplaintAction.as_view(
    form=forms.CompleteForm,
    may=policies.may_handle,
    do=handling.complete,
    done=gettext_lazy("Keterangan tersimpan."),
)
begin_study = ComplaintAction.as_view(
    form=forms.StudyForm,
    may=policies.may_handle,
    do=handling.study,
    done=gettext_lazy("Pengaduan dinyatakan lengkap. Telaah dimulai."),
)
classify = ComplaintAction.as_view(
    form=forms.ClassifyForm,
    may=policies.may_classify,
    do=handling.classify,
    done=gettext_lazy("Penggolongan tersimpan."),
)
record_step = ComplaintAction.as_view(
    form=forms.StepForm,
    may=policies.may_handle,
    do=study.record_step,
    done=gettext_lazy("Langkah telaah tersimpan."),
)
draft_answer = ComplaintAction.as_view(
    form=forms.DraftForm,
    may=policies.may_handle,
    do=answers.draft_answer,
    done=gettext_lazy("Konsep jawaban diajukan."),
)
agree = ComplaintAction.as_view(
    form=forms.AgreeForm,
    may=policies.may_agree,
    do=answers.agree,
    done=gettext_lazy("Persetujuan tercatat."),
)
send_back = ComplaintAction.as_view(
    form=forms.SendBackForm,
    may=policies.may_agree,
    do=answers.send_back,
    done=gettext_lazy("Konsep dikembalikan dengan catatan Anda."),
)
send = ComplaintAction.as_view(
    form=SendForm,
    may=policies.may_handle,
    do=_send,
    done=gettext_lazy("Jawaban disampaikan. Bukti penyampaiannya tercatat di bawah."),
)
name_owner = ComplaintAction.as_view(
    form=forms.OwnerForm,
    may=policies.may_name_owner,
    do=handling.hand_over_owner,
    done=gettext_lazy("Penanggung jawab diganti dan diberi tahu."),
)
bring_up = ComplaintAction.as_view(
    form=forms.BringUpForm,
    may=policies.may_handle,
    do=handling.bring_up,
    done=gettext_lazy("Atasan diberi tahu."),
)
request_apip = ComplaintAction.as_view(
    form=forms.ApipForm,
    may=policies.may_classify,
    do=handling.request_apip,
    done=gettext_lazy("Permintaan pelibatan APIP dikirim kepada kepala kantor."),
)
decide_apip = ComplaintAction.as_view(
    form=forms.ApipDecisionForm,
    may=policies.may_decide_apip,
    do=handling.decide_apip,
    done=gettext_lazy("Keputusan tentang APIP tercatat."),
)
merge = ComplaintAction.as_view(
    form=forms.MergeForm,
    may=policies.may_handle,
    do=_with_other(handling.merge),
    done=gettext_lazy("Laporan digabungkan. Pengadunya membaca jawaban dari nomor yang dituju."),
)
link = ComplaintAction.as_view(
    form=forms.LinkForm,
    may=policies.may_handle,
    do=_with_other(handling.link),
    done=gettext_lazy("Kedua laporan ditautkan."),
)
add_note = ComplaintAction.as_view(
    form=forms.NoteForm,
    may=policies.may_handle,
    do=handling.add_note,
    done=gettext_lazy("Catatan tersimpan."),
)
withdraw = ComplaintAction.as_view(
    form=forms.WithdrawForm,
    may=policies.may_handle,
    do=handling.withdraw,
    done=gettext_lazy("Pengaduan dicatat sebagai dicabut."),
)


@sensitive_post_parameters()
@officer_page
@require_POST
def open_identity(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponseBase:
    """Show who complained, on this one answer; who asked and why is written down."""
    complaint = get_complaint(officer, key)
    refuse(policies.may_open_identity(officer.user, complaint, officer.at))
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
