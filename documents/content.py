"""Content shared by all official documents: language, letterhead, promised dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import ParamSpec, TypeVar

from django.utils import translation
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from accounts.models import Office
from workflow.formats import day

P = ParamSpec("P")
R = TypeVar("R")


def in_indonesian(build: Callable[P, R]) -> Callable[P, R]:
    """An official document is in Indonesian, independent of the language of the screens."""

    @wraps(build)
    def built(*args: P.args, **kwargs: P.kwargs) -> R:
        with translation.override("id"):
            return build(*args, **kwargs)

    return built


def letterhead(office: Office) -> dict[str, str]:
    """Return the letterhead of ``office``."""
    contact = " · ".join(
        text
        for label, value in (
            (_("Telepon"), office.phone),
            (_("Pos-el"), office.email),
            (_("Laman"), office.website),
        )
        if value
        for text in (f"{label} {value}",)
    )
    return {
        "government": office.government,
        "name": office.name,
        "address": office.address,
        "contact": contact,
        "logo_data_uri": office.emblem,
    }


def promised_day(due_on: date | None, *, provisional: bool) -> str:
    """Return a due date as text, marked as an estimate if its year has no holiday decree yet."""
    text = day(due_on)
    return _("%(day)s (perkiraan)") % {"day": text} if due_on and provisional else text


promised_day_lazy = lazy(promised_day, str)
