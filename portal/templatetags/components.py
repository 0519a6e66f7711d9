"""The components that pages are made of: each is a tag and a template.

The templates are in ``templates/components/``. A component receives finished values: objects or
dicts with the names given in its docstring. All tags are built in: no ``{% load %}``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from workflow.deadline_text import DeadlineText
from workflow.domain.clock import Unit
from workflow.formats import when

register = template.Library()

ICONS = Path(__file__).resolve().parents[1] / "static" / "portal" / "vendor" / "bootstrap-icons"
MEANING_ICONS = {
    "good": "check-circle",
    "attention": "exclamation-triangle",
    "late": "exclamation-octagon",
    "neutral": "circle-half",
}


def notice_icon(meaning: str) -> str:
    """Return the name of the picture in a box with this meaning."""
    return "info-circle" if meaning == "neutral" else MEANING_ICONS[meaning]


def _get(item: object, name: str, default: Any = "") -> Any:
    """Return ``name`` of an object or a dict, as a template would (so anything may come out)."""
    if isinstance(item, Mapping):
        return item.get(name, default)
    return getattr(item, name, default)


# Small things in long lists ------------------------------------------------------------------


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """``{% icon "search" %}``: a picture beside a word, hidden from screen readers.

    The file is ``vendor/bootstrap-icons/<name>.svg``. An unknown name raises FileNotFoundError.
    A picture never changes, so it is drawn once: a page has a hundred of them.
    """
    source = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    inside = source[source.index(">") + 1 : source.rindex("</svg>")]
    lines = "".join(line.strip() for line in inside.splitlines())
    drawing = mark_safe(lines)  # noqa: S308 - a vendored file whose digest a test compares
    return render_to_string("components/icon.html", {"drawing": drawing})


@register.inclusion_tag("components/status_badge.html")
def status_badge(meaning: str, label: str) -> dict[str, object]:
    """``{% status_badge "good" "Lengkap" %}``: good, attention, late or neutral; icon and word."""
    return {"meaning": meaning, "icon": MEANING_ICONS[meaning], "label": label}


def _deadline_text(deadline: object) -> DeadlineText:
    return DeadlineText(
        state=str(_get(deadline, "state") or "not_started"),
        due_on=_get(deadline, "due_on", None),
        remaining=_get(deadline, "remaining", None),
        provisional=bool(_get(deadline, "provisional")),
        audience=str(_get(deadline, "audience")),
        url=str(_get(deadline, "url") or ""),
        unit=str(_get(deadline, "unit") or Unit.WORKDAY),
        paused_by=str(_get(deadline, "paused_by") or ""),
    )


@register.inclusion_tag("components/deadline.html")
def deadline(value: object) -> dict[str, object]:
    """``{% deadline promise %}`` -> "Jumat, 27 November 2026 (5 hari kerja lagi)".

    ``value`` has the names of ``workflow.deadline_text.DeadlineText``; each may be missing.
    """
    return {"deadline": _deadline_text(value)}


@register.inclusion_tag("components/deadline_short.html")
def deadline_short(value: object) -> dict[str, object]:
    """``{% deadline_short promise %}``: the same deadline for a table cell, the distance first."""
    return {"deadline": _deadline_text(value)}


@register.inclusion_tag("components/outline.html")
def outline(items: Iterable[object] | None) -> dict[str, object]:
    """``{% outline component.items %}``: a tree of ``marker``, ``text``, ``children``.

    The printed markers stay as they are in the law ("a.", "1)", "13."), never renumbered.
    """
    listed = list(items or ())
    return {"items": listed, "has_markers": any(_get(item, "marker") for item in listed)}


# Page furniture ------------------------------------------------------------------------------


@register.inclusion_tag("components/page_header.html")
def page_header(title: str, lead: str = "") -> dict[str, object]:
    """``{% page_header title lead %}``: the one h1 of a page, and one sentence about it."""
    return {"title": title, "lead": lead}


@register.inclusion_tag("components/back.html")
def back(url: str, label: str) -> dict[str, object]:
    """``{% back url label %}``: the way back, above the page header."""
    return {"url": url, "label": label}


@register.inclusion_tag("components/facts.html")
def facts(rows: Iterable[Sequence[object] | Mapping[str, object]]) -> dict[str, object]:
    """``{% facts rows %}``: labels and values.

    A row is ``(label, value)`` or a dict of ``label``, ``value``, and ``url`` and ``url_label`` of
    the link that changes it. A list becomes bullets; an empty value is shown as empty.
    """
    return {"rows": [_fact(row) for row in rows]}


def _fact(row: Sequence[object] | Mapping[str, object]) -> dict[str, object]:
    fact: dict[str, object]
    fact = dict(row) if isinstance(row, Mapping) else {"label": row[0], "value": row[1]}
    value = fact["value"]
    if isinstance(value, date):
        fact["value"] = when(value)
    fact["is_list"] = isinstance(value, list | tuple)
    fact["is_empty"] = not value and value != 0
    return fact


@register.inclusion_tag("components/timeline.html")
def timeline(rows: Iterable[object]) -> dict[str, object]:
    """``{% timeline rows %}``: what happened.

    Each row: ``when``, ``title``, ``actor``, ``text``, ``meaning`` (optional).
    """
    return {"rows": rows}


@register.inclusion_tag("components/steps.html")
def steps(items: Iterable[object]) -> dict[str, object]:
    """``{% steps items %}``: progress for a citizen.

    Each item: ``label``, ``state`` (done, current, todo, returned, ended), ``when`` (day,
    instant, words or None),
    ``note`` (optional).
    """
    return {"items": items}


@register.inclusion_tag("components/empty.html")
def empty(
    title: str, text: str = "", action_url: str = "", action_label: str = ""
) -> dict[str, object]:
    """``{% empty title text action_url action_label %}``: why a list is empty and what to do."""
    return {"title": title, "text": text, "action_url": action_url, "action_label": action_label}


@register.inclusion_tag("components/task_list.html")
def task_list(items: Iterable[object]) -> dict[str, object]:
    """``{% task_list items %}``: what is left to do.

    Each item: ``label``, ``url`` (empty: cannot start yet), ``meaning``, ``status``, ``hint``.
    """
    return {"items": items}


@register.inclusion_tag("components/paginator.html")
def paginator(page: object) -> dict[str, object]:
    """``{% paginator page %}``: a keyset page with ``previous_url``, ``next_url`` and ``label``."""
    return {"page": page}


@register.simple_block_tag
def notice(content: str, meaning: str, title: str = "") -> SafeString:
    """``{% notice "attention" "Perhatian" %}…{% endnotice %}``: a highlighted box."""
    parts = {"meaning": meaning, "icon": notice_icon(meaning), "title": title, "content": content}
    return render_to_string("components/notice.html", parts)
