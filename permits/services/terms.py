"""The terms of an application: messages and actions at each mark (docs/deadlines.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import F, QuerySet
from django.utils.functional import Promise as LazyText
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, Position, User
from accounts.selectors import holders, reachable, superiors
from documents.content import promised_day_lazy
from documents.uploads import PDF
from notices import outbox
from permits.content import letters
from permits.domain.lifecycle import AT_A_DESK
from permits.models import Application, ApplicationDeadline, Printout, StepPart
from permits.presenters import progress
from permits.selectors import desks_held
from permits.services import applications, deadlines, numbers, printouts
from permits.services.delays import delay_reason, expected_on
from permits.services.messages import message_context
from workflow import admin_tasks, alarms, transitions, vacancies
from workflow.alarms import Reached, WatchedTerm
from workflow.calendars import calendar_of
from workflow.domain.marks import Mark
from workflow.sweeps import RetryLater

Kind = ApplicationDeadline.Kind
_GRACE_DAYS = 7  # calendar days for an applicant without a warning


MarkHandler = Callable[[Reached, Mark], None]


# Recipients ----------------------------------------------------------------------------------


def _today(application: Application, at: datetime) -> date:
    return application.office.local_date(at)


def _desk(deadline: ApplicationDeadline, at: datetime) -> list[User]:
    """Return who is told for the desks of a deadline; nobody while it is the applicant's turn."""
    told = (person for desk in desks_held(deadline) for person in reachable(desk, at))
    return list({person.pk: person for person in told}.values())


def _notify(
    reached: Reached, mark: Mark, template: str, people: Iterable[User], **facts: Any
) -> None:
    """Enqueue one message to each of ``people`` about this mark of this due date."""
    deadline: ApplicationDeadline = reached.deadline
    application = deadline.application
    attachments = facts.pop("attachments", ())
    for person in people:
        outbox.post(
            f"{_key(deadline)}{deadline.due_at:%Y%m%d%H%M}:{mark.code}:{person.pk}",
            template,
            to=person,
            at=reached.at,
            about=f"application:{application.pk}",
            sender=application.office,
            attachments=attachments,
            **{**_facts(application, person, deadline), **facts},
        )


def _key(deadline: ApplicationDeadline) -> str:
    """Return the prefix of the keys of all messages about this deadline."""
    return f"{deadline.term_name}:{deadline.pk}:"


def _facts(application: Application, person: User, deadline: ApplicationDeadline) -> dict[str, Any]:
    promised = _promised(deadline)
    return {
        **message_context(person, application),
        "promised": promised,
        # the day of another term is not the day on which the permit is promised
        "until": "" if deadline.kind in deadlines.ON_THE_CLOCK else promised,
        "holder": application.holder_name,
        "term": Kind(deadline.kind).label,
        "place": _place(application) if application.number else "",
        "desk": next((desk.name for desk in desks_held(deadline)), ""),
    }


_place = lazy(progress.whereabouts, str)  # "Pemohon" in the language of each recipient


def _promised(deadline: ApplicationDeadline) -> str | LazyText:
    """Return the due date as text."""
    return promised_day_lazy(deadline.due_on, provisional=deadline.provisional)


# Handlers ------------------------------------------------------------------------------------


def _warn_desk(reached: Reached, mark: Mark) -> None:
    if not reached.deadline.in_minutes:
        _notify(reached, mark, "permits/due_soon", _desk(reached.deadline, reached.at))


def _breach(reached: Reached, mark: Mark) -> None:
    """Record the breach; notify the desk, and the applicant about the service term."""
    deadline: ApplicationDeadline = reached.deadline
    if deadline.breached_at is None:
        deadline.breached_at = reached.at
        deadline.save(update_fields=["breached_at"])
    if deadline.kind == Kind.TARGET or deadline.in_minutes:
        return  # recorded only: messages about minutes would be too many
    application = deadline.application
    _notify(reached, mark, "permits/overdue", _desk(deadline, reached.at))
    if deadline.kind == Kind.SERVICE:
        _notify(
            reached,
            mark,
            "permits/breached",
            [application.applicant],
            reason=delay_reason(application, reached.at),
            expected=_expected(application, reached.at),
        )


def _expected(application: Application, at: datetime) -> str | LazyText:
    """Return when the application may be ready, by what is known of the calendar today."""
    calendar = calendar_of(application.office)
    day = expected_on(application, at, calendar)
    return promised_day_lazy(day, provisional=not calendar.is_confirmed(day))


