"""The keys that seal identities: changed without losing anybody, lost with everybody."""

from __future__ import annotations

from datetime import datetime
from io import StringIO
from typing import Any

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.management import call_command

from complaints.models import Complaint, IdentityOpening
from complaints.services import identity
from tests.factories.complaints import BUDI, make_complaint, make_complaint_desk
from tests.factories.permits import Cast

pytestmark = pytest.mark.django_db
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def opened(complaint: Complaint, at: datetime) -> identity.Person | None:
    fresh = Complaint.objects.get(pk=complaint.pk)
    return identity.open_for_delivery(fresh, at=at, reason="Uji")


def test_an_old_key_goes_after_everything_was_sealed_anew(
    cast: Cast, monday: datetime, settings: Any
) -> None:
    make_complaint_desk(cast)
    settings.COMPLAINT_KEYS = [OLD]
    complaint = make_complaint(cast, monday)
    settings.COMPLAINT_KEYS = [NEW, OLD]
    assert opened(complaint, monday) == BUDI
    openings = IdentityOpening.objects.count()
    said = StringIO()
    call_command("reseal_identities", stdout=said)
    assert said.getvalue().strip() == "1 identitas disegel ulang."
    assert IdentityOpening.objects.count() == openings
    settings.COMPLAINT_KEYS = [NEW]
    assert opened(complaint, monday) == BUDI


def test_without_the_key_nobody_reads_it(cast: Cast, monday: datetime, settings: Any) -> None:
    make_complaint_desk(cast)
    settings.COMPLAINT_KEYS = [OLD]
    complaint = make_complaint(cast, monday)
    settings.COMPLAINT_KEYS = [NEW]
    with pytest.raises(InvalidToken):
        opened(complaint, monday)
