"""The permit that an application extends, changes or closes."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from permits.domain.previous import ENDED_BEFORE, why_not_previous
from permits.domain.printed import folded
from permits.models import Application, Certificate
from permits.selectors.facts import asked_facts
from standards.domain.built_in import PREVIOUS
from standards.models import Service, StandardVersion


def permits_to_follow(user: User, version: StandardVersion) -> list[Application]:
    """Return the applications of ``user`` whose permit an application under ``version`` can follow.

    The latest first; none if the version asks for no previous permit.
    """
    if not version.facts.filter(key=PREVIOUS).exists():
        return []
    own = Application.objects.visible_to(user).of(user).filter(service=version.service_id)
    issued = own.filter(
        certificate__state=Certificate.State.ISSUED,
        certificate__refusal=None,
        certificate__is_closure=False,
    )
    return list(issued.select_related("certificate__number").order_by("-pk"))


def is_followed(application: Application, at: datetime) -> bool:
    """Whether the holder of its permit can ask for an extension, a change or a closure now."""
    service = application.service
    if permit_in_force(application) is None:
        return False
    day = service.office.local_date(at)
    if service.is_closed(day):
        return False
    version = StandardVersion.objects.in_force(day).filter(service=service)
    return version.filter(facts__key=PREVIOUS).exists()


def previous_number(application: Application) -> str:
    """Return the number of the previous permit; "" where it is not asked or not given."""
    return str(asked_facts(application).values.get(PREVIOUS, ""))


def previous_certificate(service: Service, number: str) -> tuple[Certificate | None, str]:
    """Return the paper of the office with this number, and why it cannot be followed.

    The reason is a code of ``permits.domain.previous``, "" if it can. Papers that can be followed
    come first. ``None``: the portal has no such paper, for instance because it is older.
    """
    if not number:
        return None, ""
    papers = Certificate.objects.filter(
        number__key=folded(number), application__office=service.office_id
    )
    found: tuple[Certificate | None, str] = (None, "")
    for paper in papers.with_validity().order_by("-pk"):
        reason = why_not_previous(
            paper.state,
            is_permit=paper.is_permit,
            same_service=paper.application.service_id == service.pk,
        )
        if not reason:
            return paper, ""
        if found[0] is None:
            found = paper, reason
    return found


def permits_to_close(application: Application) -> list[Certificate]:
    """Return the permits in force that a closing decision of ``application`` ends.

    That which the applicant named, or what replaced it since, and in turn those that it extended
    or changed: all of them allow what is closed. Empty if the portal knows none that is in force.
    """
    found: list[Certificate] = []
    seen: set[int] = set()
    file = application
    while file.pk not in seen:
        seen.add(file.pk)
        named, reason = previous_certificate(application.service, previous_number(file))
        if named is None or reason not in ("", ENDED_BEFORE):
            break
        file = named.application
        if (paper := permit_in_force(file)) is not None:
            found.append(paper)
    return found


def permit_in_force(application: Application) -> Certificate | None:
    """Return the permit of ``application`` that no order has ended; ``None`` without one."""
    paper = application.certificate
    if paper is None or not paper.is_permit or paper.state != Certificate.State.ISSUED:
        return None
    return paper
