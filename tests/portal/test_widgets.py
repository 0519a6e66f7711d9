"""A control written without a template is the one that Django's template would have written."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe

from portal.widgets import Renderer

NASTY = "a\"b<script>'&"
WIDGETS = (
    forms.TextInput(attrs={"class": NASTY, "required": True, "disabled": False, "maxlength": 5}),
    forms.TextInput(attrs={"title": mark_safe("&amp;")}), forms.HiddenInput(),
    forms.NumberInput(attrs={"min": 0, "step": "any"}), forms.DateInput(attrs={"type": "date"}),
    forms.DateTimeInput(), forms.EmailInput(attrs={"autocomplete": None}),
    forms.PasswordInput(render_value=True), forms.URLInput(), forms.FileInput(),
    forms.Textarea(attrs={"rows": 3}), forms.CheckboxInput(),
    forms.Select(choices=[("1", "satu"), (NASTY, NASTY)]),
    forms.RadioSelect(choices=[("1", "satu")]),
)  # fmt: skip
VALUES = (None, "", 0, 1234567, "1", NASTY, mark_safe("<b>"), True, date(2026, 11, 16), " \n x ")


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
def test_each_control_comes_out_as_from_its_template(widget: forms.Widget):
    for value in VALUES:
        ours = widget.render("nama<", value, {"id": "id_nama"}, Renderer())
        theirs = widget.render("nama<", value, {"id": "id_nama"}, TemplatesSetting())
        assert ours == theirs, value


def test_forms_use_it():
    assert isinstance(forms.Form().renderer, Renderer)
