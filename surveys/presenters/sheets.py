"""The questionnaire as a sheet of paper to hand out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Office
from surveys.models import Age, Education, InstrumentVersion, Occupation, Sex


def sheet(office: Office | None, versions: Sequence[InstrumentVersion]) -> dict[str, Any]:
    """Return what the sheet prints. ``office``: ``None`` for a questionnaire built in for all.

    ``respondent``: what may be ticked about who answers, by name.
    """
    return {
        "office": office,
        "versions": versions,
        "respondent": [
            (_("Jenis kelamin"), Sex.labels),
            (_("Umur"), Age.labels),
            (_("Pendidikan terakhir"), Education.labels),
            (_("Pekerjaan"), Occupation.labels),
        ],
    }