def _escalate(reached: Reached, mark: Mark) -> None:
    """Notify the superior of this level, with the routing card; a vacant one's superior instead.

    For a missing or vacant superior an admin task is opened.
    """
    application = reached.deadline.application
    if application.desk is None or reached.deadline.in_minutes:
        return
    of_step = reached.deadline.kind in (Kind.STEP, Kind.PART)  # a step waits for parts as well
    for desk in desks_held(reached.deadline) if of_step else [application.desk]:
        _tell_superior(reached, mark, desk)


def _tell_superior(reached: Reached, mark: Mark, desk: Position) -> None:
    application = reached.deadline.application
    chain = superiors(desk)
    if mark.level > len(chain):
        if mark.level == 1 and not desk.is_head:
            _ask_for("no_superior", application, desk, reached.at)
        return
    position = chain[mark.level - 1]
    people = reachable(position, reached.at)
    if not holders(position, reached.at):
        _ask_for("no_holder", application, position, reached.at)
    card = (reached.prepared, "kartu-kendali.pdf", PDF)
    attachments = [card] if reached.prepared else []
    _notify(
        reached,
        mark,
        "permits/escalated",
        people,
        attachments=attachments,
        level=mark.level,
        position=position.name,
        desk=desk.name,
    )


def _ask_for(kind: str, application: Application, position: Position, at: datetime) -> None:
    """Open the task ``no_superior`` or ``no_holder`` about ``position``."""
    key = f"{kind.replace('_', '-')}:{position.pk}"
    admin_tasks.open_task(key, kind, at=at, office=application.office, position=position.name)


def _remind(template: str) -> MarkHandler:
    """Return a handler that reminds the applicant."""

    def handle_mark(reached: Reached, mark: Mark) -> None:
        _notify(reached, mark, template, [reached.deadline.application.applicant])

    return handle_mark


def _unless_warned(template: str, handler: MarkHandler) -> MarkHandler:
    """Return ``handler``, postponed for an applicant who was never warned (the sweep did not run).

    They get the warning now, and another week.
    """

    def warned_first(reached: Reached, mark: Mark) -> None:
        deadline: ApplicationDeadline = reached.deadline
        if outbox.posted(_key(deadline)):
            handler(reached, mark)
            return
        deadlines.postpone(deadline, _GRACE_DAYS, reached.at)
        _notify(reached, mark, template, [deadline.application.applicant])

    return warned_first


def _lapse(reached: Reached, mark: Mark) -> None:
    deadline: ApplicationDeadline = reached.deadline
    applications.lapse_application(deadline.application, at=reached.at, days=deadline.term_amount)


def _letter(reached: Reached, mark: Mark) -> None:
    """Not collected within a month: enqueue the letter and notify the desk, which posts it."""
    application = reached.deadline.application
    day = _today(application, reached.at)
    number = numbers.letter_number(application.office, day)
    content = letters.collection_letter(application, number, day)
    printout = printouts.enqueue(
        application, Printout.Kind.LETTER, f"collection:{application.pk}", content, reached.at
    )
    people = [application.applicant, *_desk(reached.deadline, reached.at)]
    _notify(
        reached,
        mark,
        "permits/uncollected",
        people,
        letter=number,
        attachments=[(printouts.path_of(printout), "surat.pdf", PDF)],
    )


def _expire(reached: Reached, mark: Mark) -> None:
    _notify(reached, mark, "permits/expired", [reached.deadline.application.applicant])
    alarms.end(reached.deadline, reached.at)


def _delete_draft(reached: Reached, mark: Mark) -> None:
    """Delete an untouched draft; the sweep of orphans deletes its files."""
    application = reached.deadline.application
    _notify(reached, mark, "permits/draft_deleted", [application.applicant])
    applications.delete_draft(application)


def _handle_marks(handlers: dict[str, MarkHandler]) -> Callable[[Reached], None]:
    def handle(reached: Reached) -> None:
        for mark in reached.marks:
            handlers[mark.act](reached, mark)

    return handle


def _print_card(reached: Reached) -> str:
    """Render the routing card for a superior, outside any transaction; return its path."""
    if reached.deadline.in_minutes or not any(mark.act == "escalate" for mark in reached.marks):
        return ""
    from documents.rendering import RenderError, render_pdf

    deadline: ApplicationDeadline = reached.deadline
    content = letters.routing_card(deadline.application, reached.at)
    try:
        pdf = render_pdf("certificates/routing_card.html", content)
        return default_storage.save(f"cards/{deadline.pk}.pdf", ContentFile(pdf))
    except (RenderError, OSError) as error:
        raise RetryLater(f"{type(error).__name__}: {error}") from error


