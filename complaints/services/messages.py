"""Messages about complaints: to accounts of officers, to sealed addresses of complainants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.domain.phones import mobile
from accounts.models import ChannelKind, User
from complaints import selectors
from complaints.models import Complaint
from complaints.services import identity
from documents.content import promised_day_lazy
from notices import outbox, sealed
from notices.models import Channel
from workflow import admin_tasks

KEEPER = "complaints"
Files = Sequence[tuple[str, str, str]]


def notify_received(complaint: Complaint, at: datetime) -> None:
    """Notify the owner and the sender of a new report; without an owner, open an admin task."""
    notify_complainant(complaint, "received", at)
    notify_owner(complaint, "new", at)
    if complaint.owner is not None:
        return
    admin_tasks.open_task(
        f"no-complaint-officer:{complaint.office_id}",
        "no_complaint_officer",
        at=at,
        office=complaint.office,
    )


def notify_owner(complaint: Complaint, what: str, at: datetime, **more: Any) -> None:
    """Notify whoever answers for the complaint (``selectors.answering_for``), as ``notify``."""
    notify(complaint, what, selectors.answering_for(complaint, at), at, **more)


def notify(
    complaint: Complaint,
    what: str,
    people: Iterable[User],
    at: datetime,
    *,
    nth: object = 1,
    files: Files = (),
    **facts: Any,
) -> None:
    """Post the ``nth`` message ``what`` to each of ``people``, except subjects of the complaint."""
    against = set(complaint.subjects.values_list("pk", flat=True))
    for person in people:
        if person.pk in against:
            continue
        outbox.post(
            f"complaint-{what}:{complaint.pk}:{nth}:{person.pk}",
            f"complaints/{what}",
            to=person,
            at=at,
            about=f"complaint:{complaint.pk}",
            sender=complaint.office,
            attachments=files,
            name=person.full_name,
            path=complaint.get_absolute_url(),
            **_facts(complaint),
            **{"term": "", **facts},
        )


def notify_complainant(
    complaint: Complaint,
    what: str,
    at: datetime,
    *,
    nth: object = 1,
    files: Files = (),
    way: str = ChannelKind.EMAIL,
    **facts: Any,
) -> bool:
    """Post one message to the complainant; ``False`` if this channel does not reach them."""
    if way not in complaint.reply_ways:
        return False
    outbox.post_sealed(
        f"complaint-{what}:{complaint.pk}:{nth}",
        f"complaints/{what}",
        address=sealed.seal(KEEPER, str(complaint.pk)),
        channel=Channel(way),
        at=at,
        about=f"complaint:{complaint.pk}",
        sender=complaint.office,
        attachments=files,
        path=reverse("complaints:track"),
        **_facts(complaint),
        **facts,
    )
    return True


def _facts(complaint: Complaint) -> dict[str, Any]:
    running = complaint.deadlines.running().filter(kind__in=selectors.PROMISES)
    return {
        "number": complaint.number,
        "office": complaint.office.name,
        "desk": complaint.desk.name if complaint.desk else "",
        "promised": promised_day_lazy(
            complaint.due_on, provisional=any(row.provisional for row in running)
        ),
    }


def _address(key: str, channel: str, at: datetime) -> str:
    """Return the address of the complainant on a channel, and record the opening."""
    complaint = Complaint.objects.get(pk=int(key))
    reason = "Mengirim pemberitahuan tentang pengaduan ini kepada pengadu"
    person = identity.open_for_delivery(complaint, at=at, reason=reason)
    if person is None:
        return ""
    return person.email if channel == Channel.EMAIL else mobile(person.phone)


sealed.register_resolver(KEEPER, _address)
