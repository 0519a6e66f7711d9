"""Work that failed for good comes back when an operator asks for it."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command

from notices.models import Notice
from workflow.models import JobStatus

THEN = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)


def make_notice(key: str, state: JobStatus) -> Notice:
    return Notice.objects.create(
        dedupe_key=key,
        template="permits/received",
        address="a@example.id",
        created_at=THEN,
        next_try_at=THEN,
        attempts=12,
        last_error="mail server away",
        job_status=state,
    )


@pytest.mark.django_db
def test_only_failed_work_is_owed_again() -> None:
    failed = make_notice("failed", JobStatus.FAILED)
    done = make_notice("done", JobStatus.DONE)
    out = StringIO()
    call_command("retry_failed", stdout=out)
    failed.refresh_from_db()
    done.refresh_from_db()
    assert (failed.job_status, failed.attempts) == (JobStatus.QUEUED, 0)
    assert failed.next_try_at > THEN
    assert failed.last_error == "mail server away"
    assert done.job_status == JobStatus.DONE
    assert "Pemberitahuan: 1 diulang." in out.getvalue()
