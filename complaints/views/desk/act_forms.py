"""The forms on the page of a complaint: which ones, and what each is made with."""

from __future__ import annotations

from typing import Any

from complaints import policies, selectors
from complaints.domain.lifecycle import LIFECYCLE, Event, Status
from complaints.forms import desk as forms
from complaints.forms.base import ComplaintForm
from complaints.forms.sending import SendForm
from complaints.models import Complaint
from complaints.services import sending, study
from complaints.views.desk.complaint_page import ComplaintPage


def forms_of(page: ComplaintPage, bound: ComplaintForm | None) -> dict[str, Any]:
    """Return the forms of this state that this officer may press, by name; steps by their own."""
    kinds = _of_the_owner(page) if page.may_handle else []
    if policies.may_classify(page.user, page.complaint, page.at):
        kinds += [forms.ClassifyForm]
    if policies.may_ask_apip(page.user, page.complaint, page.at):
        kinds += [forms.ApipForm]
    if page.may_name_owner:
        kinds += [forms.OwnerForm]
    if page.may_agree:
        kinds += [forms.AgreeForm, forms.SendBackForm]
    if page.apip.waits and page.apip.may_decide:
        kinds += [forms.ApipDecisionForm]
    if page.identity.may_open and page.complaint.has_identity:
        kinds += [forms.IdentityForm]
    found: dict[str, Any] = {kind.name: kind(**made_with(kind, page)) for kind in kinds}
    if page.complaint.status == Status.STUDIED and page.may_handle:
        found["steps"] = _step_forms(page, bound)
    if "kirim" in found:
        found["ways"] = _send_forms(page, bound)
    if bound is not None and bound.name in found:
        found[bound.name] = bound
    return found


def _of_the_owner(page: ComplaintPage) -> list[type[ComplaintForm]]:
    """Return the forms for who handles the complaint."""
    kinds = [_FORMS[event] for event in _events_of(page.complaint) if event in _FORMS]
    kinds += [forms.NoteForm]
    if not page.closed:
        kinds += [forms.LinkForm]
    if page.is_open_complaint:
        kinds += [forms.BringUpForm]
    return kinds


def _send_forms(page: ComplaintPage, bound: ComplaintForm | None) -> list[SendForm]:
    """Return a form for each way of the answer, the usual one first."""
    found = []
    for way in sending.ways_of(page.complaint):
        form = SendForm(**made_with(SendForm, page, way))
        same = isinstance(bound, SendForm) and bound.chosen == way
        found.append(bound if same and isinstance(bound, SendForm) else form)
    return found


# what the owner may do next, by the event of the lifecycle
_FORMS: dict[Event, type[ComplaintForm]] = {
    Event.ACCEPT: forms.AcceptForm,
    Event.TREAT_AS_SUGGESTION: forms.SuggestionForm,
    Event.ASK: forms.AskForm,
    Event.COMPLETE: forms.CompleteForm,
    Event.STUDY: forms.StudyForm,
    Event.DRAFT: forms.DraftForm,
    Event.ANSWER: SendForm,
    Event.THANK: SendForm,
    Event.MERGE: forms.MergeForm,
    Event.WITHDRAW: forms.WithdrawForm,
}


def _events_of(complaint: Complaint) -> list[Event]:
    """Return what the lifecycle allows next."""
    return [Event(event) for event in LIFECYCLE.events_from(complaint.status)]


def _step_forms(
    page: ComplaintPage, bound: ComplaintForm | None
) -> list[tuple[Any, forms.StepForm]]:
    """Return each line of the checklist with its form."""
    pairs = []
    for line in page.study.lines:
        initial: dict[str, Any] = {"step": line.step}
        if line.row is not None:
            kept = ("result", "with_whom", "held_on")
            initial |= {name: getattr(line.row, name) for name in kept}
        form = forms.StepForm(complaint=page.complaint, step=line.step, initial=initial)
        if isinstance(bound, forms.StepForm) and bound.which == line.step:
            form = bound
        pairs.append((line, form))
    return pairs


def made_with(kind: type[ComplaintForm], page: ComplaintPage, way: str = "") -> dict[str, Any]:
    """Return what a form is made with beside the data; ``way``: the channel of an answer."""
    one = page.complaint
    made: dict[str, Any] = {"complaint": one}
    if kind is forms.ClassifyForm:
        made |= {
            "ladder": selectors.rules_of(one.office).ladder,
            "people": selectors.officers_of(one, page.at),
            "choices": page.staff.officers,
            "services": selectors.services_of(one.office),
            "initial": {
                "problem": one.problem,
                "service": one.service_id,
                "weight": one.weight,
                "category": one.category,
                "subjects": [person.pk for person in page.report.subjects],
            },
        }
    elif kind is forms.OwnerForm:
        made["people"] = selectors.possible_owners(one, page.at)
        made["choices"] = page.staff.possible_owners
    elif kind is forms.DraftForm:
        made["initial"] = {"text": study.prefilled(one, page.at, page.standard.card)}
    elif kind in (forms.AgreeForm, forms.SendBackForm):
        digest = page.answer.latest.digest if page.answer.latest else ""
        made |= {
            "outside": page.answer.outside,
            "initial": {"level": page.answer.level, "digest": digest},
        }
    elif kind is SendForm:
        chosen = way if way in sending.ways_of(one) else sending.ways_of(one)[0]
        made |= {
            "way": chosen,
            "proof": sending.proof_of(one, chosen),
            "letter": page.answer.letter.number if page.answer.letter else "",
            "initial": {"text": study.prefilled(one, page.at)} if one.is_suggestion else {},
        }
    return made
