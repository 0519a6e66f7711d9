"""The token of a form, and the summary of its errors; ``{% crispy form %}`` draws the fields."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms, template
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.utils.translation import ngettext

register = template.Library()


@register.inclusion_tag("components/once.html")
def once() -> dict[str, object]:
    """``{% once %}`` beside ``{% csrf_token %}``: the form works once (``workflow.once``)."""
    return {"token": uuid4()}


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: forms.BaseForm | BaseFormSet[Any] | None) -> dict[str, object]:
    """``{% error_summary form %}``: every error of a form or formset, linked to its field."""
    errors: list[dict[str, object]] = []
    if isinstance(form, BaseFormSet):
        if form.is_bound:
            errors += [{"message": message} for message in form.non_form_errors()]
            for subform in form.forms:
                errors += _form_errors(subform)
    elif form is not None and form.is_bound:
        errors += _form_errors(form)
    title = ngettext(
        "Ada %(n)s hal yang perlu diperbaiki", "Ada %(n)s hal yang perlu diperbaiki", len(errors)
    )
    return {"errors": errors, "title": title % {"n": len(errors)}}


def _form_errors(form: forms.BaseForm) -> list[dict[str, object]]:
    entries: list[dict[str, object]] = [{"message": message} for message in form.non_field_errors()]
    for bound in form:
        label = str(bound.label).rstrip(" .:?")
        entries += [
            {"message": message, "label": label, "target": _target(bound)}
            for message in bound.errors
        ]
    return entries


def _target(bound: BoundField) -> str:
    """Return the id of the control to focus: of several choices the first, not their group."""
    if bound.id_for_label:
        return bound.id_for_label
    if isinstance(bound.field.widget, forms.RadioSelect) and bound.subwidgets:
        return bound.subwidgets[0].id_for_label
    return bound.auto_id
