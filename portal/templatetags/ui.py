"""The components of every page, as tags; the filters that write dates, instants, money and sizes.

A component receives finished values: objects or dicts with the names given in its docstring. Those
that busy pages are made of (icon, status badge, deadline, outline, facts, timeline) are written in
Python, the others each have one template under ``templates/components/``. All of them are built
in: no ``{% load %}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from typing import Any
from uuid import uuid4

from django import template
from django.template.base import Parser, Token
from django.template.loader import render_to_string
from django.templatetags.i18n import TranslateNode, do_translate
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from workflow.formats import day, day_short, filesize_id, moment, money, when

register = template.Library()
for written in (day, day_short, filesize_id, moment, when):
    register.filter(written)
register.simple_tag(money)

ICONS = Path(__file__).resolve().parents[1] / "static" / "portal" / "vendor" / "bootstrap-icons"
MEANING_ICONS = {
    "good": "check-circle",
    "attention": "exclamation-triangle",
    "late": "exclamation-octagon",
    "neutral": "circle-half",
}
SCRIPTS = {
    "htmx": "portal/vendor/htmx/htmx.min.js",
    "bootstrap": "portal/vendor/bootstrap/bootstrap.bundle.min.js",
}
LEVEL_MEANINGS = {"success": "good", "warning": "attention", "error": "late"}
NEARLY_LATE = 2  # working days left from which a running promise asks for attention


def pick(item: object, name: str, default: Any = "") -> Any:
    """Return ``name`` of an object or a dict, as a template would (so anything may come out)."""
    if isinstance(item, Mapping):
        return item.get(name, default)
    return getattr(item, name, default)


# Small things in long lists ------------------------------------------------------------------


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """``{% icon "search" %}``: a picture beside a word, hidden from readers of the page.

    The file is ``vendor/bootstrap-icons/<name>.svg``; an unknown name is a mistake and raises.
    """
    source = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    body = re.sub(r"\s*\n\s*", "", source[source.index(">") + 1 :])
    return mark_safe(
        f'<svg class="icon" aria-hidden="true" focusable="false" width="16" height="16"'
        f' viewBox="0 0 16 16" fill="currentColor">{body}'
    )


@register.simple_tag
def status_badge(meaning: str, label: str) -> SafeString:
    """``{% status_badge "good" "Lengkap" %}``: good, attention, late or neutral; icon and word."""
    return format_html(
        '<span class="status status--{}">{}<span>{}</span></span>',
        meaning,
        icon(MEANING_ICONS[meaning]),
        label,
    )


def _left(state: str, remaining: int | None) -> str:
    """The distance in words: what stands in brackets after the date."""
    if remaining is None:
        return ""
    days = abs(remaining)
    if state == "met":
        if remaining >= 0:
            return gettext("tepat waktu")
        return ngettext("lewat %(n)s hari kerja", "lewat %(n)s hari kerja", days) % {"n": days}
    if state == "late" or remaining < 0:
        if not days:
            return gettext("lewat waktu")
        return ngettext("terlambat %(n)s hari kerja", "terlambat %(n)s hari kerja", days) % {
            "n": days
        }
    if state == "paused":
        return ngettext("sisa %(n)s hari kerja", "sisa %(n)s hari kerja", days) % {"n": days}
    if not days:
        return gettext("hari terakhir")
    return ngettext("%(n)s hari kerja lagi", "%(n)s hari kerja lagi", days) % {"n": days}


@dataclass(frozen=True, slots=True)
class _Promise:
    """What a deadline shows: everything but its address and its reader."""

    state: str
    due_on: date | None
    remaining: int | None
    provisional: bool

    @property
    def late(self) -> bool:
        return self.state == "late" or (self.remaining is not None and self.remaining < 0)

    @property
    def near(self) -> bool:
        return self.remaining is not None and self.remaining <= NEARLY_LATE

    @property
    def meaning(self) -> str:
        if self.late:
            return "late"
        if self.state == "met":
            return "good"
        return "attention" if self.state == "running" and self.near else "neutral"

    @property
    def picture(self) -> str:
        if self.late:
            return "exclamation-octagon"
        pictures = {"running": "clock", "paused": "pause-circle", "met": "check-circle"}
        return pictures.get(self.state, "hourglass-split")


def _promise(promise: object) -> _Promise:
    return _Promise(
        str(pick(promise, "state") or "not_started"),
        pick(promise, "due_on", None),
        pick(promise, "remaining", None),
        bool(pick(promise, "provisional")),
    )


def _standing(state: str, audience: str) -> str:
    """What is said when there is no date: nothing runs."""
    if state == "paused":
        if audience == "officer":
            return gettext("Waktu berhenti: menunggu pemohon")
        return gettext("Waktu berhenti sampai Anda melengkapi berkas")
    if state == "met":
        return gettext("Selesai")
    if audience == "officer":
        return gettext("Belum berjalan: berkas belum dinyatakan lengkap")
    return gettext("Mulai dihitung setelah berkas dinyatakan lengkap dan benar")


def _time(due_on: date, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', due_on.isoformat(), words)


def _guess(shown: _Promise) -> SafeString:
    """Said after a day for which the holidays are not decreed yet."""
    if not shown.provisional:
        return SafeString("")
    return format_html(' <em class="deadline-guess">{}</em>', gettext("perkiraan"))


@register.simple_tag
def deadline(promise: object) -> SafeString:
    """``{% deadline promise %}`` -> "Jumat, 27 November 2026 (5 hari kerja lagi)".

    ``due_on`` date or None; ``state`` not_started, running, paused, late or met; ``remaining``
    working days (negative: past); ``url`` of the day-by-day count; ``audience``: who reads it,
    applicant or officer; ``provisional``: the holidays of that year are not decreed yet.
    """
    shown = _promise(promise)
    head: str = _standing(shown.state, str(pick(promise, "audience")))
    if shown.due_on is not None:
        head = _time(shown.due_on, day(shown.due_on)) + _guess(shown)
    left = _left(shown.state, shown.remaining)
    tail = format_html(' <span class="deadline-left">({})</span>', left) if left else ""
    how = ""
    if url := pick(promise, "url"):
        words = gettext("Lihat cara menghitung")
        how = format_html(' <a class="deadline-how" href="{}">{}</a>', url, words)
    return format_html(
        '<span class="deadline deadline--{}">{}<span>{}{}{}</span></span>',
        shown.meaning,
        icon(shown.picture),
        head,
        tail,
        how,
    )


@register.simple_tag
def deadline_short(promise: object) -> SafeString:
    """``{% deadline_short promise %}``: the same promise for a table cell, the distance first."""
    return _short(_promise(promise), get_language() or "")


@lru_cache(maxsize=2048)
def _short(shown: _Promise, language: str) -> SafeString:
    """A worklist repeats the same few promises on every row: write each once per language."""
    left = _left(shown.state, shown.remaining)
    words = left or {
        "paused": gettext("menunggu pemohon"),
        "met": gettext("selesai"),
        "running": gettext("berjalan"),
    }.get(shown.state, gettext("belum berjalan"))
    if shown.state == "paused" and left:
        words = gettext("berhenti, %(left)s") % {"left": left}
    tail = ""
    if shown.due_on is not None:
        written = _time(shown.due_on, day_short(shown.due_on)) + _guess(shown)
        tail = format_html('<span class="deadline-day">{}</span>', written)
    return format_html(
        '<span class="deadline deadline--short deadline--{}">{}<span>'
        '<span class="deadline-left">{}</span>{}</span></span>',
        shown.meaning,
        icon(shown.picture),
        words[:1].upper() + words[1:],
        tail,
    )


@register.simple_tag
def outline(items: Iterable[object]) -> SafeString:
    """``{% outline component.items %}``: a tree of ``marker``, ``text``, ``children``.

    The printed markers are kept as they stand in the law ("a.", "1)", "13."), never renumbered.
    """
    rows = [
        (pick(item, "marker"), pick(item, "text"), outline(pick(item, "children", ()) or ()))
        for item in items
    ]
    if not rows:
        return mark_safe("")
    body = format_html_join(
        "",
        '<li class="outline-item"><span class="outline-marker">{}</span>'
        '<div class="outline-text">{}{}</div></li>',
        ((marker or "", _lines(text), children) for marker, text, children in rows),
    )
    plain = "" if any(marker for marker, _, _ in rows) else " outline--plain"
    return format_html('<ol class="outline{}" role="list">{}</ol>', plain, body)


def _lines(text: str) -> SafeString:
    return format_html('<span class="outline-line">{}</span>', text) if text else mark_safe("")


@register.simple_tag
def page_header(title: str, lead: str = "") -> SafeString:
    """``{% page_header title lead %}``: the one h1 of a page, and one sentence about it."""
    return format_html(
        '<h1 class="page-title">{}</h1>\n{}', title, _part('<p class="lead">{}</p>', lead)
    )


@register.simple_tag
def back(url: str, label: str) -> SafeString:
    """``{% back url label %}``: the way back, above the page header."""
    return format_html(
        '<a class="back screen-only" href="{}">{} <span>{}</span></a>',
        url, icon("arrow-left"), label,
    )  # fmt: skip


@register.simple_tag
def facts(rows: Iterable[Sequence[object] | Mapping[str, object]]) -> SafeString:
    """``{% facts rows %}``: labels and values.

    A row is ``(label, value)`` or a dict of ``label``, ``value``, and ``url`` and ``url_label`` of
    the link that changes it. A list becomes bullets; an empty value is said to be empty.
    """
    body = format_html_join(
        "",
        '<div class="fact">\n  <dt>{}</dt>\n  <dd>{}</dd>{}\n</div>\n',
        (
            (row["label"], _value(row["value"]), _change(row))
            if isinstance(row, Mapping)
            else (row[0], _value(row[1]), "")
            for row in rows
        ),
    )
    return format_html('<dl class="facts">\n{}</dl>', body)


def _value(value: object) -> object:
    if isinstance(value, list | tuple) and value:
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", zip(value)))
    if isinstance(value, date):
        return when(value)
    if value or value == 0:
        return localize(value)
    return format_html('<span class="hint">{}</span>', gettext("Tidak diisi"))


def _change(row: Mapping[str, object]) -> SafeString:
    """The link at the end of a row."""
    if not row.get("url"):
        return SafeString("")
    words: object = row.get("url_label") or format_html(
        '{}<span class="visually-hidden"> {}</span>', gettext("Ubah"), row["label"]
    )
    return format_html('\n  <dd class="fact-action"><a href="{}">{}</a></dd>', row["url"], words)


@register.simple_tag
def timeline(rows: Iterable[object]) -> SafeString:
    """``{% timeline rows %}``: what happened.

    Each row: ``when``, ``title``, ``actor``, ``text``, ``meaning`` (optional).
    """
    body = format_html_join(
        "",
        '<li class="event event--{}">\n  <span class="event-when">{}</span>\n'
        '  <span class="event-title">{}</span>{}{}\n</li>\n',
        (
            (
                pick(row, "meaning") or "neutral", when(pick(row, "when")), pick(row, "title"),
                _part('\n  <span class="event-actor">{}</span>', pick(row, "actor")),
                _part('\n  <p class="event-text">{}</p>', pick(row, "text")),
            )
            for row in rows
        ),
    )  # fmt: skip
    return format_html('<ol class="timeline" role="list">\n{}</ol>', body)


def _part(markup: str, text: object) -> SafeString:
    """Return ``text`` in its markup, or nothing."""
    return format_html(markup, text) if text else SafeString("")


@register.simple_tag
def line(template_name: str, row: object, **blanks: object) -> SafeString:
    """``{% line "permits/desk/_queue_row.html" row %}``: a row of a long list, written once.

    The template sees ``row``, a frozen value that is all it depends on: an equal row in the same
    language is not rendered again, whoever asks. What differs each time is named behind the row
    (``csrf_token=csrf_token``): the template leaves a blank there, which is filled in, escaped,
    each time. It may write such a name, also into an address that wants a UUID, but never ask
    about it: that is what ``row`` is for.
    """
    return _written(template_name, row, _escaped(blanks), get_language() or "")


@register.simple_tag
def lines(template_name: str, rows: Iterable[object], **blanks: object) -> SafeString:
    """``{% lines "permits/desk/_queue_row.html" rows %}``: all rows of a long list so written.

    A row with blanks of its own has both: ``kept``, the frozen value, and ``blanks``, by name. A
    list among them holds rows of the same kind, which stand below it.
    """
    return _all_written(template_name, rows, _escaped(blanks), get_language() or "")


def _all_written(
    template_name: str, rows: Iterable[object], given: dict[str, str], language: str
) -> SafeString:
    return mark_safe("".join([_written(template_name, row, given, language) for row in rows]))


def _written(template_name: str, row: object, given: dict[str, str], language: str) -> SafeString:
    own: Mapping[str, object] | None = getattr(row, "blanks", None)
    if own is not None:
        row = row.kept  # type: ignore[attr-defined]
        own = {
            name: _all_written(template_name, value, given, language)
            if isinstance(value, list) else value
            for name, value in own.items()
        }  # fmt: skip
        given = {**given, **_escaped(own)}
    text = _kept(template_name, row, tuple(given), language)
    return mark_safe(text % given if given else text)


def _escaped(blanks: Mapping[str, object]) -> dict[str, str]:
    """As ``conditional_escape`` does it, for a hundred values a page."""
    return {
        name: value.__html__() if hasattr(value, "__html__") else escape(str(value))
        for name, value in blanks.items()
    }


@lru_cache(maxsize=4096)
def _kept(template_name: str, row: object, names: tuple[str, ...], language: str) -> str:
    """A row as text; with blanks in it, as a text for ``%``."""
    marks = {name: _mark(name) for name in names}
    text: str = render_to_string(template_name, {"row": row, **marks})
    if names:
        text = text.replace("%", "%%")
    for name, mark in marks.items():
        text = text.replace(mark, f"%({name})s")
    return text


@cache
def _mark(name: str) -> str:
    """Return what stands in a blank until it is filled in: nobody else can write it."""
    return str(uuid4())


# Components with a template of their own -------------------------------------------------------


@register.inclusion_tag("components/steps.html")
def steps(items: Iterable[object]) -> dict[str, object]:
    """``{% steps items %}``: progress for a citizen.

    Each item: ``label``, ``state`` (done, current, todo), ``when`` (day, instant, words or None),
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
    """``{% notice "attention" "Perhatian" %}…{% endnotice %}``: a box that asks to be read."""
    picture = "info-circle" if meaning == "neutral" else MEANING_ICONS[meaning]
    head = format_html('<p class="notice-title">{}</p>', title) if title else ""
    return format_html(
        '<div class="notice notice--{}">{}<div class="notice-body">{}{}</div></div>',
        meaning,
        icon(picture),
        head,
        content,
    )


