"""Chapter III of the survey report: who answered, index and elements, what people wrote."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from reports.domain import content
from reports.domain.content import Block
from surveys.domain.index import ElementResult, Result
from surveys.models import Suggestion
from surveys.services.results import Figures
from surveys.tables import (
    cost_note,
    decimal_text,
    element_name,
    grade_words,
    respondents,
    spread,
    too_few_note,
)
from workflow.domain.rounding import percent

_QUOTED = 200  # suggestions that an officer reads before they are printed
_HIDDEN = ("*", "*")  # an answer that fewer than five gave, or that would tell of one
_MEANING = {"A": "good", "B": "good", "C": "attention", "D": "late"}


def results_chapter(figures: Figures, written: QuerySet[Suggestion]) -> dict[str, Any]:
    """Return the chapter; of what people wrote the first ``_QUOTED``, with the number of all."""
    blocks: list[Block] = []
    result = figures.result
    if result is None:
        blocks.append(content.text(_why_empty(figures), "tanpa-hasil"))
    else:
        blocks = [*_respondents(figures), *_elements(figures, result)]
    words = [(str(row.pk), row.text) for row in written[:_QUOTED]]
    blocks.append(content.text(_suggestions_sentence(len(words), written.count()), "saran"))
    blocks.append(content.quotes(words))
    return content.chapter(_("Hasil survei"), *blocks, number="BAB III")


def _why_empty(figures: Figures) -> str:
    if not figures.finished and not figures.answered:
        return _(
            "Tidak ada berkas yang selesai pada periode ini, sehingga tidak ada pelayanan yang "
            "dinilai dan indeks tidak dihitung."
        )
    return _(
        "Kurang dari lima orang menjawab pada periode ini. Agar tidak seorang pun dapat dikenali, "
        "indeks dan rinciannya tidak ditampilkan."
    )


def _suggestions_sentence(quoted: int, written: int) -> str:
    if quoted < written:
        return _(
            "%(quoted)s dari %(written)s saran warga, dipilih acak, dengan kata-kata mereka "
            "sendiri; selebihnya dibaca kantor:"
        ) % {"quoted": quoted, "written": written}
    if quoted:
        return _("Saran warga, dengan kata-kata mereka sendiri:")
    return _("Saran warga tidak ditampilkan karena kurang dari lima orang menulisnya.")


def _respondents(figures: Figures) -> list[Block]:
    head = [_("Kelompok"), _("Jumlah"), "%"]
    tables = [
        content.table(table.title, head, [list(row) for row in table.rows])
        for table in respondents(figures)
        if table.rows
    ]
    if figures.services:
        rows = [
            [
                service.name,
                one.respondents,
                percent(one.respondents, figures.answered),
                decimal_text(one.index),
                one.grade,
                _("biaya tetap (gratis)") if service.pk in figures.free else "",
            ]
            for service, one in figures.services
        ]
        columns = [_("Layanan"), _("Jawaban"), "%", _("Indeks"), _("Mutu"), _("Keterangan")]
        tables.append(content.table(_("Layanan"), columns, rows))
    return tables


def _elements(figures: Figures, result: Result) -> list[Block]:
    ordered = sorted(result.elements, key=lambda one: _order(figures, one))
    named = [(element_name(figures, one), one) for one in ordered]
    sentence = _(
        "Indeks Kepuasan Masyarakat %(index)s, mutu %(grade)s (%(words)s), dari %(number)s jawaban."
    ) % {
        "index": decimal_text(result.index),
        "grade": result.grade,
        "words": grade_words(result.grade).lower(),
        "number": result.respondents,
    }
    ranked = sorted(result.elements, key=lambda one: one.average, reverse=True)
    answers = [
        [
            element_name(figures, one),
            nth,
            _label(figures, one, nth),
            *(_HIDDEN if count is None else (count, percent(count, one.answered))),
        ]
        for one in ordered
        for nth, count in enumerate(spread(one), start=1)
    ]
    return [
        content.text(sentence, "indeks"),
        content.bars(
            _("Nilai setiap unsur (25 sampai 100)"),
            [
                (name, float(one.value), decimal_text(one.value), _MEANING[one.grade])
                for name, one in named
            ],
        ),
        content.table(
            _("Nilai setiap unsur"),
            [_("Unsur"), _("NRR"), _("Nilai"), _("Mutu"), _("Keterangan")],
            [
                [
                    name,
                    decimal_text(one.rounded),
                    decimal_text(one.value),
                    one.grade,
                    cost_note(figures, one),
                ]
                for name, one in named
            ],
        ),
        *_too_few(figures),
        content.table(
            _("Sebaran jawaban setiap unsur"),
            [_("Unsur"), _("Skor"), _("Jawaban"), _("Jumlah"), "%"],
            answers,
        ),
        *_hidden_note(result),
        content.table(
            _("Peringkat unsur"),
            [_("Peringkat"), _("Unsur"), _("Nilai")],
            [
                [place, element_name(figures, one), decimal_text(one.value)]
                for place, one in enumerate(ranked, start=1)
            ],
        ),
    ]


def _too_few(figures: Figures) -> list[Block]:
    words = too_few_note(figures)
    return [content.text(words, "unsur-sedikit")] if words else []


def _hidden_note(result: Result) -> list[Block]:
    if all(None not in spread(one) for one in result.elements):
        return []
    words = _("*: tidak dirinci, agar jawaban yang dipilih kurang dari lima orang tidak dikenali.")
    return [content.text(words, "sebaran-disatukan")]


def _order(figures: Figures, element: ElementResult) -> int:
    question = figures.questions.get(element.key)
    return question.order if question else 0


def _label(figures: Figures, element: ElementResult, score: int) -> str:
    question = figures.questions.get(element.key)
    return dict(question.choices)[score] if question else ""
