"""What acting heads did stays listed for the definitive one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from time_machine import TimeMachineFixture

from accounts.models import Appointment, Capacity, User
from accounts.officers import officer_of
from authority.kinds import appointments
from authority.models import ActsSeen, KindOf
from authority.services import proposals
from complaints.services import identity
from permits.services import certificates
from portal.waiting_counts import counts
from standards.domain.steps import StepKind
from tests.factories.accounts import appoint, make_admin
from tests.factories.authority import head_of, propose_stand_in
from tests.factories.complaints import make_complaint, make_complaint_desk
from tests.factories.filing import signed_in
from tests.factories.permits import Cast, at_step, make_keys

pytestmark = pytest.mark.django_db
HEAD, SECRETARY = "kepala-dinas", "sekretaris"


@pytest.fixture
def stand_in(cast: Cast, time_machine: TimeMachineFixture, monday: datetime) -> Appointment:
    """The secretary stands in for the head this week."""
    time_machine.move_to(monday, tick=False)
    make_complaint_desk(cast)
    return appoint(
        cast.at(SECRETARY), head_of(cast.office), date(2026, 11, 16), date(2026, 11, 20),
        Capacity.DAILY,
    )  # fmt: skip


def page_of(user: User) -> str:
    return signed_in(user).get(reverse("portal:acting")).content.decode()


def found(user: User, at: datetime) -> int:
    return counts(officer_of(User.objects.get(pk=user.pk), at)).acting


def test_a_signature_and_an_opening_are_listed(
    cast: Cast, stand_in: Appointment, monday: datetime
) -> None:
    application = at_step(cast, StepKind.SIGN)
    make_keys(cast)
    page = page_of(cast.at(HEAD))
    assert "Tidak ada yang tercatat" in page
    certificates.sign_certificate(
        application, actor=stand_in.user, at=monday, visit=application.current_step_id,
        digest=application.drafts.last().digest,
    )  # fmt: skip
    secret = make_complaint(cast, confidential=True)
    identity.open_identity(secret, actor=stand_in.user, at=monday, reason="Ingin tahu")
    page = page_of(cast.at(HEAD))
    assert "Tanda tangan dokumen" in page
    assert str(application.number) in page
    assert "Pembukaan identitas pengadu" in page
    assert secret.number in page
    assert "Plh. Kepala dinas" in page


def test_what_was_decided_about_people_is_listed(
    cast: Cast, stand_in: Appointment, monday: datetime
) -> None:
    stand_in.capacity = Capacity.ACTING
    stand_in.save()
    head = cast.at(HEAD)
    term = head.appointments.get()
    Appointment.objects.filter(pk=term.pk).update(ended_on=date(2026, 11, 15))
    proposal = propose_stand_in(cast.stranger, cast.office, actor=make_admin(), at=monday)
    proposals.refuse(proposal, actor=stand_in.user, at=monday, note="Belum ada surat keputusan.")
    Appointment.objects.filter(pk=term.pk).update(ended_on=None)
    assert "Keputusan atas usulan wewenang" in page_of(head)


def test_it_waits_until_the_head_has_seen_it_and_stays(
    cast: Cast, stand_in: Appointment, monday: datetime, time_machine: TimeMachineFixture
) -> None:
    head = cast.at(HEAD)
    secret = make_complaint(cast, confidential=True)
    identity.open_identity(secret, actor=stand_in.user, at=monday, reason="Ingin tahu")
    assert found(head, monday) == 1
    browser = signed_in(head)
    assert stand_in.user.full_name in browser.get(reverse("portal:waiting")).content.decode()
    mark = {"until": monday.isoformat()}
    assert browser.post(reverse("portal:acting"), mark).status_code == 302
    assert found(head, monday) == 0
    back = monday + timedelta(days=7)
    time_machine.move_to(back, tick=False)
    assert found(head, back) == 1  # the term is over: once more
    browser = signed_in(head)
    browser.post(reverse("portal:acting"), {"until": back.isoformat()})
    assert found(head, back) == 0
    page = page_of(head)
    assert "Sudah Anda lihat" in page
    assert secret.number in page
    browser.post(reverse("portal:acting"), {"until": back.isoformat()})
    assert ActsSeen.objects.count() == 2


def test_a_mark_never_runs_ahead(cast: Cast, stand_in: Appointment, monday: datetime) -> None:
    browser = signed_in(cast.at(HEAD))
    later = monday + timedelta(days=30)
    browser.post(reverse("portal:acting"), {"until": later.isoformat()})
    assert ActsSeen.objects.get().until == monday
    for wrong in ("", "kemarin", "2026-11-16T09:00:00", "2026-99-99T00:00:00+07:00"):
        assert browser.post(reverse("portal:acting"), {"until": wrong}).status_code == 400


def test_only_the_definitive_head_reads_it(
    cast: Cast, stand_in: Appointment, monday: datetime
) -> None:
    for person in (stand_in.user, cast.at("front-office"), make_admin()):
        browser = signed_in(person)
        assert browser.get(reverse("portal:acting")).status_code == 404
        assert (
            browser.post(reverse("portal:acting"), {"until": monday.isoformat()}).status_code == 404
        )
    assert not ActsSeen.objects.exists()


def test_whoever_is_complained_about_learns_nothing_here(
    cast: Cast, stand_in: Appointment, monday: datetime
) -> None:
    head = cast.at(HEAD)
    secret = make_complaint(cast, confidential=True)
    identity.open_identity(secret, actor=stand_in.user, at=monday, reason="Ingin tahu")
    secret.subjects.add(head)
    assert secret.number not in page_of(head)


def test_a_term_that_was_shortened_hides_nothing(
    cast: Cast, stand_in: Appointment, monday: datetime
) -> None:
    secret = make_complaint(cast, confidential=True)
    at = monday + timedelta(days=2)
    identity.open_identity(secret, actor=stand_in.user, at=at, reason="Ingin tahu")
    facts = appointments.amended_facts(
        stand_in, capacity=Capacity.DAILY, started_on=date(2026, 11, 16),
        ended_on=date(2026, 11, 17),
    )  # fmt: skip
    proposal = proposals.propose(
        KindOf.AMEND, stand_in.user, cast.office, actor=make_admin(), at=at, facts=facts,
        appointment=stand_in,
    )  # fmt: skip
    proposals.confirm(proposal, actor=make_admin(), at=at)
    page = signed_in(cast.at(HEAD)).get(
        reverse("portal:acting"), {"sebelum": "2026-12-01T00:00:00+07:00"}
    )
    assert secret.number in page.content.decode()
