"""How the controls of forms are written: the simplest without a template, for pages have dozens."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

_INPUTS = frozenset(
    f"django/forms/widgets/{kind}.html"
    for kind in ("text", "hidden", "number", "date", "datetime", "email", "password", "url", "file")
)
_TEXTAREA = "django/forms/widgets/textarea.html"


class Renderer(TemplatesSetting):
    """Django's renderer; an input and a textarea come out the same, ten times as fast."""

    def render(
        self, template_name: str, context: Mapping[str, Any], request: HttpRequest | None = None
    ) -> SafeString:
        """Return the control as HTML."""
        if template_name in _INPUTS:
            return _input(context["widget"])
        if template_name == _TEXTAREA:
            return _textarea(context["widget"])
        return mark_safe(super().render(template_name, dict(context), request))


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = "" if widget["value"] is None else f' value="{_escaped(widget["value"])}"'
    kind, name = _escaped(widget["type"]), _escaped(widget["name"])
    return mark_safe(f'<input type="{kind}" name="{name}"{value}{_attributes(widget["attrs"])}>')


def _textarea(widget: Mapping[str, Any]) -> SafeString:
    name, value = _escaped(widget["name"]), _escaped(widget["value"] or "")
    return mark_safe(
        f'<textarea name="{name}"{_attributes(widget["attrs"])}>\n{value}</textarea>'
    )  # fmt: skip


def _attributes(attributes: Mapping[str, Any]) -> str:
    return "".join(
        f" {_escaped(name)}" if value is True else f' {_escaped(name)}="{_escaped(value)}"'
        for name, value in attributes.items()
        if value is not False
    )


def _escaped(value: object) -> str:
    text = value if isinstance(value, str) else str(value)
    return text if isinstance(text, SafeString) else escape(text)
