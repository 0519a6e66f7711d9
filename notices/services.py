"""Delivery of the outbox, digests, and preferences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, time

from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.administered import keeps, rows_kept
from accounts.models import User
from notices import kinds, outbox, sealed
from notices.channels import Carrier, Message, Unreachable, carrier
from notices.models import Addressee, Channel, MessageHours, Notice, Preference
from notices.wording import Wording
from workflow import admin_tasks
from workflow.models import JobStatus
from workflow.sweeps import PermanentFailure, RetryLater, SweepResult, drain_queue, run_job, sweep
from workflow.worker import notify_on_commit

BATCH = 200  # on each channel
_MOST_FILES = 20  # of one digest; each message leads to its file
_PATIENCE = 2  # consecutive failures after which a carrier is skipped until the next run
_LEAVING = (Channel.ACCOUNT, Channel.EMAIL, Channel.SMS, Channel.WHATSAPP)
_DISTURBING = (Channel.EMAIL, Channel.SMS, Channel.WHATSAPP)


# Sending -------------------------------------------------------------------------------------


def deliver_due(at: datetime) -> SweepResult:
    """Send the messages that are due ``at`` this instant, oldest first on each channel.

    Each channel has its own batch, so that an unavailable carrier does not delay the others.
    """
    spare_inactive(at)
    hold_quiet(at)
    ready = Notice.objects.ready(at).order_by("next_try_at")
    notices = Notice.objects.all()
    round_ = _Round()
    channels: dict[int, str] = {}

    def due() -> list[int]:
        found: dict[int, str] = {}
        for channel in _LEAVING:
            if not round_.given_up(channel):
                mine = ready.filter(channel=channel).values_list("pk", flat=True)[:BATCH]
                found |= dict.fromkeys(mine, channel)
        channels.update(found)
        return list(found)

    def act(pk: int) -> bool:
        if round_.given_up(channels[pk]):
            return False
        return run_job(notices, pk, round_.send, at=at)

    try:
        return drain_queue("notices.deliver_due", due, act)
    finally:
        round_.close()


def hold_quiet(at: datetime) -> None:
    """Postpone messages that are not urgent to the end of the quiet hours of their office."""
    for hours in MessageHours.objects.exclude(quiet_from=None).select_related("office"):
        if (end := hours.quiet_end(at)) is not None:
            Notice.objects.ready(at).filter(
                office=hours.office, urgent=False, channel__in=_DISTURBING
            ).update(next_try_at=end)


def spare_inactive(at: datetime) -> None:
    """Keep what is still to be sent to people who have left in their account, unsent."""
    Notice.objects.ready(at).filter(
        recipient__is_active=False, channel__in=(*_DISTURBING, Channel.DIGEST)
    ).update(channel=Channel.ACCOUNT)


class _Round:
    """One run of the sweep: each carrier is opened once, and skipped when unavailable."""

    def __init__(self) -> None:
        self._wording = Wording()
        self._carriers: dict[str, Carrier] = {}
        self._failures: Counter[str] = Counter()

    def given_up(self, channel: str) -> bool:
        return self._failures[channel] >= _PATIENCE

    def send(self, notice: Notice) -> Callable[[], None]:
        """Send one message; a repeat after a crash has the same key."""
        words = self._wording.of(notice)
        files = [(name, _content(path), kind) for path, name, kind in notice.attachments]
        channel = Channel(notice.channel)
        message = Message(
            key=f"notice-{notice.pk}",
            to=_address(notice),
            subject=words.subject,
            text=words.text,
            html=words.html,
            language=notice.language,
            files=files,
        )
        try:
            number = self._carrier(channel).send(message)
        except Unreachable as error:
            self._failures[channel] += 1
            raise _without_address(error, notice) from None
        except (RetryLater, PermanentFailure) as error:
            raise _without_address(error, notice) from None
        self._failures[channel] = 0

        def store() -> None:
            body, context = words.text, notice.context
            kind = kinds.find(notice.template)
            if notice.template == kinds.RENDERED:  # its text may hold a login link
                body, context = "", {}
            elif kind is not None and kind.secret_link:
                body, context = "", kind.without_secret(context)
            Notice.objects.filter(pk=notice.pk).update(
                sent_at=timezone.now(),
                message_id=number,
                subject=words.subject[:200],
                body=body,
                context=context,
            )

        return store

    def _carrier(self, channel: Channel) -> Carrier:
        if channel not in self._carriers:
            self._carriers[channel] = carrier(channel)
        return self._carriers[channel]

    def close(self) -> None:
        for open_carrier in self._carriers.values():
            open_carrier.close()


def _address(notice: Notice) -> str:
    if not sealed.is_sealed(notice.address):
        return notice.address
    found = sealed.unseal(notice.address, notice.channel, timezone.now())
    if not found:
        raise PermanentFailure("no address is known")
    return found


def _without_address(error: Exception, notice: Notice) -> Exception:
    """Return the error without a sealed address, which a server may repeat in its reply."""
    cause = error.__cause__ or error
    return type(error)(type(cause).__name__) if sealed.is_sealed(notice.address) else error


def _content(path: str) -> bytes:
    try:
        with default_storage.open(path) as file:
            return bytes(file.read())
    except OSError as error:  # not rendered yet, or the storage is unavailable
        raise RetryLater(f"{path}: {type(error).__name__}") from error


# The digest ----------------------------------------------------------------------------------


def gather_digests(at: datetime) -> SweepResult:
    """Create one digest mail for each person with waiting messages, once a day."""
    due = Notice.objects.ready(at).filter(channel=Channel.DIGEST)
    people = list(due.order_by("recipient").values_list("recipient", flat=True).distinct()[:BATCH])
    wording = Wording()
    return sweep("notices.gather_digests", people, lambda pk: _gather(pk, at, wording))


@transaction.atomic
def _gather(recipient: int, at: datetime, wording: Wording) -> bool:
    """Create the digest of one person; messages after the day's digest wait for the next.

    Each message is claimed by a conditional update, so that concurrent runs duplicate nothing.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=recipient)
    waiting = Notice.objects.filter(
        recipient=user, channel=Channel.DIGEST, job_status=JobStatus.QUEUED
    )
    lines = list(waiting.order_by("created_at", "pk"))
    if not lines:
        return False
    day, office = timezone.localdate(at), lines[-1].office
    digest, new = Notice.objects.get_or_create(
        dedupe_key=f"digest:{user.pk}:{day}",
        defaults={
            "template": kinds.DIGEST,
            "recipient": user,
            "address": user.email,
            "created_at": at,
            "next_try_at": at,
            "language": lines[-1].language,
            "office": office,
        },
    )
    if not new:
        later = outbox.next_digest(Addressee.objects.filter(user=user).first(), office, at)
        waiting.filter(next_try_at__lte=at).update(next_try_at=later)
        return False
    items: list[dict[str, str]] = []
    files: list[list[str]] = []
    for line in lines:
        words = wording.of(line)
        waiting.filter(pk=line.pk).update(
            job_status=JobStatus.DONE,
            gathered_in=digest,
            subject=words.subject[:200],
            body=words.text,
        )
        path, desk = line.context.get("path", ""), line.context.get("desk", "")
        items.append({"subject": words.subject, "path": path, "desk": desk})
        files += line.attachments
    items.sort(key=lambda item: item["desk"])
    digest.context = {"name": user.full_name, "items": items}
    digest.attachments = _named_apart(files[:_MOST_FILES])
    digest.save(update_fields=["context", "attachments"])
    notify_on_commit("notices.deliver_due")
    return True


