"""The answers of an applicant, as rows of ``{% facts %}``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

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
    rows = (
        (_("Izin ini untuk"), application.get_holder_kind_display(), "holder_kind_0"),
        (_("Nama pemegang izin"), application.holder_name, "holder_name"),
        (_("Nama penanggung jawab"), application.responsible_name, "responsible_name"),
        (_("NIK penanggung jawab"), application.national_id, "national_id"),
        (_("Nomor Induk Berusaha (NIB)"), application.business_number, "business_number"),
        (_("Alamat"), application.address, "address"),
        (_("Nomor telepon"), application.phone, "phone"),
    )
    return [
        {"label": label, "value": value, "url": f"{url}#id_{name}" if url else ""}
        for label, value, name in rows
    ]


def form_facts(application: Application, url: str = "") -> list[dict[str, object]]:
    """Return the answers of the service's own form as rows of ``{% facts %}``."""
    return [
        {
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
            "label": question.text,
            "value": words[application.answers.get(question.key)],
            "url": f"{url}#id_tanya_{question.key}" if url else "",
        }
        for question in questions
    ]
