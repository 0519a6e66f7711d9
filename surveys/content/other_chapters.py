"""What the survey report says beside SKM: the second questionnaire, and the office's own questions.

Neither is mixed into the index of SKM.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from reports.domain import content
from surveys.content.trends import trend_blocks
from surveys.services.results import Figures
from surveys.tables import decimal_text, element_name


def ipak_chapter(trend: Sequence[Figures], number: str) -> dict[str, Any]:
    """Return the chapter about IPAK: index, its ten statements, respondents, earlier periods.

    ``trend`` begins with the period of the report. IPAK has no grades of its own: none are printed.
    """
    figures = trend[0]
    if figures.result is None:
        words = _(
            "Kurang dari lima orang menjawab kuesioner IPAK pada periode ini, sehingga indeksnya "
            "tidak ditampilkan."
        )
        blocks = [content.text(words, "ipak-tanpa-hasil")]
    else:
        words = _(
            "Indeks Persepsi Anti Korupsi %(index)s dari 100, dari %(number)s responden. Indeks "
            "ini dihitung terpisah dan tidak masuk Indeks Kepuasan Masyarakat."
        ) % {
            "index": decimal_text(figures.result.index),
            "number": figures.result.respondents,
        }
        rows = [
            [element_name(figures, one), decimal_text(one.value), one.answered]
            for one in figures.result.elements
        ]
        head = [_("Pernyataan"), _("Nilai"), _("Jawaban")]
        blocks = [
            content.text(words, "ipak"),
            content.table(_("Nilai setiap pernyataan IPAK (25 sampai 100)"), head, rows),
        ]
    blocks += trend_blocks(trend, graded=False)
    return content.chapter(_("Indeks Persepsi Anti Korupsi"), *blocks, number=number)


def extras_annex(figures: Sequence[Figures]) -> list[dict[str, Any]]:
    """Return the annex with the answers to the office's own questions; nothing without answers."""
    tables = [
        content.table(
            question.text,
            [_("Jawaban"), _("Jumlah")],
            [
                *[
                    [label, found.shown[label]]
                    for _score, label in question.choices
                    if label in found.shown
                ],
                *([[_("Jawaban lain (disatukan)"), found.hidden]] if found.hidden else []),
            ],
        )
        for one in figures
        for question, found in one.extras
    ]
    if not tables:
        return []
    words = _("Pertanyaan tambahan kantor tidak masuk indeks.")
    annex = content.chapter(
        _("Pertanyaan tambahan"), content.text(words, "tambahan"), *tables, number=_("LAMPIRAN")
    )
    return [annex]
