"""Every page opens on PostgreSQL too: what pages say is tested on SQLite alone (docs/adr/0076)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.urls import reverse

from portal import routes
from tests.architecture.test_url_table import OURS, Stage, _just_started, stage

__all__ = ["_just_started", "stage"]
pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
PEOPLE = ("nobody", "applicant", "officer", "complaint-officer", "signer")
ASKED = {"q": "Uji", "tahun": "2026", "cari": "Uji"}  # lists are searched as well


def _lists_and_newest_rows() -> Iterator[str]:
    """Yield the address of every list of the administration, searched, and of a row of each."""
    for model in admin.site._registry:
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield f"{reverse(f'{base}_changelist')}?q=uji"
        yield reverse(f"{base}_changelist")
        newest = model._default_manager.order_by("-pk").first()
        if newest is not None:
            yield reverse(f"{base}_change", args=[newest.pk])


@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_of_the_portal_answers(stage: Stage, person: str) -> None:
    browser = stage.browser(person)
    opened = 0
    for name in OURS:
        if "GET" in routes.TABLE[name].methods:
            for query in ({}, ASKED):
                answer = browser.get(stage.url(name), query)
                assert answer.status_code < 500, (name, query)
                opened += answer.status_code == 200
    assert opened > 20


def test_every_page_of_the_administration_answers(stage: Stage) -> None:
    browser = stage.browser("admin")
    statuses = {address: browser.get(address).status_code for address in _lists_and_newest_rows()}
    assert {address: code for address, code in statuses.items() if code not in (200, 302)} == {}
    assert len(statuses) > 100
