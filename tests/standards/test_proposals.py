"""A standard is set by two: one proposes, another reads the difference and confirms."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from authority.models import Status
from authority.services import proposals
from standards.models import StandardVersion
from standards.proposals import open_proposal, propose_publication
from standards.services import drafting, publishing
from tests.factories.accounts import make_admin
from tests.factories.permits import Cast, make_draft_application, make_submitted
from tests.factories.standards import make_draft, make_standard
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 6, 3, 0, tzinfo=UTC)


def changed(version: StandardVersion, **fields: object) -> StandardVersion:
    """Make a draft like ``version`` with other words."""
    draft = drafting.new_draft(version, actor=None, at=AT)
    StandardVersion.objects.filter(pk=draft.pk).update(
        **{"effective_on": version.effective_on, **fields}
    )
    draft.refresh_from_db()
    return draft


def test_one_proposes_and_another_reads_the_difference_and_confirms(client: Client) -> None:
    one, other = make_admin(), make_admin()
    draft = changed(make_standard(), effective_on="2026-02-01", term_amount=4)
    proposal = propose_publication(draft, actor=one, at=AT)
    with pytest.raises(DomainError, match="proposal_open_already"):
        propose_publication(draft, actor=one, at=AT)
    with pytest.raises(DomainError, match="second_own_proposal"):
        proposals.confirm(proposal, actor=one, at=AT)
    client.force_login(other)
    shown = client.get(proposal.get_absolute_url()).content.decode()
    assert "Jangka waktu: 6 menjadi 4 hari kerja." in shown
    assert "Tanggal berlaku" not in shown
    assert "belum dapat menandatangani" in shown  # what the linter says
    assert "Yang memegang jabatan" not in shown
    done = proposals.confirm(proposal, actor=other, at=AT)
    draft.refresh_from_db()
    assert (draft.is_published, draft.published_by) == (True, other)
    assert done.status == Status.CONFIRMED
    assert "Jangka waktu: 6 menjadi 4" in client.get(done.get_absolute_url()).content.decode()
    with pytest.raises(DomainError, match="standard_published"):
        propose_publication(draft, actor=one, at=AT)


def test_what_is_confirmed_is_what_was_proposed() -> None:
    one, other = make_admin(), make_admin()
    draft = make_draft()
    proposal = propose_publication(draft, actor=one, at=AT)
    draft.requirements.update(text="Sesuatu yang lain")
    with pytest.raises(DomainError, match="publication_changed"):
        proposals.confirm(proposal, actor=other, at=AT)
    draft.refresh_from_db()
    assert not draft.is_published
    assert open_proposal(draft) == proposal
    draft.delete()
    assert proposals.premise(proposal, AT) == "publication_changed"
    with pytest.raises(DomainError, match="standard_incomplete"):
        propose_publication(make_draft(product=""), actor=one, at=AT)


def test_a_day_of_a_mistyped_year_is_shown_to_the_second_person(client: Client) -> None:
    draft = make_draft(effective_on=date(202, 1, 5))
    proposal = propose_publication(draft, actor=make_admin(), at=AT)
    client.force_login(make_admin())
    assert "5 Januari 0202" in client.get(proposal.get_absolute_url()).content.decode()


def test_a_correction_replaces_a_version_of_the_same_day_that_nobody_used(cast: Cast) -> None:
    first, on = cast.version, cast.version.effective_on
    assert on is not None
    make_draft_application(cast)
    second = changed(first, term_amount=5)
    assert publishing.replaces(second) == first
    second = publishing.publish_version(second, actor=None, at=AT)
    assert second.corrects == first
    rows = StandardVersion.objects.filter(service=first.service)
    assert list(rows.published()) == list(rows.in_force(on)) == [second]
    assert rows.frozen().count() == 2
    third = publishing.publish_version(changed(second, term_amount=4), actor=None, at=AT)
    assert list(rows.published()) == [third]


def test_a_version_under_which_an_application_was_sent_is_not_replaced(cast: Cast) -> None:
    make_submitted(cast)
    with pytest.raises(DomainError, match="standard_incomplete") as refused:
        publishing.publish_version(changed(cast.version, term_amount=3), actor=None, at=AT)
    assert refused.value.facts["missing"] == [
        "Versi lain layanan ini yang berlaku mulai 5 Januari 2026 sudah dipakai permohonan. "
        "Pilih tanggal lain."
    ]


def test_the_administration_proposes(client: Client) -> None:
    one = make_admin()
    client.force_login(one)
    draft = changed(make_standard(), effective_on="2026-02-01", term_amount=4)
    url = reverse("admin:standards_standardversion_tetapkan", args=[draft.pk])
    assert "Jangka waktu: 6 menjadi 4 hari kerja." in client.get(url).content.decode()
    answer = client.post(url)
    proposal = open_proposal(draft)
    assert proposal is not None
    assert answer["Location"] == proposal.get_absolute_url()
    page = client.get(reverse("admin:standards_standardversion_change", args=[draft.pk]))
    assert proposal.get_absolute_url() in page.content.decode()
    assert "menunggu orang kedua" in page.content.decode()
    StandardVersion.objects.filter(pk=draft.pk).update(term_amount=3)
    page = client.get(reverse("admin:standards_standardversion_change", args=[draft.pk]))
    assert "diubah sesudah penetapannya diusulkan" in page.content.decode()
    again = client.post(url, follow=True)
    assert "Usulan yang sama masih menunggu orang kedua." in again.content.decode()
    assert not StandardVersion.objects.get(pk=draft.pk).is_published
