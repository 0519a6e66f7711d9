"""A button of a desk asks in one order: the method, the desk, the form, the service."""

from __future__ import annotations

import pytest
from django.urls import URLPattern

from complaints import urls_desk as complaints_desk
from permits import urls_desk as permits_desk
from workflow.desk_actions import DeskAction

ACTIONS = [
    pattern
    for pattern in [*permits_desk.urlpatterns, *complaints_desk.urlpatterns]
    if isinstance(pattern, URLPattern)
    and issubclass(getattr(pattern.callback, "view_class", object), DeskAction)
]


def test_both_desks_use_it() -> None:
    assert len(ACTIONS) == 47


@pytest.mark.parametrize("pattern", ACTIONS, ids=lambda pattern: str(pattern.name))
def test_every_button_is_complete(pattern: URLPattern) -> None:
    given = pattern.callback.view_initkwargs  # type: ignore[attr-defined]
    assert set(given) == {"form", "may", "do", "done"}
    assert given["done"]
