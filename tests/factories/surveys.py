"""Questionnaires, invitations and answers for tests."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from accounts.models import Office
from permits.models import Application
from standards.models import Service
from surveys.domain.elements import Kind
from surveys.domain.secrets import digest, new_secret
from surveys.models import InstrumentVersion, Invitation, InvitationLink, Response
from surveys.selectors import versions_asked
from surveys.services.answers import Sheet
from surveys.services.instruments import copy, publish
from surveys.services.loading import load
from tests.factories.permits import NOON

SENT_ON = NOON.date()
BLANK: dict[str, str] = {}


def load_questionnaires() -> None:
    """Load the built-in questionnaires."""
    load(settings.BASE_DIR / "fixtures", at=NOON)


def skm(office: Office) -> InstrumentVersion:
    """Return the SKM questionnaire that ``office`` asks with."""
    return versions_asked(office)[0]


def make_invitation(
    application: Application, *, sent_on: date = SENT_ON, days: int = 30, **facts: Any
) -> tuple[Invitation, str]:
    """Return an invitation about a file, and the secret that opens it."""
    load_questionnaires()
    invitation = Invitation.objects.create(
        application=application, sent_on=sent_on, ends_on=sent_on + timedelta(days=days), **facts
    )
    secret = new_secret()
    InvitationLink.objects.create(invitation=invitation, digest=digest(secret))
    return invitation, secret


def scores(version: InstrumentVersion, score: int = 3, **other: int) -> dict[str, int]:
    """Return the same score for every element, but for ``other``."""
    keys = [question.key for question in version.questions.all()]
    return {**dict.fromkeys(keys, score), **other}


def a_sheet(office: Office, score: int = 3, **other: int) -> Sheet:
    """Return a filled SKM questionnaire."""
    version = skm(office)
    return Sheet({version: scores(version, score, **other)}, BLANK)


def filled(office: Office, score: int = 3, **more: Any) -> dict[str, Any]:
    """Return the fields of the page, all questions answered with ``score``."""
    fields = {
        f"q{question.pk}": score
        for version in versions_asked(office)
        for question in version.questions.all()
    }
    return {**fields, "suggestion": "", "sex": "", "age": "", "education": "", **more}


def make_element_more(office: Office) -> InstrumentVersion:
    """Publish a questionnaire of ``office`` that asks about queues, too."""
    draft = copy(skm(office), office=office)
    draft.questions.create(
        key="antrean", name="Antrean", number="10", order=10, text="Antrean?",
        choice_1="Buruk", choice_2="Kurang", choice_3="Baik", choice_4="Sangat baik",
    )  # fmt: skip
    return publish(draft, actor=None, at=NOON)


def make_responses(
    service: Service,
    many: int,
    score: int = 3,
    *,
    at: datetime = NOON,
    kind: Kind = Kind.SKM,
    **facts: Any,
) -> list[Response]:
    """Return answers of ``many`` respondents, as rows; ``kind``: to which questionnaire."""
    load_questionnaires()
    version = InstrumentVersion.objects.in_use(service.office).filter(instrument__kind=kind)[0]
    month = service.office.local_date(at).replace(day=1)
    rows = [
        Response(
            version=version, office=service.office, service=service, month=month,
            **{"answers": scores(version, score), "source": Response.Source.LINK, **facts},
        )
        for _one in itertools.repeat(None, many)
    ]  # fmt: skip
    return Response.objects.bulk_create(rows)
