"""The acts of a trial, played inside a rehearsal: one entry a button, the forms of the real desks.

An act is kept by the name of its form and what was typed. The visit, the digest and the password
of a form are never kept: they are those of the moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from accounts.models import Position, User
from accounts.officers import Officer, officer_of
from permits import selectors
from permits.domain.lifecycle import WITH_APPLICANT
from permits.forms.applicant import ApplicationForm, QuestionsForm
from permits.forms.desk import (
    DeskForm,
    InspectionForm,
    PartForm,
    PassForm,
    PaymentForm,
    SignatureForm,
)
from permits.forms.recording import RecordingFields
from permits.forms.trials import RefuseOneForm, put_samples
from permits.models import Application, Trial
from permits.selectors.trials import as_it_stands, between_acts
from permits.services import checking, filling, rehearsals
from permits.views.desk import actions, charge_actions, further_paper_actions, parts, step_files
from permits.views.desk.act_forms import page_forms
from permits.views.desk.application_page import ApplicationPage
from workflow.domain.errors import DomainError
from workflow.refusals import sentence

FILL, SAVE, SEND = "contoh", "isi", "kirim"
ACCEPT, REFUSE = "sesuai", RefuseOneForm.name
# the buttons of the desks by the name of their form: form, policy and service are theirs
DESK: Final[Mapping[str, Any]] = {
    view.view_initkwargs["form"].name: view.view_initkwargs  # type: ignore[attr-defined]
    for view in (
        actions.receive, actions.complete, actions.return_application, actions.propose_refusal,
        actions.confirm_refusal, actions.refuse_application, actions.inspect, step_files.pass_on,
        actions.skip, actions.send_back, actions.save_draft, actions.finish_draft, actions.initial,
        actions.sign, actions.number, actions.hand_over, charge_actions.set_charges,
        charge_actions.correct_charge, charge_actions.pay, further_paper_actions.write_paper,
        further_paper_actions.initial_paper, further_paper_actions.sign_paper, parts.give_part,
    )
}  # fmt: skip
OF_THE_MOMENT: Final = ("visit", "digest", "seen", "password", "code", "part")


class FormRefused(Exception):
    """What was typed is not valid; ``form`` has the errors."""

    def __init__(self, form: Any) -> None:
        super().__init__(form.name if isinstance(form, DeskForm) else "")
        self.form = form


class Stuck(Exception):
    """An act that was once accepted is not any more: ``nth`` (from 1) and the reason."""

    def __init__(self, nth: int, reason: str) -> None:
        super().__init__(reason)
        self.nth, self.reason = nth, reason


@dataclass(frozen=True, slots=True)
class Done:
    """An act that was done: the name of its form, and the position; "" is the applicant."""

    act: str
    who: str


@dataclass
class Walk:
    """The application of a trial as it stands inside the rehearsal, and what was done."""

    stage: rehearsals.Rehearsal
    application: Application
    done: list[Done] = field(default_factory=list)

    @property
    def with_applicant(self) -> bool:
        """Whether it is the applicant's turn."""
        return self.application.status in WITH_APPLICANT

    @property
    def desk(self) -> Position | None:
        """The position whose turn it is: further performers first, then the step's desk."""
        owed = selectors.missing_parts(self.application)
        return owed[0].position if owed else self.application.desk

    def officer(self, at: datetime) -> Officer | None:
        """Return the officer whose turn it is."""
        desk = self.desk
        return officer_of(self.stage.officer(desk), at) if desk else None

    def page(self, at: datetime) -> ApplicationPage | None:
        """Return what that officer sees of it."""
        officer = self.officer(at)
        return ApplicationPage(self.application, officer) if officer else None

    def reload(self) -> None:
        """Read the application anew, with everything a page shows."""
        self.application = self.stage.with_standard(as_it_stands(self.application))

    def go_on(self) -> None:
        """Read the application anew for the next act; pages need ``reload``."""
        self.application = self.stage.with_standard(between_acts(self.application))

    def perform(self, act: str, data: Mapping[str, Any], at: datetime) -> None:
        """Do one act; pages need ``reload``. Raises ``DomainError`` or ``FormRefused``."""
        desk = None if self.with_applicant else self.desk
        if self.with_applicant:
            self._apply(act, data, at)
        elif desk is not None:
            self._handle(self.stage.officer(desk), act, data, at)
        else:
            raise DomainError("trial_moved")
        rehearsals.sign(self.application, at)
        self.done.append(Done(act, desk.name if desk else ""))
        self.go_on()

    def _apply(self, act: str, data: Mapping[str, Any], at: datetime) -> None:
        application = self.application
        if act == FILL:
            rehearsals.fill_with_samples(application, at)
        elif act in (SAVE, SEND):
            for form in self.applicant_forms(data):
                form.full_clean()
                identity = form.identity() if isinstance(form, ApplicationForm) else {}
                answers = form.answers()
                filling.save_form(application, at=at, identity=identity, answers=answers)
                if form.errors:
                    raise FormRefused(form)
            if act == SEND:
                self.reload()
                rehearsals.attach_samples(self.application, at)
                rehearsals.send(as_it_stands(application), at)
        else:
            raise DomainError("trial_moved")

    def applicant_forms(self, data: Mapping[str, Any] | None = None) -> list[Any]:
        """Return the forms of the applicant, with what is saved or with ``data``."""
        asked = selectors.asked_facts(self.application)
        typed = _query(data) if data is not None else None
        kinds = (QuestionsForm, ApplicationForm)
        forms = [kind(self.application, asked, data=typed) for kind in kinds]
        return [form for form in forms if form.fields]

    def _handle(self, user: User, act: str, data: Mapping[str, Any], at: datetime) -> None:
        application = self.application
        if act == ACCEPT:
            for line in selectors.checklist(application).unchecked():
                checking.give_verdict(application, line.requirement.pk, "sesuai", actor=user, at=at)
            return
        kind = RefuseOneForm if act == REFUSE else DESK[act]["form"] if act in DESK else None
        if kind is None:
            raise DomainError("trial_moved")
        form = self.bound(kind, data, at)
        if not form.is_valid():
            raise FormRefused(form)
        facts = {**form.facts(), "visit": application.current_step_id}
        if act == REFUSE:
            reason = facts["reason"]
            checking.give_verdict(
                application, facts["requirement"], "tidak_sesuai", actor=user, at=at, reason=reason
            )
            return
        if not (verdict := DESK[act]["may"](user, application, at)):
            raise DomainError(verdict.reason)
        if isinstance(form, RecordingFields):
            rehearsals.attach_documents(application, form.rows.values(), facts.get("answers", {}))
        if isinstance(form, PaymentForm):
            rehearsals.pay(application, actor=user, at=at, **facts)
        else:
            DESK[act]["do"](application, actor=user, at=at, **facts)

    def bound(self, kind: type[DeskForm], data: Mapping[str, Any], at: datetime) -> DeskForm:
        """Return a form of the desk with what was typed and what is so at this moment."""
        page = self.page(at)
        draft = page.certificate.draft if page else None
        moment: dict[str, Any] = {"visit": str(self.application.current_step_id or "")}
        if page is not None and page.act.part is not None:
            moment["part"] = str(page.act.part.pk)
        if draft is not None:
            moment |= {"digest": draft.digest, "seen": str(draft.revision)}
        typed = _query({**data, **moment})
        arguments: dict[str, Any] = {"application": self.application}
        if kind is InspectionForm:
            arguments["today"] = self.application.office.local_date(at)
        return without_files(kind(typed, MultiValueDict(), **arguments))

    def desk_forms(self, page: ApplicationPage) -> list[DeskForm]:
        """Return the forms that the officer has now, with samples."""
        forms = [without_files(form) for form in page_forms(page, None).values()]
        wanted = [form for form in forms if form.name in DESK and form.name != "terima"]
        if page.act.judging:
            wanted.insert(0, RefuseOneForm(application=self.application))
        for form in wanted:
            put_samples(form, self.application.office.local_date(page.officer.at))
        return wanted


