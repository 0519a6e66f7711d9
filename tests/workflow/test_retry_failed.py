"""Work that failed for good comes back when an operator asks for it."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command

from notices.models import Notice
from workflow.models import OwedState

THEN = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)


def make_notice(key: str, state: OwedState) -> Notice:
    return Notice.objects.create(
        dedupe_key=key,
        template="permits/received",
        address="a@example.id",
        created_at=THEN,
        next_try_at=THEN,
        attempts=12,
        last_error="mail server away",
        owed_state=state,
    )


@pytest.mark.django_db
def test_only_failed_work_is_owed_again() -> None:
    failed = make_notice("failed", OwedState.FAILED)
    done = make_notice("done", OwedState.DONE)
    out = StringIO()
    call_command("retry_failed", stdout=out)
    failed.refresh_from_db()
    done.refresh_from_db()
    assert (failed.owed_state, failed.attempts) == (OwedState.OWED, 0)
    assert failed.next_try_at > THEN
    assert failed.last_error == "mail server away"
    assert done.owed_state == OwedState.DONE
    assert "Pemberitahuan: 1 diulang." in out.getvalue()
