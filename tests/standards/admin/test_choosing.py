"""What exists is offered where a code, a number or a heading is written."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from standards.domain.conditions import Operator, parse
from standards.domain.facts import FactKind
from standards.models import StandardVersion
from tests.factories.accounts import make_admin
from tests.factories.standards import make_draft, make_fact

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(client: Client) -> StandardVersion:
    client.force_login(make_admin())
    return make_draft()


def page(row: Any) -> str:
    return reverse(f"admin:standards_{row._meta.model_name}_change", args=[row.pk])


def offered(client: Client, url: str) -> dict[str, Any]:
    shown = client.get(url).content.decode()
    found = re.search(r'<script id="offered" type="application/json">(.+?)</script>', shown)
    assert found
    return dict(json.loads(found[1]))


def test_a_draft_offers_its_facts_and_the_steps_of_its_sop(
    client: Client, draft: StandardVersion
) -> None:
    make_fact(draft, "skala", label="Skala </script>", kind="pilihan", choices_text="Kecil\nBesar")
    lists = offered(client, page(draft))
    named = {"key": "skala", "label": "Skala </script>", "kind": "pilihan"}
    assert {**named, "choices": ["Kecil", "Besar"]} in lists["facts"]
    steps = draft.procedure_links.get().procedure.steps.order_by("order")
    assert lists["steps"][0] == {"value": "1", "label": f"1. {steps[0].activity}"}
    assert len(lists["steps"]) == len(steps)


def test_the_steps_of_a_paper_are_chosen(client: Client, draft: StandardVersion) -> None:
    fields = re.findall(
        r'name="papers-__prefix__-(\w+)"[^>]*data-choose="(\w+)"',
        " ".join(client.get(page(draft)).content.decode().split()),
    )
    assert dict(fields) == {
        "written_at": "steps", "initialed_at": "several_steps", "signed_at": "steps",
    }  # fmt: skip


def test_a_short_page_offers_the_same(client: Client, draft: StandardVersion) -> None:
    url = reverse("admin:standards_standardversion_susun_tarif", args=[draft.pk])
    assert offered(client, url)["facts"] == offered(client, page(draft))["facts"]
    shown = client.get(url).content.decode()
    assert 'data-choose="units"' in shown
    assert 'data-choose="steps"' in shown


def test_an_sop_offers_the_facts_of_the_drafts_that_use_it(
    client: Client, draft: StandardVersion
) -> None:
    procedure = draft.procedure_links.get().procedure
    keys = [fact["key"] for fact in offered(client, page(procedure))["facts"]]
    assert keys == list(draft.facts.order_by("order").values_list("key", flat=True))
    new = offered(client, reverse("admin:standards_procedure_add"))
    assert (new["facts"], new["steps"]) == ([], [])


def test_a_tick_counts_before_it_is_saved(client: Client, draft: StandardVersion) -> None:
    ticks = {fact["key"]: fact for fact in offered(client, page(draft))["ticks"]}
    assert ticks["jenis_permohonan"]["choices"]["kind_closure"] == "Penutupan"
    assert ticks["diwakili"]["tick"] == "represented"
    assert ticks["jenis_pemegang"]["tick"] == "holder"


def test_what_may_be_compared_follows_from_the_kind_and_is_read_as_it_is_written(
    client: Client, draft: StandardVersion
) -> None:
    lists = offered(client, page(draft))
    assert set(lists["kinds"]) == set(FactKind)
    assert "at_least" in lists["kinds"]["luas"]
    assert "at_least" not in lists["kinds"]["pilihan"]
    assert lists["kinds"]["nik"] == ["given", "not_given"]
    for operator, sign in lists["signs"].items():
        value = {"given": "", "not_given": "", "one_of": " a | b"}.get(operator, " a")
        (comparison,) = parse(f"nib {sign}{value}").comparisons()
        assert comparison.operator == Operator(operator)
