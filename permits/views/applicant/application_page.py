"""The page of an application that the applicant must complete: the remaining tasks."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from permits import selectors
from permits.models import Application, Certificate
from permits.selectors import AnswerLine, Checklist
from permits.views.applicant.requirements_page import progress


@dataclass(frozen=True, slots=True)
class Task:
    """One line of ``{% task_list %}``."""

    label: str
    url: str
    meaning: str
    status: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class RemainingTasks:
    """The remaining tasks before the application can be sent."""

    tasks: list[Task]
    ready: bool
    next_url: str


def remaining_tasks(application: Application, checklist: Checklist) -> RemainingTasks:
    """Return the remaining tasks of an application that the applicant must complete."""
    tasks = [_form_task(application, checklist), *_question_tasks(application, checklist)]
    tasks.append(_documents_task(application, checklist))
    ready = all(task.meaning == "good" for task in tasks)
    undone = next((task.url for task in tasks if task.meaning != "good"), "")
    review = page_url("review", application)
    tasks.append(
        Task(
            _("Periksa dan kirim"),
            review,
            "attention" if ready else "neutral",
            _("Siap dikirim") if ready else _("Belum dapat dikirim"),
            "" if ready else _("Selesaikan dahulu langkah di atas."),
        )
    )
    return RemainingTasks(tasks, ready, undone or review)


def page_url(name: str, application: Application) -> str:
    return reverse(f"permits:{name}", args=[application.public_id])


def _to_mend(label: str, url: str, count: int) -> Task:
    status = ngettext("%(n)s perlu diperbaiki", "%(n)s perlu diperbaiki", count) % {"n": count}
    return Task(label, url, "late", status)


def _form_task(application: Application, checklist: Checklist) -> Task:
    missing = len(selectors.form_missing(application))
    label, url = _("Data pemegang izin dan isian permohonan"), page_url("form", application)
    if refused := [line for line in checklist.refused_answers() if not line.asked]:
        return _to_mend(label, url, len(refused))
    if not missing:
        return Task(label, url, "good", _("Lengkap"))
    untouched = not application.holder_name and not application.answers
    if untouched:
        return Task(label, url, "neutral", _("Belum diisi"))
    status = ngettext("%(n)s isian lagi", "%(n)s isian lagi", missing) % {"n": missing}
    return Task(label, url, "attention", status)


def _question_tasks(application: Application, checklist: Checklist) -> list[Task]:
    if not checklist.asked.questions:
        return []
    label, url = _("Pertanyaan penentu"), page_url("questions", application)
    hint = _("Jawaban Anda menentukan berkas yang diminta.")
    if refused := [line for line in checklist.refused_answers() if line.asked]:
        return [_to_mend(label, url, len(refused))]
    open_count = len(checklist.asked.unanswered)
    if not open_count:
        return [Task(label, url, "good", _("Terjawab"))]
    if open_count == len(checklist.asked.questions):
        return [Task(label, url, "neutral", _("Belum dijawab"), hint)]
    status = ngettext("%(n)s lagi", "%(n)s lagi", open_count) % {"n": open_count}
    return [Task(label, url, "attention", status, hint)]


def _documents_task(application: Application, checklist: Checklist) -> Task:
    label, url = _("Berkas persyaratan"), page_url("requirements", application)
    count = progress(checklist)
    if count.refused:
        return _to_mend(label, url, count.refused)
    if checklist.asked.unanswered:
        return Task(label, url, "neutral", count.words, _("Jawab dahulu pertanyaan penentu."))
    if count.complete:
        return Task(label, url, "good", _("Lengkap"))
    return Task(label, url, "attention" if count.done else "neutral", count.words)


def answer_url(application: Application, line: AnswerLine) -> str:
    """Return the URL of the field of one answer."""
    page = page_url("questions" if line.asked else "form", application)
    return f"{page}#id_{line.key}"


def ending_note(application: Application) -> str:
    """Return the reason with which the application was rejected or withdrawn."""
    row = application.records.filter(to=application.status).last()
    return str(row.note) if row else ""


@dataclass(frozen=True, slots=True)
class RefusalText:
    """A refusal for the applicant: the letter, its ground, and what can be done against it."""

    number: str
    ground: str
    remedies: list[str]  # as the letter says it


def refusal_of(letter: Certificate | None) -> RefusalText | None:
    """Return the refusal whose signed letter is ``letter``; ``None`` for a permit."""
    if letter is None or letter.refusal is None:
        return None
    return RefusalText(str(letter), letter.refusal.ground, letter.content["remedies"])
