# ruff: noqa: S308
"""The fields of forms, as tags. All of them are built in: no ``{% load %}``."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from portal.templatetags import components

register = template.Library()


def icon(name: str) -> SafeString:
    """Return the icon as HTML."""
    return render_to_string("components/icon.html", components.icon(name))


def _part(markup: str, text: object) -> SafeString:
    """Return ``text`` in its markup, or nothing."""
    return format_html(markup, text) if text else SafeString("")


# Forms ---------------------------------------------------------------------------------------

_EMPTY_FORMS: dict[object, str] = {}  # the visible fields of empty forms, by their looks


def _first_choice(bound: BoundField) -> str:
    """The id of the first of several choices: a link to their group would focus nothing."""
    choices = bound.subwidgets if _kind(bound.field.widget) == "choices" else []
    vars(bound).pop("subwidgets", None)  # the field draws them later, with their classes
    return choices[0].id_for_label if choices else ""


def _form_errors(form: forms.BaseForm) -> list[dict[str, object]]:
    found: list[dict[str, object]] = [{"message": message} for message in form.non_field_errors()]
    for bound in form:
        target = bound.id_for_label or _first_choice(bound) or bound.auto_id
        label = str(bound.label).rstrip(" .:?")
        found += [
            {"message": message, "label": label, "target": target} for message in bound.errors
        ]
    return found


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: forms.BaseForm | BaseFormSet[Any] | None) -> dict[str, object]:
    """``{% error_summary form %}``: every fault of a form or formset, linked to its field."""
    errors: list[dict[str, object]] = []
    if isinstance(form, BaseFormSet):
        if form.is_bound:
            errors += [{"message": message} for message in form.non_form_errors()]
            for one in form.forms:
                errors += _form_errors(one)
    elif form is not None and form.is_bound:
        errors += _form_errors(form)
    title = ngettext(
        "Ada %(n)s hal yang perlu diperbaiki", "Ada %(n)s hal yang perlu diperbaiki", len(errors)
    ) % {"n": len(errors)}
    return {"errors": errors, "title": title}


def _kind(widget: forms.Widget) -> str:
    """Which of the six shapes of field a widget has."""
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.Select):
        return "select"
    if isinstance(widget, forms.MultiWidget | forms.SelectDateWidget):
        return "group"
    return "input"


@register.simple_tag
def relabel(bound: BoundField, label: str) -> str:
    """``{% relabel form.login "Alamat e-mail" %}``: our word in a form of others.

    Stands before the summary of errors, so that both speak of the same thing.
    """
    bound.label = label
    return ""


@register.simple_tag
def field(bound: BoundField, help_text: str | None = None) -> SafeString:
    """``{% field form.email %}``: label, help, control and errors, tied to each other.

    ``help_text`` (empty: none) replaces that of a form that is not ours.
    """
    widget = bound.field.widget
    kind = _kind(widget)
    bound.help_text = bound.help_text if help_text is None else help_text
    classes = {"select": "form-select", "check": "form-check-input", "choices": "form-check-input"}
    names = [widget.attrs.get("class", ""), classes.get(kind, "form-control")]
    if bound.errors:
        names.append("is-invalid")
    if kind != "hidden":
        widget.attrs["class"] = " ".join(name for name in names if name)
    widget.attrs.pop("placeholder", None)  # it vanishes on typing; the label and the help stay
    if kind == "input" and widget.use_fieldset and bound.aria_describedby:
        widget.attrs["aria-describedby"] = bound.aria_describedby  # a file: one control, no group
    return _drawn(bound, kind)


def _drawn(bound: BoundField, kind: str) -> SafeString:
    if kind == "hidden":
        return mark_safe(str(bound))
    label = conditional_escape(bound.label)
    if not bound.field.required and kind != "check":
        label += format_html(' <span class="optional">{}</span>', gettext("(opsional)"))
    if kind in ("choices", "group"):
        return _group(bound, kind, label)
    return format_html(
        _CHECK if kind == "check" else _CONTROL,
        control=bound, label=label, target=bound.id_for_label, notes=_notes(bound),
    )  # fmt: skip


_CHECK = """<div class="field field--check form-check">
  {control}
  <label class="form-check-label" for="{target}">{label}</label>
  {notes}
</div>"""
_CONTROL = """<div class="field">
  <label class="form-label" for="{target}">{label}</label>
  {notes}
  {control}
</div>"""
_GROUP = """<fieldset class="field" id="{}"{}>
  <legend class="form-label">{}</legend>
  {}
  {}
</fieldset>"""
_CHOICE = """<div class="form-check">
    {}
    <label class="form-check-label" for="{}">{}</label>
  </div>"""


def _group(bound: BoundField, kind: str, label: SafeString) -> SafeString:
    """Several controls under one legend."""
    if kind == "group":
        controls = format_html('<div class="cluster">{}</div>', bound)
    else:
        controls = format_html_join(
            "", _CHOICE, ((one.tag(), one.id_for_label, one.choice_label) for one in bound)
        )
    described = _part(' aria-describedby="{}"', bound.aria_describedby)
    return format_html(_GROUP, bound.auto_id, described, label, _notes(bound), controls)


def _notes(bound: BoundField) -> SafeString:
    """Help and errors of one field, with the ids its control names in aria-describedby.

    Help texts are markup by Django's own contract; they are written by us, never typed in.
    """
    said = SafeString("")
    if bound.help_text:
        said = format_html(
            '<div class="form-text" id="{}_helptext">{}</div>',
            bound.auto_id, mark_safe(str(bound.help_text)),
        )  # fmt: skip
    if bound.errors:
        faults = format_html_join("", "<span>{}</span> ", ((fault,) for fault in bound.errors))
        said += format_html(
            '\n<div class="field-error" id="{}_error">{} <div>{}</div></div>',
            bound.auto_id, icon("exclamation-circle"), faults,
        )  # fmt: skip
    return said


@register.simple_tag
def fields(form: forms.BaseForm) -> SafeString:
    """``{% fields form %}``: all fields, in order; faults of the whole form are in the summary.

    ``form.looks`` is what the visible fields depend on while nothing is filled in: those of equal
    looks are written once. A form without it is written each time.
    """
    hidden = "".join([str(bound) for bound in form.hidden_fields()])
    key = (getattr(form, "looks", None), get_language())
    shown = _EMPTY_FORMS.get(key)
    if shown is None:
        shown = "".join([field(bound) for bound in form.visible_fields()])
        if key[0] is not None:
            _EMPTY_FORMS[key] = shown
    return mark_safe(hidden + shown)
