"""The address of a list filters by what its filters offer, and tells nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import Field
from django.test import Client
from django.urls import reverse

from accounts.admin_parts import OfferedFilters
from tests.factories.accounts import make_admin

pytestmark = pytest.mark.django_db
PAGES = sorted(admin.site._registry.items(), key=lambda pair: pair[0]._meta.label)
IDS = [model._meta.label for model, _page in PAGES]


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(make_admin("kepala.admin@contoh.id"))
    return client


def list_of(model: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


@pytest.mark.parametrize(("model", "page"), PAGES, ids=IDS)
def test_no_column_can_be_guessed_letter_by_letter(
    model: Any, page: ModelAdmin[Any], client: Client
) -> None:
    assert isinstance(page, OfferedFilters)
    columns = [column.name for column in model._meta.get_fields() if isinstance(column, Field)]
    for name in columns:
        for operator in ("startswith", "gt", "regex", "contains"):
            assert not page.lookup_allowed(f"{name}__{operator}", "1"), (name, operator)
    answer = client.get(list_of(model), {f"{columns[0]}__startswith": "1"})
    assert answer.status_code == 400


def test_nothing_is_told_through_another_model(client: Client) -> None:
    user = apps.get_model("accounts", "User")
    for lookup in ("emailaddress__email__startswith", "authenticator__data__secret__gte"):
        assert client.get(list_of(user), {lookup: "a"}).status_code == 400


@pytest.mark.parametrize(("model", "page"), PAGES, ids=IDS)
def test_every_filter_of_a_page_works(model: Any, page: ModelAdmin[Any], client: Client) -> None:
    """Every link that the page itself offers opens."""
    shown = client.get(list_of(model))
    changes = shown.context["cl"]
    links = {
        choice["query_string"]
        for spec in changes.filter_specs
        for choice in spec.choices(changes)
        if choice.get("query_string")
    }
    for link in links:
        assert client.get(list_of(model) + link).status_code == 200, link


def test_the_days_of_a_list_open(client: Client) -> None:
    holidays = list_of(apps.get_model("workflow", "Holiday"))
    assert client.get(holidays, {"on__year": "2026"}).status_code == 200
    assert client.get(holidays, {"on__year": "2026", "on__month": "8"}).status_code == 200
