"""Four eyes: nobody approves or signs what they wrote themselves.

UU 30/2014, articles 42 to 45: no official decides in a matter of their own. Permits, answers to
complaints and reports ask this one rule.
"""

from __future__ import annotations

from collections.abc import Collection


def breaks_four_eyes(
    person: int, authors: Collection[int], *, answered_by_one: bool = False
) -> bool:
    """Return whether ``person`` would approve or sign a text of which they wrote any revision.

    ``authors`` are the keys of the authors of all revisions, not only of the current one.

    ``answered_by_one``: the published standard of the office lets one person answer, so that the
    author approves and signs. Pekanbaru's standard, component 6 letter c: "Apabila pengaduan
    tergolong dalam kategori pengaduan ringan, maka personil yang menangani akan menjawab secara
    langsung." The same holds where the only other approver stands outside the office
    (``complaints.domain.ladder.author_signs``).
    """
    return person in authors and not answered_by_one
