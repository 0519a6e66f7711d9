"""Celery tasks of surveys: each passes the current time to one service."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="surveys.invite_due", ignore_result=True)
def invite_due_task() -> None:
    """Invite the applicants of finished files."""
    from surveys.services.invitations import invite_due

    invite_due(timezone.now())


@shared_task(name="surveys.remind_due", ignore_result=True)
def remind_due_task() -> None:
    """Remind once of invitations that nobody answered."""
    from surveys.services.invitations import remind_due

    remind_due(timezone.now())


@shared_task(name="surveys.close_steps", ignore_result=True)
def close_steps_task() -> None:
    """Hand over the files whose questionnaire was answered."""
    from surveys.services.answers import close_steps

    close_steps(timezone.now())


@shared_task(name="surveys.settle", ignore_result=True)
def settle_task() -> None:
    """Rewrite answers and used invitations together."""
    from surveys.services.settling import settle

    settle(timezone.now())
