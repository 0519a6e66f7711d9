"""Rendering of messages: the office's own template, or the template files."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape, linebreaks
from django.utils.safestring import mark_safe

from notices import kinds
from notices.domain import words
from notices.models import SHORT_LENGTH, Channel, MessageTemplate, Notice, Shape
from notices.placeholders import fact_words, link, sample, short_sample

_LONGEST = {Channel.SMS: SHORT_LENGTH, Channel.WHATSAPP: 1000}


@dataclass(frozen=True, slots=True)
class Words:
    """The rendered text of one message."""

    subject: str
    text: str
    html: str = ""


class Wording:
    """Renders many messages; the templates of offices are loaded once."""

    def __init__(self) -> None:
        self._own = {
            (row.kind, row.language, row.shape, row.office_id): row
            for row in MessageTemplate.objects.filter(in_use=True)
        }

    def of(self, notice: Notice) -> Words:
        """Return subject, text and HTML of a letter, or the one line of a short message."""
        if notice.template == kinds.RENDERED:
            context = notice.context
            return Words(words.one_line(context["subject"]), context["body"])
        with translation.override(notice.language):
            if notice.channel in _LONGEST:
                return self._short(notice)
            return self._letter(notice)

    def _letter(self, notice: Notice) -> Words:
        own = self._find(notice, Shape.LETTER)
        if own is not None:
            return letter(own, notice.context)
        return _from_files(notice.template, notice.context)

    def _short(self, notice: Notice) -> Words:
        own = self._find(notice, Shape.SHORT)
        longest = _LONGEST[Channel(notice.channel)]
        if own is not None:
            line = words.one_line(words.fill(own.body, _values(notice)))
            return Words("", words.cut(line, longest))
        subject = self._letter(notice).subject
        address = link(notice.context.get("path"))
        line = words.cut(subject, longest - len(address) - 1)
        return Words("", f"{line} {address}".strip())

    def _find(self, notice: Notice, shape: Shape) -> MessageTemplate | None:
        key = (notice.template, notice.language, shape)
        return self._own.get((*key, notice.office_id)) or self._own.get((*key, None))


def letter(own: MessageTemplate, context: Mapping[str, Any]) -> Words:
    """Render an office's own letter; values are escaped for subject, text or HTML."""
    kind = kinds.get(own.kind)
    values = fact_words(kind, context)
    subject = words.one_line(words.fill(own.subject, values))
    template = words.without_empty(own.body, values)
    html_values: dict[str, str] = {name: escape(value) for name, value in values.items()}
    for placeholder in kind.placeholders:
        if placeholder.link and values[placeholder.word]:
            url = html_values[placeholder.word]
            html_values[placeholder.word] = f'<a href="{url}">{url}</a>'
    # template and values are escaped above; only the links and the line breaks are markup
    body = mark_safe(linebreaks(words.fill(escape(template), html_values)))  # noqa: S308
    frame = {
        "subject": subject,
        "office": context.get("office", ""),
        "site_name": settings.SITE_NAME,
    }
    text = words.fill(template, values)
    return Words(
        subject,
        str(render_to_string("notices/_own.txt", {**frame, "body": text})).strip() + "\n",
        str(render_to_string("notices/_own.html", {**frame, "body": body})),
    )


def _values(notice: Notice) -> dict[str, str]:
    return fact_words(kinds.get(notice.template), notice.context)


def _from_files(template: str, context: Mapping[str, Any]) -> Words:
    """Render the template files; the subject is the first line of the text."""
    context_with_site = {**context, "site_url": settings.SITE_URL, "site_name": settings.SITE_NAME}
    html = ""
    text = str(render_to_string(f"notices/{template}.txt", context_with_site))
    with suppress(TemplateDoesNotExist):  # a text-only message
        html = str(render_to_string(f"notices/{template}.html", context_with_site))
    subject, _blank, body = text.partition("\n")
    return Words(words.one_line(subject), body.strip() + "\n", html)


# Samples -------------------------------------------------------------------------------------


def preview(own: MessageTemplate) -> Words:
    """Return the template rendered with sample values."""
    kind = kinds.get(own.kind)
    if own.shape == Shape.SHORT:
        return Words("", short_sample(kind, own.body))
    with translation.override(own.language):
        return letter(own, sample(kind))


def default(kind: kinds.Kind, language: str) -> Words:
    """Return the default letter with its placeholders, as the start for an office's template.

    The footer is left out, because the frame of an office's letter has one.
    """
    context: dict[str, Any] = {
        placeholder.key: [f"{{{placeholder.word}}}"]
        if isinstance(placeholder.sample, tuple)
        else f"{{{placeholder.word}}}"
        for placeholder in kind.placeholders
    }
    with translation.override(language):
        default_letter = _from_files(kind.code, {**context, "bare": True})
    text = default_letter.text.replace(settings.SITE_URL + "{", "{").replace("- {", "{")
    return Words(default_letter.subject, text)
