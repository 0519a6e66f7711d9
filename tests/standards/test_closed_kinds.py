"""Facts about a kind of application that a service does not take from a day on."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from demo import samples
from permits.models import Application
from standards.domain.built_in import ApplicationKind
from standards.models import ClosedKind
from standards.services.built_in import set_built_in
from standards.services.publishing import publish_version
from tests.factories.accounts import make_admin
from tests.factories.admin import added, typed
from tests.factories.filing import signed_in, url
from tests.factories.permits import Cast, make_cast, make_draft_application
from tests.factories.standards import PUBLISHED_AT, make_draft
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 17)  # the day after "monday"
SAID = "Perpanjangan tidak diterima mulai 17 November 2026. Lewat OSS."


@pytest.fixture
def closing() -> Cast:
    """A service that takes new applications and extensions, the latter until tomorrow."""
    cast = make_cast()
    procedure = cast.version.procedure_links.get().procedure
    draft = make_draft(cast.service, procedure, effective_on=date(2026, 2, 1))
    set_built_in(draft, [ApplicationKind.NEW, ApplicationKind.EXTENSION], represented=False)
    version = publish_version(draft, actor=None, at=PUBLISHED_AT)
    ClosedKind.objects.create(
        service=cast.service, kind=ApplicationKind.EXTENSION, closed_from=DAY, note="Lewat OSS."
    )
    return Cast(cast.office, cast.service, version, cast.applicant, cast.stranger, cast.officers)


def drafted(cast: Cast, kind: str, at: datetime) -> Application:
    application = make_draft_application(cast, at)
    answers = {**application.answers, "jenis_permohonan": kind}
    Application.objects.filter(pk=application.pk).update(answers=answers)
    return samples.reload(application)


def test_it_is_sent_the_day_before_and_not_on_the_day(closing: Cast, monday: datetime) -> None:
    tomorrow = monday + timedelta(days=1)
    assert samples.submit(drafted(closing, "Perpanjangan", monday), monday).number
    with pytest.raises(DomainError) as refused:
        samples.submit(drafted(closing, "Perpanjangan", monday), tomorrow)
    assert refused.value.code == "kind_closed"
    assert samples.submit(drafted(closing, "Baru", monday), tomorrow).number


@pytest.mark.parametrize(("days", "errors"), [(0, {}), (1, {"tanya_jenis_permohonan": [SAID]})])
def test_the_form_says_it_at_its_question(
    closing: Cast, monday: datetime, days: int, errors: dict[str, list[str]]
) -> None:
    application = make_draft_application(closing, monday)
    sent = {"tanya_jenis_permohonan": "Perpanjangan", "tanya_tenaga_asing": "tidak"}
    with time_machine.travel(monday + timedelta(days=days), tick=False):
        answer = signed_in(closing.applicant).post(url("questions", application), sent)
    if errors:
        assert answer.context["form"].errors == errors
    else:
        assert answer.status_code == 302


def test_pages_tell_citizens_and_drafts(closing: Cast, client: Client, monday: datetime) -> None:
    draft = drafted(closing, "Perpanjangan", monday)
    service = closing.service
    needs = reverse("permits:needs", args=[service.office.code, service.slug])
    start = reverse("permits:start", args=[service.office.code, service.slug])
    with time_machine.travel(monday + timedelta(days=1), tick=False):
        page = client.get(service.get_absolute_url()).content.decode()
        extension = client.get(needs, {"tanya_jenis_permohonan": "Perpanjangan"}).content.decode()
        new = client.get(needs, {"tanya_jenis_permohonan": "Baru"}).content.decode()
        client.force_login(closing.applicant)
        tasks = client.get(draft.get_absolute_url()).content.decode()
    for shown in (page, extension, new, tasks):
        assert "Perpanjangan tidak diterima mulai" in shown
        assert "17 November 2026" in shown
        assert "Lewat OSS." in shown
    assert start in page
    assert start in new
    assert start not in extension


def test_a_clerk_closes_a_kind_at_once(closing: Cast, client: Client) -> None:
    client.force_login(make_admin())
    page = reverse("admin:standards_service_change", args=[closing.service.pk])
    row = {"kind": "Penutupan", "closed_from": "17/11/2026", "note": ""}
    answer = client.post(
        page, typed(client.get(page), **added(client.get(page), "closed_kinds", row))
    )
    assert answer.status_code == 302
    kinds = closing.service.closed_kinds.values_list("kind", flat=True)
    assert sorted(kinds) == ["Penutupan", "Perpanjangan"]
