"""Messages about a report."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise as LazyText

from accounts.models import Office, User
from notices import outbox
from reports.models import Report


def notify(report: Report, what: str, people: Iterable[User], at: datetime, **facts: Any) -> None:
    """Post a message about a report to each of ``people``: once for each time it gets there."""
    nth = report.records.count()
    key = f"report-{what}:{report.pk}:{nth}"
    path = report.get_absolute_url()
    write(key, what, report.office, report.title, path, people, at, **facts)


def notify_due(
    key: str,
    office: Office,
    title: str | LazyText,
    what: str,
    people: Iterable[User],
    at: datetime,
) -> None:
    """Post a message about a report that is owed."""
    write(key, what, office, title, reverse("reports:list"), people, at)


def write(
    key: str,
    what: str,
    office: Office,
    title: str | LazyText,
    path: str,
    people: Iterable[User],
    at: datetime,
    **facts: Any,
) -> None:
    """Post one message to each of ``people``, each once."""
    for person in {user.pk: user for user in people}.values():
        outbox.post(
            f"{key}:{person.pk}",
            f"reports/{what}",
            to=person,
            at=at,
            about=key,
            sender=office,
            name=person.full_name,
            office=office.name,
            report=title,
            path=path,
            **facts,
        )
