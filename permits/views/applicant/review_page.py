"""The review page: what is still missing."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from permits import selectors
from permits.domain.lifecycle import Status
from permits.models import Application
from permits.selectors import Checklist
from permits.selectors.facts import QUESTION
from permits.views.applicant.application_page import answer_url, page_url
from standards.domain.eligibility import deciding, met
from standards.domain.requirements import Need
from standards.eligibility_wording import hindrance


@dataclass(frozen=True, slots=True)
class Missing:
    """Something missing, with the URL of the page where it is completed."""

    text: str
    url: str


def missing(application: Application, checklist: Checklist) -> list[Missing]:
    """Return everything that is still missing, in the order of the pages."""
    form, questions = page_url("form", application), page_url("questions", application)
    requirements = page_url("requirements", application)
    rows = []
    if empty := selectors.form_missing(application):
        labels = ", ".join(empty)
        rows.append(Missing(_("Isian kosong: %(labels)s") % {"labels": labels}, f"{form}?kosong"))
    rows += [
        Missing(
            _("Belum dijawab: %(text)s") % {"text": row.label},
            f"{questions}#id_{checklist.asked.name(row)}",
        )
        for row in checklist.asked.unanswered
    ]
    if application.status == Status.DRAFT:
        rows += [
            Missing(
                _("Tidak dapat dikirim: %(text)s") % {"text": hindrance(row)},
                f"{questions}#id_{QUESTION}{deciding(row.when, checklist.asked.values)}",
            )
            for row in met(application.version.eligibility_rules.all(), checklist.asked.values)
        ]
    rows += [
        Missing(
            _("Perlu diperbaiki: %(text)s") % {"text": line.label}, answer_url(application, line)
        )
        for line in checklist.refused_answers()
    ]
    missing_lines = [line for line in checklist.missing() if line.need is not Need.FORM]
    lines = {line.requirement.pk: line for line in [*missing_lines, *checklist.refused()]}
    rows += [
        Missing(
            (_("Perlu diperbaiki: %(text)s") if line.refused else _("Belum ada: %(text)s"))
            % {"text": line.requirement.text},
            f"{requirements}#syarat-{pk}",
        )
        for pk, line in lines.items()
    ]
    return rows
