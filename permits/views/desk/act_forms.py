"""The forms that a step offers on the page of an application."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from accounts.officers import Officer
from permits import policies, selectors
from permits.content.places import filled_text
from permits.forms import desk as forms
from permits.forms.desk import DeskForm
from permits.models import Application
from permits.views.desk.application_page import ApplicationPage
from standards.domain.steps import StepKind

_OF_THE_TEXT_SHOWN = (
    forms.FinishDraftForm,
    forms.InitialForm,
    forms.SignForm,
    forms.InitialPaperForm,
    forms.SignPaperForm,
)


def page_forms(page: ApplicationPage, bound: DeskForm | None) -> dict[str, DeskForm]:
    """Return the forms that the step offers to the officer, by their names.

    ``bound`` is a form with errors; it replaces the empty one.
    """
    kinds = _kinds(page) if page.act.verdict else []
    if page.act.part is not None:
        kinds.append(forms.PartForm)
    forms_by_name = {kind.name: _empty(kind, page) for kind in kinds}
    if bound is not None and bound.name in forms_by_name:
        forms_by_name[bound.name] = bound
    return forms_by_name


def _kinds(page: ApplicationPage) -> list[type[DeskForm]]:
    """Return the forms of the desk of the open step."""
    step = page.act.step
    if step is None:
        return []
    names = page.act.work.forms if page.act.work else ()
    kinds: list[type[DeskForm]] = [*(getattr(forms, name) for name in names), forms.ReceiveForm]
    if policies.may_set_charges(page.officer.user, page.application, page.officer.at):
        kinds.append(forms.SetChargesForm)
    if policies.may_pass_over(page.officer.user, page.application, page.officer.at):
        kinds.append(forms.PassOverForm)
    if policies.may_correct_charge(page.officer.user, page.application, page.officer.at):
        kinds.append(forms.CorrectChargeForm)
    if step.kind == StepKind.PAY and not selectors.pays_here(page.application):
        kinds.append(forms.PassForm)
    if step.may_be_skipped:
        kinds.append(forms.SkipForm)
    if page.act.back_step is not None:
        kinds.append(forms.SendBackForm)
    if policies.may_propose_refusal(page.officer.user, page.application, page.officer.at):
        kinds.append(forms.ProposeRefusalForm)
    return kinds


def bound_form(
    kind: type[DeskForm], request: HttpRequest, application: Application, officer: Officer
) -> DeskForm:
    """Return the form bound to the request of an officer, for whom its files count."""
    arguments = _form_arguments(kind, application, officer.at)
    sent_by = (officer.user, officer.at)
    return kind(request.POST, request.FILES, sent_by=sent_by, **arguments)


def _empty(kind: type[DeskForm], page: ApplicationPage) -> DeskForm:
    arguments = _form_arguments(kind, page.application, page.officer.at)
    return kind(initial=_initial(kind, page), **arguments)


def _form_arguments(kind: type[DeskForm], application: Application, at: datetime) -> dict[str, Any]:
    """Return the arguments of a form, bound or not."""
    arguments: dict[str, Any] = {"application": application}
    if kind is forms.InspectionForm:
        arguments["today"] = application.office.local_date(at)
    return arguments


def _initial(kind: type[DeskForm], page: ApplicationPage) -> dict[str, object]:
    """Return the initial values of a form."""
    application, draft = page.application, page.certificate.draft
    if kind is forms.InspectionForm:
        return {"place": application.address}
    if kind is forms.DraftForm:
        standard = filled_text(application, selectors.permit_text(application).statement)
        return {
            "statement": draft.content["statement"] if draft else standard,
            "seen": draft.revision if draft else 0,
        }
    if kind is forms.PaperTextForm and page.act.paper is not None:
        before = draft or (page.act.paper.ended and page.act.paper.ended.draft)
        text = filled_text(application, page.act.paper.paper.body)
        present = before.content.get("attendees", []) if before else []
        return {
            "statement": before.content["statement"] if before else text,
            "attendees": "\n".join(present),
            "seen": draft.revision if draft else 0,
        }
    if draft is not None and kind in _OF_THE_TEXT_SHOWN:
        return {"digest": draft.digest}
    if kind is forms.PartForm and page.act.part is not None:
        return {"part": page.act.part.pk}
    if kind is forms.HandOverForm:
        return {"receiver": application.responsible_name}
    return {}
