"""The answers of an applicant, as rows of ``{% facts %}``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from permits import selectors
from permits.models import Application
from standards.models import FormField, Question


def written(row: FormField, value: object) -> str | date:
    """Return an answer of the form as it is displayed."""
    text = str(value or "")
    if row.kind == FormField.Kind.DATE and text:
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
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


def form_facts(application: Application, url: str = "") -> list[dict[str, object]]:
    """Return the answers of the service's own form as rows of ``{% facts %}``."""
    return [
        {
            "key": f"{selectors.FORM}{row.key}",
            "label": row.label,
            "value": written(row, application.form_data.get(row.key)),
            "url": f"{url}#id_isian_{row.key}" if url else "",
        }
        for row in application.version.form_fields.all()
    ]


def answer_facts(
    application: Application, questions: Iterable[Question], url: str = ""
) -> list[dict[str, object]]:
    """Return the answered questions as rows of ``{% facts %}``."""
    words = {True: _("Ya"), False: _("Tidak"), None: ""}
    return [
        {
            "key": f"{selectors.QUESTION}{question.key}",
            "label": question.text,
            "value": words[application.answers.get(question.key)],
            "url": f"{url}#id_tanya_{question.key}" if url else "",
        }
        for question in questions
    ]
