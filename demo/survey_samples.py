"""Answers to surveys for the demo: every office has a result of this and of earlier periods."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from accounts.models import Office
from standards.models import Service
from surveys.models import Age, Education, Occupation, Response, Sex, Suggestion
from surveys.selectors import versions_asked
from workflow.domain.dates import add_months

_MONTHS_BACK: Final = (0, 3, 12)
_MANY = 24  # of each month
_OFTEN: Final = {"biaya": (0, 1, 2, 21), "waktu": (1, 8, 11, 4), "pengaduan": (2, 7, 10, 5)}
_USUALLY: Final = (0, 2, 12, 10)
_WORDS: Final = (
    "Petugas loket ramah dan menjelaskan dengan sabar.",
    "Tempat parkir sempit pada hari Senin.",
    "Mohon nomor antrean dapat diambil dari rumah.",
    "Waktu peninjauan lapangan sebaiknya diberitahukan sehari sebelumnya.",
    "Kursi tunggu untuk lansia perlu ditambah.",
    "Sudah baik, pertahankan.",
)


def respond(at: datetime) -> int:
    """Add answers to every office with a published service and none yet; return how many."""
    chance = random.Random(at.year)  # noqa: S311  a sample, the same in every demo of a year
    rows: list[Response] = []
    for office in Office.objects.public():
        services = list(Service.objects.public().filter(office=office).order_by("pk")[:2])
        if services and not Response.objects.filter(office=office).exists():
            rows += _answers(office, services, at, chance)
            month = office.local_date(at).replace(day=1)
            Suggestion.objects.bulk_create(
                Suggestion(office=office, month=month, text=text) for text in _WORDS
            )
    Response.objects.bulk_create(rows)
    return len(rows)


def _answers(
    office: Office, services: Sequence[Service], at: datetime, chance: random.Random
) -> list[Response]:
    version = versions_asked(office)[0]
    keys = [question.key for question in version.questions.all()]
    month = office.local_date(at).replace(day=1)
    return [
        Response(
            version=version,
            office=office,
            service=chance.choice(services),
            month=add_months(month, -back),
            source=chance.choice((Response.Source.LINK,) * 3 + (Response.Source.TABLET,)),
            sex=chance.choice(Sex.values),
            age=chance.choice(Age.values),
            education=chance.choice(Education.values[2:5]),
            occupation=chance.choice(Occupation.values[3:]),
            answers={
                key: chance.choices((1, 2, 3, 4), _OFTEN.get(key, _USUALLY))[0] for key in keys
            },
        )
        for back in _MONTHS_BACK
        for _one in range(_MANY)
    ]