def _named_apart(files: list[list[str]]) -> list[list[str]]:
    """Return the attachments with numbers in their names: each message names its own alike."""
    return [
        [path, f"{number}-{name}" if len(files) > 1 else name, media_type]
        for number, (path, name, media_type) in enumerate(files, start=1)
    ]


# What failed ---------------------------------------------------------------------------------


def report_failures(at: datetime) -> int:
    """Notify administrators once a day of the number of failed messages; return the number."""
    stuck = Notice.objects.stuck()
    day = timezone.localdate(at)
    path = f"{reverse('admin:notices_notice_changelist')}?job_status__exact={JobStatus.FAILED}"
    for user in _staff_with("notices.view_notice"):
        kept = rows_kept(user, stuck, "office")
        failed = Counter(kept.order_by().values_list("template", flat=True))
        if not failed:
            continue
        names = {code: kind.name if (kind := kinds.find(code)) else code for code in failed}
        outbox.post(
            f"failed:{day}:{user.pk}",
            "notices/failed",
            to=user,
            at=at,
            name=user.full_name,
            total=failed.total(),
            lines=[f"{names[code]}: {many}" for code, many in failed.most_common()],
            path=path,
        )
    return stuck.count()


def _staff_with(permission: str) -> list[User]:
    staff = User.objects.filter(is_active=True, is_staff=True)
    return [user for user in staff if user.has_perm(permission)]


# What only an administrator can settle -------------------------------------------------------


def report_tasks(at: datetime) -> SweepResult:
    """Tell the administrators of its office once of each open task: it waits for nobody else."""
    people = _staff_with("workflow.view_admintask")
    tasks = {task.pk: task for task in admin_tasks.waiting()}

    def tell(pk: int) -> bool:
        task = tasks[pk]
        path = task.path or reverse("admin:workflow_admintask_changelist")
        key = f"task:{pk}:{task.opened_at:%Y%m%d%H%M%S}"
        if outbox.posted(f"{key}:"):
            return False
        told = [user for user in people if keeps(user, task.office_id)]
        for user in told:
            outbox.post(
                f"{key}:{user.pk}",
                "notices/admin_task",
                to=user,
                at=at,
                name=user.full_name,
                task=admin_tasks.sentence(task),
                path=path,
            )
        return bool(told)

    return sweep("notices.report_tasks", list(tasks), tell)


# Requests of users ---------------------------------------------------------------------------


@transaction.atomic
def enqueue_again(notice: Notice, *, actor: User, at: datetime) -> bool:
    """Enqueue a failed message again; ``False`` if it is not failed any more."""
    failed = Notice.objects.stuck().filter(pk=notice.pk)
    updated = failed.update(
        job_status=JobStatus.QUEUED, attempts=0, next_try_at=at, resent_by=actor, resent_at=at
    )
    notify_on_commit("notices.deliver_due")
    return bool(updated)


def mark_read(user: User, at: datetime, *pks: int) -> None:
    """Mark these messages of the person as read; without keys, all of them."""
    rows = Notice.objects.visible_to(user).unread()
    (rows.filter(pk__in=pks) if pks else rows).update(read_at=at)


@transaction.atomic
def choose(
    user: User,
    *,
    language: str,
    digest_at: time | None,
    phone: str,
    wishes: Mapping[str, Mapping[str, object]],
) -> None:
    """Store a person's language, digest time, telephone, and the channels for each kind."""
    chosen = {"language": language, "digest_at": digest_at}
    Addressee.objects.update_or_create(user=user, defaults=chosen)
    if user.phone != phone:
        user.phone = phone
        user.save(update_fields=["phone", "phone_e164"])
    for code, wish in wishes.items():
        Preference.objects.update_or_create(user=user, kind=kinds.get(code).code, defaults=wish)
