"""A number that is on a signed document is never given again."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from permits.models import Certificate, CertificateNumber, NumberRegister
from permits.services import certificates, high_water
from standards.domain.steps import StepKind
from tests.factories.permits import Cast, at_step, make_issued, make_keys
from workflow.domain.errors import DomainError
from workflow.models import AdminTask

pytestmark = pytest.mark.django_db


@pytest.fixture
def restored(cast: Cast, monday: datetime) -> NumberRegister:
    """A register of a backup that is older than the last permit."""
    make_keys(cast)
    issued = Certificate.objects.get(application=make_issued(cast, monday))
    register = issued.number.register
    assert register.last == 1
    NumberRegister.objects.filter(pk=register.pk).update(last=0)
    register.refresh_from_db()
    return register


def sign(cast: Cast, at: datetime) -> Certificate:
    application = at_step(cast, StepKind.SIGN, at)
    text = application.drafts.latest("revision")
    return certificates.sign_certificate(
        application, actor=cast.at("kepala-dinas"), at=at, digest=text.digest
    )


def test_a_register_that_is_behind_gives_no_number(
    restored: NumberRegister, cast: Cast, monday: datetime
) -> None:
    with pytest.raises(DomainError, match="register_behind"):
        sign(cast, monday)
    assert CertificateNumber.objects.count() == 1
    assert high_water.watch_registers(monday) == 1
    task = AdminTask.objects.get(kind="register_behind")
    assert task.facts == {"register": str(restored), "mark": 1, "last": 0}
    assert high_water.watch_registers(monday) == 1
    assert AdminTask.objects.filter(kind="register_behind").count() == 1


def test_an_operator_advances_it(
    restored: NumberRegister, cast: Cast, monday: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("advance_registers")
    restored.refresh_from_db()
    assert restored.last == 0
    call_command("advance_registers", "--apply")
    assert sign(cast, monday).number.value == 2
    call_command("advance_registers")
    assert capsys.readouterr().out.splitlines()[-1] == "Tidak ada buku nomor yang tertinggal."


def test_a_number_is_kept_only_when_the_document_is_signed(
    cast: Cast, monday: datetime, settings: Any
) -> None:
    make_keys(cast)
    sign(cast, monday)
    assert not (Path(settings.AUDIT_DIR) / "registers").exists()
    certificates.sign_due(monday)
    (mark,) = (Path(settings.AUDIT_DIR) / "registers").iterdir()
    assert mark.read_text() == "1\n"
