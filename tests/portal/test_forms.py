"""How django-crispy-forms draws the forms of the portal, and the summary of errors above them."""

from __future__ import annotations

from typing import Any

import pytest
from crispy_forms.layout import Layout
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.template import engines
from django.utils.module_loading import import_string
from django.utils.safestring import mark_safe

from portal.account_forms import LoginForm, SignupForm
from workflow.forms.base import Include, PortalForm

MARKUP = '<i hx-post="../periksa/">Isi</i>'
ESCAPED = "&lt;i hx-post=&quot;../periksa/&quot;&gt;Isi&lt;/i&gt;"


class Sample(PortalForm):
    name = forms.CharField(label="Nama lembaga", help_text="Sesuai akta.")
    note = forms.CharField(label="Catatan", required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(label="Bentuk", choices=[("a", "PT"), ("b", "CV")])
    status = forms.ChoiceField(
        label="Modal?", choices=[("a", "Dalam negeri"), ("b", "Asing")], widget=forms.RadioSelect
    )
    sectors = forms.MultipleChoiceField(
        label="Bidang", choices=[("a", "Tani"), ("b", "Dagang")], required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    founded = forms.DateField(label="Berdiri", widget=forms.SelectDateWidget(years=[2025, 2026]))
    deed = forms.FileField(label="Akta", help_text="PDF")
    truth = forms.BooleanField(label="Saya menyatakan benar.")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        raise forms.ValidationError("Berkas ini sudah dikirim.")


class Arranged(Sample):
    """Only two of the fields, in another order, with a template between them."""

    def layout(self) -> Layout:
        return Layout("note", Include("notices/_urgent_hint.html"), "name")


def render(source: str, **context: Any) -> str:
    written: str = engines["django"].from_string(source).render(context)
    return " ".join(written.split())


def field(form: forms.Form, name: str) -> str:
    return render("{{ bound|as_crispy_field }}", bound=form[name])


@pytest.mark.parametrize(
    ("name", "css"),
    [
        ("name", "form-control"),
        ("note", "form-control"),
        ("kind", "form-select"),
        ("status", "form-check-input"),
        ("sectors", "form-check-input"),
        ("founded", "form-control"),
        ("deed", "form-control"),
        ("truth", "form-check-input"),
    ],
)
def test_every_kind_of_field_has_its_label_and_class(name: str, css: str) -> None:
    form = Sample()
    written = field(form, name)
    assert css in written
    assert str(form[name].label) in written
    assert ("(opsional)" in written) is (name in ("note", "sectors"))


@pytest.mark.parametrize("name", ["name", "deed"])
def test_help_and_errors_are_tied_to_the_control(name: str) -> None:
    written = field(Sample({}), name)
    assert f'aria-describedby="id_{name}_helptext id_{name}_error"' in written
    assert f'id="id_{name}_helptext"' in written
    assert f'id="id_{name}_error"' in written
    assert 'aria-invalid="true"' in written
    assert "is-invalid" in written


def test_choices_are_one_group_with_its_error() -> None:
    written = field(Sample({}), "status")
    assert '<fieldset class="field" id="id_status" aria-describedby="id_status_error">' in written
    assert '<legend class="form-label">Modal?' in written
    assert written.count('type="radio"') == 2
    assert written.count('class="form-check-input is-invalid"') == 2
    assert '<label class="form-check-label" for="id_status_1">Asing</label>' in written


def test_the_choice_that_was_made_is_checked() -> None:
    written = field(Sample({"status": "b", "sectors": ["a"]}), "status")
    assert 'value="b" id="id_status_1"' in written
    assert written.index(" checked") > written.index('value="b"')
    assert written.count(" checked") == 1


def test_several_controls_of_one_field_stand_under_one_legend() -> None:
    written = field(Sample({}), "founded")
    assert '<fieldset class="field" id="id_founded" aria-describedby="id_founded_error">' in written
    assert '<legend class="form-label">Berdiri' in written
    assert written.count("<select") == 3


def test_a_whole_form_has_each_field_once_and_hidden_ones_without_labels() -> None:
    written = render("{% crispy form %}", form=Sample())
    assert written.count('<input type="hidden" name="secret"') == 1
    assert written.count('class="form-label"') == 7
    assert "<form" not in written
    assert "csrfmiddlewaretoken" not in written


def test_errors_of_the_whole_form_stand_in_the_summary_alone() -> None:
    assert "sudah dikirim" not in render("{% crispy form %}", form=Sample({}))


def test_a_layout_arranges_the_fields_and_never_loses_a_hidden_one() -> None:
    written = render("{% crispy form %}", form=Arranged())
    assert written.index('name="note"') < written.index('class="hint"')
    assert written.index('class="hint"') < written.index('name="name"')
    assert 'name="secret"' in written
    assert 'name="kind"' not in written


def test_a_layout_with_an_unknown_field_is_an_error() -> None:
    form = Arranged()
    del form.fields["note"]
    with pytest.raises(Exception, match="Could not resolve form field 'note'"):
        render("{% crispy form %}", form=form)


@pytest.mark.parametrize("name", ["name", "note", "kind", "status", "sectors", "deed", "truth"])
def test_label_and_help_are_text(name: str) -> None:
    form = Sample()
    form.fields[name].label = form.fields[name].help_text = MARKUP
    written = field(form, name)
    assert written.count(ESCAPED) == 2
    assert MARKUP not in written


@pytest.mark.parametrize("name", ["kind", "status", "sectors"])
def test_choices_are_text(name: str) -> None:
    form = Sample()
    form.fields[name].choices = [(MARKUP, MARKUP)]  # type: ignore[attr-defined]
    written = field(form, name)
    assert written.count(ESCAPED) == 2
    assert "<i " not in written


def test_errors_are_text() -> None:
    form = Sample({})
    form.add_error("name", MARKUP)
    assert ESCAPED in field(form, "name")
    assert ESCAPED in render("{% error_summary form %}", form=form)


def test_only_a_help_text_that_our_code_marks_keeps_its_markup() -> None:
    form = Sample()
    form.fields["name"].help_text = mark_safe("Lihat <a href='/'>contoh</a>.")
    assert "Lihat <a href='/'>contoh</a>." in field(form, "name")


# The summary


def test_the_summary_links_each_error_to_its_field() -> None:
    written = render("{% error_summary form %}", form=Sample({}))
    assert 'role="alert"' in written
    assert "Ada 7 hal yang perlu diperbaiki" in written
    assert '<a href="#id_name">Nama lembaga: ' in written
    assert '<a href="#id_status_0">Modal: ' in written
    assert '<a href="#id_truth">Saya menyatakan benar: ' in written
    assert "Berkas ini sudah dikirim." in written


def test_no_errors_no_summary() -> None:
    assert render("{% error_summary form %}", form=Sample()) == ""
    assert render("{% error_summary form %}", form=None) == ""


def test_the_summary_reads_a_formset() -> None:
    rows = forms.formset_factory(Sample, extra=2, min_num=3, validate_min=True)
    sent = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-name": "PT Maju"}
    written = render("{% error_summary form %}", form=rows(sent))
    assert '<a href="#id_form-0-kind">' in written
    assert str(rows(sent).non_form_errors()[0]) in written


# Forms of allauth


@pytest.mark.parametrize("path", [*settings.ACCOUNT_FORMS.values(), *settings.MFA_FORMS.values()])
def test_a_form_of_allauth_is_drawn_like_ours(path: str) -> None:
    assert hasattr(import_string(path), "helper")


def test_a_form_of_allauth_has_our_labels_and_no_placeholder() -> None:
    written = render("{% crispy form %}", form=LoginForm(request=HttpRequest()))
    assert ">Alamat e-mail" in written
    assert ">Kata sandi" in written
    assert "placeholder" not in written
    assert "helptext" not in written


def test_the_registration_asks_in_our_order() -> None:
    written = render("{% crispy form %}", form=SignupForm())
    names = ("full_name", "email", "phone", "password1", "password2")
    places = [written.index(f'name="{name}"') for name in names]
    assert places == sorted(places)
    assert "Paling sedikit 12 huruf" in written