# The table -----------------------------------------------------------------------------------


def _deadlines(kind: str) -> Callable[[], QuerySet[ApplicationDeadline]]:
    def deadlines_of_kind() -> QuerySet[ApplicationDeadline]:
        return ApplicationDeadline.objects.filter(kind=kind).select_related(
            "application__office",
            "application__service",
            "application__applicant",
            "application__desk",
            "application__current_step__step__role",
            "part__position__office",
        )

    return deadlines_of_kind


def _lock(kind: str) -> Callable[[ApplicationDeadline], ApplicationDeadline | None]:
    def lock(deadline: ApplicationDeadline) -> ApplicationDeadline | None:
        """Lock the application first, then read the deadline again."""
        if not Application.objects.filter(pk=deadline.application_id).exists():
            return None
        transitions.lock(deadline.application)
        return _deadlines(kind)().filter(pk=deadline.pk).first()

    return lock


def _office(deadline: ApplicationDeadline) -> Office:
    return deadline.application.office


_WARNINGS = (Mark("setengah", share=50), Mark("dua-hari", days=-2), Mark("satu-hari", days=-1))
_LATE = (
    Mark("lewat", "breach"),
    Mark("atasan-1", "escalate", days=1, level=1),
    Mark("atasan-2", "escalate", days=2, level=2),
    Mark("atasan-3", "escalate", days=3, level=3),
)
_OFFICE_ACTS: dict[str, MarkHandler] = {
    "warn": _warn_desk,
    "breach": _breach,
    "escalate": _escalate,
}


def _terms() -> Iterator[WatchedTerm]:
    due = Mark("jatuh-tempo", days=0)
    of_office = (
        (Kind.SERVICE, (*_WARNINGS, due, *_LATE)),
        (Kind.TARGET, (_LATE[0],)),
        (Kind.STEP, (due, *_LATE[:2])),
        (Kind.PART, (due, *_LATE[:2])),
        (Kind.CHECK, (due, *_LATE[:3])),
    )
    for kind, marks in of_office:
        yield _term(kind, marks, _OFFICE_ACTS, _print_card)
    silent = _remind("permits/silent")
    yield _term(
        Kind.COMPLETION,
        (
            Mark("setengah", share=50),
            Mark("tujuh-hari", days=-7),
            Mark("sehari", days=-1),
            Mark("gugur", "lapse"),
        ),
        {"warn": silent, "lapse": _unless_warned("permits/silent", _lapse)},
    )
    yield _term(
        Kind.COLLECTION,
        (Mark("setengah", share=50), Mark("sebulan", "letter")),
        {"warn": _remind("permits/collect_soon"), "letter": _letter},
    )
    yield _term(
        Kind.VALIDITY,
        (
            Mark("90-hari", days=-90),
            Mark("30-hari", days=-30),
            Mark("7-hari", days=-7),
            Mark("berakhir", "expire"),
        ),
        {"warn": _remind("permits/expiring"), "expire": _expire},
    )
    yield _term(
        Kind.DRAFT,
        (Mark("14-hari", days=-14), Mark("3-hari", days=-3), Mark("hapus", "delete")),
        {
            "warn": _remind("permits/draft_expiring"),
            "delete": _unless_warned("permits/draft_expiring", _delete_draft),
        },
    )


def _term(
    kind: Kind,
    marks: tuple[Mark, ...],
    handlers: dict[str, MarkHandler],
    prepare: Callable[[Reached], Any] | None = None,
) -> WatchedTerm:
    return WatchedTerm(
        name=f"permits.{kind}",
        label=kind.label,
        marks=marks,
        rows=_deadlines(kind),
        lock=_lock(kind),
        office=_office,
        office_path="application__office",
        counted_by=deadlines.counting_office,
        acts=tuple(handlers),
        answer=_handle_marks(handlers),
        prepare=prepare,
    )


def register() -> None:
    """Register the terms of applications and the kinds of their admin tasks."""
    alarms.register(*_terms())
    vacancies.register("files", lambda: Application.objects.filter(status__in=AT_A_DESK))
    vacancies.register("files", lambda: StepPart.objects.open().annotate(desk=F("position")))
    admin_tasks.add(
        {
            "no_superior": _(
                "Jabatan %(position)s tidak mempunyai atasan. Lengkapi atasannya agar berkas "
                "yang terlambat dapat dilaporkan."
            ),
            "no_holder": _(
                "Tidak ada pejabat pada jabatan %(position)s. Tunjuk pejabatnya agar berkas yang "
                "terlambat ada yang menangani."
            ),
        }
    )
