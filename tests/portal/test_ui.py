"""The fields of forms are labelled and tied to help and errors; nothing here needs a database."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from permits.forms.desk import RejectForm, ReturnForm
from permits.models import Application
from portal.templatetags import ui


def render(source: str, **context: object) -> str:
    return " ".join(Template(source).render(Context(context)).split())


# Forms


class Sample(forms.Form):
    name = forms.CharField(label="Nama lembaga", help_text="Sesuai akta.")
    note = forms.CharField(label="Catatan", required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(label="Bentuk", choices=[("a", "PT"), ("b", "CV")])
    status = forms.ChoiceField(
        label="Modal?", choices=[("a", "Dalam negeri"), ("b", "Asing")], widget=forms.RadioSelect
    )
    deed = forms.FileField(label="Akta", help_text="PDF")
    truth = forms.BooleanField(label="Saya menyatakan benar.")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        raise forms.ValidationError("Berkas ini sudah dikirim.")


@pytest.mark.parametrize(
    ("name", "css"),
    [
        ("name", "form-control"),
        ("note", "form-control"),
        ("kind", "form-select"),
        ("status", "form-check-input"),
        ("deed", "form-control"),
        ("truth", "form-check-input"),
    ],
)
def test_every_kind_of_field_has_its_label_and_class(name: str, css: str) -> None:
    form = Sample()
    written = render("{% field bound %}", bound=form[name])
    assert css in written
    assert str(form[name].label) in written
    assert ("(opsional)" in written) is (name == "note")


@pytest.mark.parametrize("name", ["name", "deed"])
def test_help_and_errors_are_tied_to_the_control(name: str) -> None:
    written = render("{% field bound %}", bound=Sample({})[name])
    assert f'aria-describedby="id_{name}_helptext id_{name}_error"' in written
    assert f'id="id_{name}_helptext"' in written
    assert f'id="id_{name}_error"' in written
    assert 'aria-invalid="true"' in written
    assert "is-invalid" in written


def test_choices_are_one_group_with_its_error() -> None:
    written = render("{% field bound %}", bound=Sample({})["status"])
    assert '<fieldset class="field" id="id_status" aria-describedby="id_status_error">' in written
    assert written.count('type="radio"') == 2
    assert '<label class="form-check-label" for="id_status_1">Asing</label>' in written


def test_choices_keep_their_classes_below_a_summary_of_errors() -> None:
    written = render("{% error_summary form %}{% field form.status %}", form=Sample({}))
    assert written.count('class="form-check-input is-invalid"') == 2


def test_a_label_and_a_help_of_ours_replace_those_of_the_form() -> None:
    source = '{% relabel form.name "Nama" %}{% error_summary form %}{% field form.name "" %}'
    written = render(source, form=Sample({}))
    assert ">Nama</label>" in written
    assert '<a href="#id_name">Nama: ' in written
    assert "helptext" not in written


def test_a_placeholder_never_stands_for_a_label() -> None:
    form = Sample()
    form.fields["name"].widget.attrs["placeholder"] = "Nama"
    assert "placeholder" not in render("{% field bound %}", bound=form["name"])


def test_fields_shows_the_hidden_ones_without_labels() -> None:
    written = render("{% fields form %}", form=Sample())
    assert '<input type="hidden" name="secret" id="id_secret">' in written
    assert written.count("form-label") + written.count("form-check-label") == 8


def _note_form(visit: int, *data: dict[str, str], **more: Any) -> ReturnForm:
    return ReturnForm(*data, application=Application(current_step_id=visit), **more)


def test_the_fields_of_empty_forms_of_one_kind_are_written_once_and_each_has_its_visit() -> None:
    first, second = _note_form(5), _note_form(6)
    one, other = (str(ui.fields(form)) for form in (first, second))
    assert 'name="visit" value="5"' in one
    assert 'name="visit" value="6"' in other
    assert one.replace('value="5"', 'value="6"') == other
    plain = "".join(ui.field(bound) for bound in second.visible_fields())
    assert other.endswith(plain)
    with translation.override("en"):
        assert not ui.fields(_note_form(6)).endswith(plain)


def test_what_is_filled_into_a_form_is_not_kept() -> None:
    for form in (_note_form(5, {"note": "Rahasia"}), _note_form(5, initial={"note": "Rahasia"})):
        assert form.looks is None
        assert "Rahasia" in ui.fields(form)
    assert "Rahasia" not in ui.fields(_note_form(5))
    wrong = RejectForm({}, application=Application(current_step_id=5))
    assert "is-invalid" in ui.fields(wrong)
    assert "is-invalid" not in ui.fields(RejectForm(application=Application(current_step_id=5)))


def test_the_summary_links_each_fault_to_its_field() -> None:
    written = render("{% error_summary form %}", form=Sample({}))
    assert 'role="alert"' in written
    assert "Ada 6 hal yang perlu diperbaiki" in written
    assert '<a href="#id_name">Nama lembaga: ' in written
    assert '<a href="#id_status_0">Modal: ' in written
    assert '<a href="#id_truth">Saya menyatakan benar: ' in written
    assert "<li>Berkas ini sudah dikirim.</li>" in written


def test_no_faults_no_summary() -> None:
    assert render("{% error_summary form %}", form=Sample()) == ""
    assert render("{% error_summary form %}", form=None) == ""


def test_the_summary_reads_a_formset() -> None:
    rows = forms.formset_factory(Sample, extra=2, min_num=3, validate_min=True)
    sent = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-name": "PT Maju"}
    written = render("{% error_summary form %}", form=rows(sent))
    assert '<a href="#id_form-0-kind">' in written
    assert f"<li>{rows(sent).non_form_errors()[0]}</li>" in written
