"""Facts of messages about applications, and the message about a file that came to a desk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import Position, User
from accounts.selectors import holders, reachable
from notices import outbox
from permits.models import Application, Certificate, ChargeCorrection
from permits.selectors import balance, charges_of
from standards.domain.papers import goes_to_applicant
from workflow import vacancies
from workflow.formats import day_lazy, money_lazy


def message_context(person: User, application: Application) -> dict[str, Any]:
    """Return the context of a message about an application; ``path`` is the page of ``person``."""
    is_applicant = person.pk == application.applicant_id
    return {
        "name": person.full_name,
        "number": application.number or "",
        "code": application.tracking_code,
        "service": application.service.name,
        "office": application.office.name,
        "path": application.get_absolute_url() if is_applicant else application.get_desk_url(),
    }


def notify_payment_due(application: Application, at: datetime) -> None:
    """Tell the applicant what is to be paid at the open payment step: once a visit and correction.

    While a charge has yet to be set nothing is sent: the amount would be wrong.
    """
    state = balance(application)
    if state.open or not state.unpaid:
        return
    corrections = ChargeCorrection.objects.filter(charge__application=application).count()
    nth = f":{corrections}" if corrections else ""
    days = [row.due_on for row in charges_of(application) if row.due_on and not row.paid_on]
    outbox.post(
        f"permit-payment-due:{application.current_step_id}{nth}",
        "permits/payment_due",
        to=application.applicant,
        at=at,
        about=f"application:{application.pk}",
        sender=application.office,
        amount=money_lazy(state.unpaid),
        due=day_lazy(min(days, default=None)),
        how=application.office.payment_note,
        **message_context(application.applicant, application),
    )


def notify_paper_signed(certificate: Certificate, at: datetime) -> None:
    """Tell the applicant once of a signed paper beside the permit that is addressed to them."""
    paper, application = certificate.paper, certificate.application
    if paper is None or not goes_to_applicant(paper.kind, paper.addressee):
        return
    outbox.post(
        f"permit-paper-signed:{certificate.pk}",
        "permits/paper_signed",
        to=application.applicant,
        at=at,
        about=f"application:{application.pk}",
        sender=application.office,
        title=certificate.content["title"],
        letter=str(certificate.number),
        **message_context(application.applicant, application),
    )


def notify_parts_in(application: Application, *, by: User | None, at: datetime) -> None:
    """Tell the holders of the desk that every further performer has given their part."""
    for person in reachable(application.desk, at):
        if by is None or person.pk != by.pk:
            outbox.post(
                f"permit-parts-in:{application.current_step_id}:{person.pk}",
                "permits/parts_in",
                to=person,
                at=at,
                about=f"application:{application.pk}",
                sender=application.office,
                holder=application.holder_name,
                **message_context(person, application),
            )


def notify_desk(application: Application, desk: Position, *, by: User | None, at: datetime) -> None:
    """Tell the holders of ``desk`` who asked for it that a file came; never who handed it over.

    Without a holder an administrator gets a task at once.
    """
    people = holders(desk, at)
    if not people:
        vacancies.ask(desk, at)
        return
    others = [person for person in people if by is None or person.pk != by.pk]
    for person in outbox.askers("permits/arrived", others):
        outbox.post(
            f"permit-arrived:{application.current_step_id}:{person.pk}",
            "permits/arrived",
            to=person,
            at=at,
            about=f"application:{application.pk}",
            sender=application.office,
            holder=application.holder_name,
            desk=desk.name,
            **message_context(person, application),
        )
