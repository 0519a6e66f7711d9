"""Who signs what they initialled, and a chair that two people hold."""

from __future__ import annotations

import pytest

from accounts.models import Capacity
from demo import samples
from permits import policies
from permits.services import certificates, drafting
from standards.domain.steps import StepKind
from tests.factories.accounts import appoint
from tests.factories.permits import at_step, make_keys
from tests.factories.standards import position_of
from tests.permits.views.at_the_desk import get, words
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db
WORDS = (
    "Penanda tangan juga memberi paraf pada konsep ini sebagai Sekretaris. "
    "Pada hari yang sama jabatan ini juga dipegang Petugas kepala-dinas (Kepala dinas)."
)


@pytest.fixture
def signing(cast, monday):
    """A text initialled by the secretary, who is also Plt. of the head still in office."""
    head = position_of(cast.office, "kepala-dinas")
    appoint(cast.at("sekretaris"), head, capacity=Capacity.ACTING)
    return at_step(cast, StepKind.SIGN, monday)


def sign(application, actor, at):
    digest = drafting.current_draft(application).digest
    return certificates.sign_certificate(application, actor=actor, at=at, digest=digest)


@pytest.mark.usefixtures("calendar")
def test_the_signer_is_warned_and_the_card_says_so(cast, monday, signing, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: monday)
    assert WORDS in words(get(cast.at("sekretaris"), "desk_application", signing))
    make_keys(cast)
    visit = signing.current_step
    sign(signing, cast.at("sekretaris"), monday)
    certificates.sign_due(monday)
    visit.refresh_from_db()
    assert visit.note == WORDS
    assert visit.capacity.startswith("Plt.")


def test_an_office_may_forbid_it(cast, monday, signing):
    cast.office.initials_bar_signing = True
    cast.office.save(update_fields=["initials_bar_signing"])
    application = samples.reload(signing)
    secretary = cast.at("sekretaris")
    assert policies.may_sign(secretary, application, monday).reason == "initials_bar_signing"
    with pytest.raises(DomainError, match="initials_bar_signing"):
        sign(application, secretary, monday)
    assert policies.may_sign(cast.at("kepala-dinas"), application, monday)


def test_who_is_alone_and_initialled_nothing_signs_without_a_remark(cast, monday):
    make_keys(cast)
    application = at_step(cast, StepKind.SIGN, monday)
    visit = application.current_step
    sign(application, cast.at("kepala-dinas"), monday)
    certificates.sign_due(monday)
    visit.refresh_from_db()
    assert visit.note == ""
