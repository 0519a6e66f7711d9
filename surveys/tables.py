"""What pages and reports say of a result in words: grades, and tables of respondents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from surveys.domain.elements import COST
from surveys.domain.groups import shown
from surveys.domain.index import ElementResult
from surveys.models import Age, Education, Occupation, Response, Sex
from surveys.services.results import Figures
from workflow.domain.rounding import percent
from workflow.formats import decimal

_LABELS: dict[str, Any] = {
    "sex": Sex,
    "age": Age,
    "education": Education,
    "occupation": Occupation,
    "source": Response.Source,
}


@dataclass(frozen=True, slots=True)
class GroupTable:
    """Respondents by one property: label, number, share in percent."""

    title: str
    rows: Sequence[tuple[str, int, int]]


def decimal_text(number: Decimal) -> str:
    """Return a number with two places, as the language of the reader writes it."""
    return decimal(number, 2)


def grade_words(grade: str) -> str:
    """Return the performance that a grade stands for."""
    return {
        "A": _("Sangat baik"),
        "B": _("Baik"),
        "C": _("Kurang baik"),
        "D": _("Tidak baik"),
    }[grade]


def respondents(figures: Figures) -> list[GroupTable]:
    """Return the respondents by each property, as far as they may be shown."""
    titles = {
        "sex": _("Jenis kelamin"),
        "age": _("Umur"),
        "education": _("Pendidikan terakhir"),
        "occupation": _("Pekerjaan"),
        "source": _("Cara mengisi"),
    }
    tables = []
    for name, found in figures.groups.items():
        labels = dict(_LABELS[name].choices)
        order = ["", *labels]
        rows = [
            (str(labels.get(key, _("Tidak disebutkan"))), count)
            for key, count in sorted(found.shown.items(), key=lambda pair: order.index(pair[0]))
        ]
        if found.hidden:
            others = _("Kelompok lain (disatukan)")
            if not found.shown:
                others = _("Tidak dirinci, agar tidak ada yang dikenali")
            rows.append((others, found.hidden))
        total = sum(count for _label, count in rows)
        shares = [(label, count, percent(count, total)) for label, count in rows]
        tables.append(GroupTable(titles[name], shares))
    return tables


def spread(element: ElementResult) -> list[int | None]:
    """Return how many gave each answer, the lowest first; ``None`` where it is not shown.

    A cell under five is not, nor another from which it could be computed, nor whether one is empty.
    """
    counts = {str(score): count for score, count in enumerate(element.counts, start=1)}
    found = shown(counts)
    if found.shown and not found.hidden:
        return list(element.counts)
    return [found.shown.get(score) for score in counts]


def cost_note(figures: Figures, element: ElementResult) -> str:
    """Return how many answers to the cost question are about services that are free; "" for none.

    Of a free service that answer is constant: it says nothing about the office. Without numbers
    where some are about services that are not known: they could be read from the difference.
    """
    found = figures.cost
    if element.key != COST or not found.free:
        return ""
    if found.unknown:
        return _("Antara lain jawaban tentang layanan gratis, yang biayanya tetap.")
    if not found.charged:
        return _("Biaya tetap: semua jawaban tentang layanan gratis.")
    return _("%(free)s dari %(all)s jawaban tentang layanan gratis, yang biayanya tetap.") % {
        "free": found.free,
        "all": found.free + found.charged,
    }


def weights_text(figures: Figures) -> str:
    """Return the weight of each element as fractions; one if all are equal, "" without answers."""
    if not figures.weights:
        return ""
    if not figures.has_own_weights:
        return _("sama untuk setiap unsur: %s") % next(iter(figures.weights.values()))
    weighed = (
        f"{question.name} {figures.weights[question.key]}"
        for question in sorted(figures.questions.values(), key=lambda one: one.order)
        if question.key in figures.weights
    )
    return "; ".join(weighed)


def too_few_note(figures: Figures) -> str:
    """Return which elements are in no figure because fewer than five answered them; "" for none."""
    if not figures.too_few:
        return ""
    return _(
        "Tidak ditampilkan dan tidak masuk indeks, karena dijawab kurang dari lima orang: "
        "%(names)s."
    ) % {"names": ", ".join(question.name for question in figures.too_few)}


def element_name(figures: Figures, element: ElementResult) -> str:
    """Return the name of an element as the office's questionnaire says it."""
    question = figures.questions.get(element.key)
    return question.name if question else element.key
