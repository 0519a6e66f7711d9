"""Filling in an administration page as a browser would: everything shown is sent back."""

from __future__ import annotations

from typing import Any

from django.forms import ModelMultipleChoiceField


def typed(response: Any, **changes: str) -> dict[str, Any]:
    """Return the form on a page as it would be posted unchanged, then with ``changes``.

    A change to ``""`` clears a field; the value ``None`` takes a checkbox's tick away.
    """
    context = response.context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    sent: dict[str, Any] = {}
    for form in forms:
        for field in form:
            value = field.value()
            if isinstance(value, bool):
                if value:
                    sent[field.html_name] = "on"
                continue
            shown = field.field.widget.format_value(field.field.prepare_value(value))
            if isinstance(field.field, ModelMultipleChoiceField):
                sent[field.html_name] = list(field.field.prepare_value(value) or [])
            elif isinstance(shown, list):
                sent[field.html_name] = str(shown[0]) if shown else ""
            else:
                sent[field.html_name] = "" if shown is None else str(shown)
    sent.update(changes)
    return {name: value for name, value in sent.items() if value is not None}


def added(response: Any, prefix: str, *rows: dict[str, str]) -> dict[str, str]:
    """Return what "add another" would send for ``rows`` below a page: changes for ``typed``."""
    formset = next(
        inline.formset
        for inline in response.context["inline_admin_formsets"]
        if inline.formset.prefix == prefix
    )
    total = formset.total_form_count()
    sent = {f"{prefix}-TOTAL_FORMS": str(total + len(rows))}
    for number, row in enumerate(rows, start=total):
        empty = formset.empty_form
        blank = {field.name: field.value() for field in empty}
        for name, value in {**blank, **row}.items():
            if value not in (None, False):
                sent[f"{prefix}-{number}-{name}"] = "on" if value is True else str(value)
    return sent


def problems(response: Any) -> list[str]:
    """Return what a page that came back complains about; empty when it went on."""
    if response.status_code != 200 or "errors" not in (response.context or {}):
        return []
    found: list[str] = []
    for error in response.context["errors"]:
        found += map(str, error) if isinstance(error, list) else [str(error)]
    return found
