"""The answers of an applicant, as rows of ``{% facts %}``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from accounts.domain.figures import grouped
from permits import selectors
from permits.models import Application
from permits.selectors import AskedFacts
from standards.domain.facts import FactKind, choices_of, read
from standards.models import Fact


def written(row: Fact, text: str) -> str | date:
    """Return an answer as it is displayed; what cannot be read is displayed as it is stored."""
    value = read(FactKind(row.kind), text, choices_of(row.choices_text))
    if isinstance(value, bool):
        return _("Ya") if value else _("Tidak")
    if isinstance(value, date):
        return value
    if isinstance(value, frozenset):
        return ", ".join(choices_of(text))
    if value is not None and row.kind == FactKind.RUPIAH:
        return f"Rp {grouped(int(value))}"
    if value is not None and row.kind == FactKind.AREA:
        return f"{text} m²"
    return text


def identity_facts(application: Application, url: str = "") -> list[dict[str, object]]:
    """Return the identity of the holder as rows of ``{% facts %}``."""
    rows = []
    for name, label in selectors.IDENTITY.items():
        value, anchor = getattr(application, name), name
        if name == "holder_kind":
            value, anchor = application.get_holder_kind_display(), f"{name}_0"
        link = f"{url}#id_{anchor}" if url else ""
        rows.append({"key": name, "label": label, "value": value, "url": link})
    return rows


def form_facts(
    application: Application, asked: AskedFacts, url: str = ""
) -> list[dict[str, object]]:
    """Return the answers of the service's own form as rows of ``{% facts %}``."""
    return _facts(application, asked, asked.form, url)


def answer_facts(
    application: Application, asked: AskedFacts, url: str = ""
) -> list[dict[str, object]]:
    """Return the deciding questions as rows of ``{% facts %}``."""
    return _facts(application, asked, asked.questions, url)


def _facts(
    application: Application, asked: AskedFacts, rows: Iterable[Fact], url: str
) -> list[dict[str, object]]:
    return [
        {
            "key": asked.name(row),
            "label": row.label,
            "value": written(row, str(application.answers.get(row.key) or "")),
            "url": f"{url}#id_{asked.name(row)}" if url else "",
        }
        for row in rows
    ]
