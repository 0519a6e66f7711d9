"""Answers to surveys for the demo: six of ten of those whose file was finished have answered."""

from __future__ import annotations

import random
from datetime import datetime
from typing import Final

from accounts.models import Office
from boards.domain.months import back, month_of
from permits.models import Certificate
from surveys.models import Age, Education, InstrumentVersion, Occupation, Response, Sex, Suggestion
from surveys.selectors import versions_asked

_ANSWERED: Final = 0.6
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
_WORDS_BACK: Final = (1, 5, 12)  # months in which somebody wrote: one in each kind of period


def respond(at: datetime) -> int:
    """Add answers to every office with finished files and none yet; return how many."""
    chance = random.Random(at.year)  # noqa: S311  a sample, the same in every demo of a year
    rows: list[Response] = []
    for office in Office.objects.public():
        found = versions_asked(office)
        if found and not Response.objects.filter(office=office).exists():
            rows += _answers(office, found[0], chance)
            month = month_of(office.local_date(at))
            Suggestion.objects.bulk_create(
                Suggestion(office=office, month=back(month, months), text=text)
                for months in _WORDS_BACK
                for text in _WORDS
            )
    Response.objects.bulk_create(rows)
    return len(rows)


def _answers(office: Office, version: InstrumentVersion, chance: random.Random) -> list[Response]:
    keys = [question.key for question in version.questions.all()]
    issued = Certificate.objects.filter(
        application__office=office, refusal=None, issued_at__isnull=False
    )
    asked = issued.order_by("pk").values_list("application__service", "issued_at")
    return [
        Response(
            version=version,
            office=office,
            service_id=service,
            month=month_of(office.local_date(issued_at)),
            source=chance.choice((Response.Source.LINK,) * 3 + (Response.Source.TABLET,)),
            sex=chance.choice(Sex.values),
            age=chance.choice(Age.values),
            education=chance.choice(Education.values[2:5]),
            occupation=chance.choice(Occupation.values[3:]),
            answers={
                key: chance.choices((1, 2, 3, 4), _OFTEN.get(key, _USUALLY))[0] for key in keys
            },
        )
        for service, issued_at in asked
        if issued_at is not None and chance.random() < _ANSWERED
    ]