@register.filter
def message_meaning(message: object) -> str:
    """``{{ message|message_meaning }}``: one of the four meanings for a Django message."""
    return LEVEL_MEANINGS.get(str(pick(message, "level_tag")), "neutral")


@register.filter
def message_icon(message: object) -> str:
    """``{% icon message|message_icon %}``: the picture of that meaning."""
    meaning = message_meaning(message)
    return "info-circle" if meaning == "neutral" else MEANING_ICONS[meaning]


# Words ---------------------------------------------------------------------------------------


class Sentence(template.Node):
    """``{% translate %}`` of a sentence that is always the same: looked up once in a language."""

    def __init__(self, node: TranslateNode) -> None:
        self._node = node
        self._said: dict[str | None, SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        """Return the sentence in the language of the reader."""
        language = get_language()
        if language not in self._said:
            self._said[language] = SafeString(self._node.render(context))
        return self._said[language]


@register.tag
def translate(parser: Parser, token: Token) -> template.Node:
    """``{% translate "Simpan" %}``: Django's tag; a page has a hundred of them."""
    node = do_translate(parser, token)
    said = node.filter_expression
    always = said.var.literal is not None and not said.filters
    special = node.noop or node.asvar or node.message_context
    return Sentence(node) if always and not special else node


# The skeleton --------------------------------------------------------------------------------


@register.simple_tag
@cache
def script(name: str) -> SafeString:
    """``{% script "htmx" %}``: a deferred script; "htmx", "bootstrap" or a path below static."""
    return format_html('<script src="{}" defer></script>', static(SCRIPTS.get(name, name)))


@register.inclusion_tag("components/nav_link.html", takes_context=True)
def nav_link(
    context: template.Context, name: str, label: str, picture: str, page: str | None = None
) -> dict[str, object]:
    """``{% nav_link "permits:worklist" "Antrean" "inbox" %}``: marks itself when it is the page.

    ``page`` names the page where no request is in sight.
    """
    current = _page(context) if page is None else page
    return {"url": reverse(name), "label": label, "picture": picture, "current": current == name}


def _page(context: template.Context) -> str:
    """Return the name of the address that was asked for."""
    match = getattr(context.get("request"), "resolver_match", None)
    return match.view_name if match is not None else ""


@dataclass(frozen=True, slots=True)
class DeskSide:
    """What stands beside the pages of an officer: all of it but the token of the form in it."""

    site_name: str
    office: str
    position: str
    name: str
    email: str
    unread: int
    complaint_desk: bool
    staff: bool
    page: str


@register.simple_tag(takes_context=True)
def desk_side(context: template.Context) -> SafeString:
    """``{% desk_side %}``: name, account, search and menu beside the pages of an officer."""
    user, desk = context.get("user"), context.get("desk") or {}
    row = DeskSide(
        site_name=str(context.get("site_name", "")),
        office=str(pick(desk, "office") or ""), position=str(pick(desk, "position") or ""),
        name=pick(user, "get_full_name", str)(), email=pick(user, "email"),
        unread=int(str(context.get("unread") or 0)),  # what is lazy has no int of its own
        complaint_desk=bool(context.get("complaint_desk")), staff=bool(pick(user, "is_staff")),
        page=_page(context),
    )  # fmt: skip
    return line("components/_desk_side.html", row, csrf_token=context.get("csrf_token", ""))
