"""What a module makes once is the same at the beginning of each of its tests."""

from __future__ import annotations

import pytest

from permits.domain.lifecycle import Status
from permits.models import Application

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("turn", ["first", "second"])
def test_no_test_sees_what_another_one_changed(submitted: Application, turn: str) -> None:
    assert submitted.status == Status.SUBMITTED
    assert submitted.applicant.full_name == "Siti Pemohon"
    submitted.status = Status.WITHDRAWN
    submitted.save(update_fields=["status"])
    submitted.applicant.full_name = turn
    submitted.applicant.save(update_fields=["full_name"])


def test_another_file_of_the_same_module_does_not_change_the_first(
    submitted: Application, accepted: Application
) -> None:
    assert submitted.pk != accepted.pk
    assert (submitted.accepted_at, submitted.status) == (None, Status.SUBMITTED)
    assert accepted.records.count() > submitted.records.count()