def without_files(form: Any) -> Any:
    """Return ``form`` without what a trial does not ask for: files and proofs of the person."""
    if isinstance(form, SignatureForm):
        form.fields.pop("password", None)
        form.leave_code_out()
    if isinstance(form, PaymentForm):
        form.fields.pop("proof", None)
    if isinstance(form, RecordingFields):
        form.ask_for_names()
    if isinstance(form, PassForm):
        form.leave_paper_out()
    if isinstance(form, PartForm):
        form.fields.pop("document", None)
    if isinstance(form, InspectionForm):
        for name in [name for name in form.fields if name.startswith(("photo_", "caption_"))]:
            form.fields[name].widget = form.fields["visit"].hidden_widget()
    return form


def typed(data: QueryDict, besides: Iterable[str]) -> dict[str, Any]:
    """Return what is kept of a form that was sent; NUL is what PostgreSQL does not accept."""
    left_out = {*besides, *OF_THE_MOMENT}
    return {
        name.replace("\0", ""): [text.replace("\0", "") for text in data.getlist(name)]
        for name in data
        if name not in left_out
    }


def play(stage: rehearsals.Rehearsal, trial: Trial) -> Walk:
    """Set the draft and play every act of ``trial``.

    Raises ``DomainError("standard_incomplete")``, or ``Stuck`` at the first act that is refused.
    """
    stage.publish()
    walk = Walk(stage, stage.begin(trial.key))
    walk.go_on()
    for nth, row in enumerate(trial.acts, start=1):
        try:
            walk.perform(row["act"], row["data"], datetime.fromisoformat(row["at"]))
        except (DomainError, FormRefused) as error:
            raise Stuck(nth, reason_of(error)) from error
    return walk


def reason_of(error: DomainError | FormRefused) -> str:
    """Return why an act was refused, in sentences."""
    if isinstance(error, DomainError):
        return sentence(error)
    faults = [str(text) for texts in error.form.errors.values() for text in texts]
    return " ".join(faults) or _("Isiannya tidak diterima.")


def _query(data: Mapping[str, Any]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in data.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query
