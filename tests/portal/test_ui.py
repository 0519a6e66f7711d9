"""Each component says what its docstring promises; nothing here needs a database."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import path, resolve
from django.utils import translation

from permits.forms.desk import RejectForm, ReturnForm
from permits.models import Application
from portal.templatetags import ui
from workflow.formats import day, day_short, filesize_id, moment, money, when

FRIDAY = date(2026, 11, 27)
WIT = ZoneInfo("Asia/Jayapura")


def _page(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("antrean/", _page, name="worklist"), path("register/", _page, name="register")]


def render(source: str, **context: object) -> str:
    return " ".join(Template(source).render(Context(context)).split())


# Dates, instants, money, sizes


def test_a_day_names_its_weekday() -> None:
    assert day(FRIDAY) == "Jumat, 27 November 2026"
    assert day_short(date(2026, 8, 3)) == "3 Agu 2026"
    assert day(None) == day_short(None) == ""


def test_a_day_follows_the_language_of_the_reader() -> None:
    with translation.override("en"):
        assert day(FRIDAY) == "Friday, 27 November 2026"
        assert day_short(FRIDAY) == "27 Nov 2026"
    assert day(FRIDAY) == "Jumat, 27 November 2026"


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        ("Asia/Jakarta", "27 Nov 2026 22.30 WIB"),
        (ZoneInfo("Asia/Makassar"), "27 Nov 2026 23.30 WITA"),
        ("Asia/Jayapura", "28 Nov 2026 00.30 WIT"),
        (None, "27 Nov 2026 22.30 WIB"),
        ("", "27 Nov 2026 22.30 WIB"),
    ],
)
def test_a_moment_is_told_where_the_office_stands(
    zone: str | ZoneInfo | None, written: str
) -> None:
    assert moment(datetime(2026, 11, 27, 15, 30, tzinfo=ZoneInfo("UTC")), zone) == written


def test_a_moment_in_english_has_a_colon() -> None:
    with translation.override("en"):
        assert moment(datetime(2026, 11, 27, 9, 5, tzinfo=WIT), WIT) == "27 Nov 2026 09:05 WIT"


def test_when_takes_a_day_an_instant_or_words() -> None:
    assert when(FRIDAY) == "Jumat, 27 November 2026"
    assert when(datetime(2026, 11, 27, 7, 5, tzinfo=ZoneInfo("Asia/Jakarta"))).endswith("07.05 WIB")
    assert when("kemarin") == "kemarin"
    assert when(None) == ""


@pytest.mark.parametrize(
    ("rupiah", "written"),
    [
        (0, "Gratis"),
        (None, "Belum ditetapkan"),
        (50000, "Rp\N{NO-BREAK SPACE}50.000"),
        (Decimal("1000000.00"), "Rp\N{NO-BREAK SPACE}1.000.000"),
    ],
)
def test_money_is_written_as_the_law_writes_it(rupiah: int | None, written: str) -> None:
    assert money(rupiah) == written


@pytest.mark.parametrize(
    ("size", "written"),
    [
        (None, ""),
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1 kB"),
        (1_432_000, "1,4 MB"),
        (9_960_000, "10 MB"),
        (999_900, "1 MB"),
        (10_485_760, "10 MB"),
    ],
)
def test_a_size_reads_as_on_a_phone(size: int | None, written: str) -> None:
    assert filesize_id(size).replace("\N{NO-BREAK SPACE}", " ") == written


# Small things in long lists


def test_an_icon_is_hidden_from_readers_of_the_page() -> None:
    picture = render('{% icon "search" %}')
    assert picture.startswith('<svg class="icon" aria-hidden="true"')
    assert picture.endswith("</svg>")


def test_an_unknown_icon_is_a_mistake() -> None:
    with pytest.raises(FileNotFoundError):
        ui.icon("no-such-picture")


@pytest.mark.parametrize("meaning", ["good", "attention", "late", "neutral"])
def test_a_status_has_an_icon_and_a_word(meaning: str) -> None:
    badge = render("{% status_badge meaning label %}", meaning=meaning, label="Lengkap & benar")
    assert f"status--{meaning}" in badge
    assert "<svg" in badge
    assert "<span>Lengkap &amp; benar</span>" in badge


@pytest.mark.parametrize(
    ("promise", "meaning", "said"),
    [
        ({"state": "running", "remaining": 5}, "neutral", "(5 hari kerja lagi)"),
        ({"state": "running", "remaining": 2}, "attention", "(2 hari kerja lagi)"),
        ({"state": "running", "remaining": 0}, "attention", "(hari terakhir)"),
        ({"state": "running", "remaining": -1}, "late", "(terlambat 1 hari kerja)"),
        ({"state": "late", "remaining": -3}, "late", "(terlambat 3 hari kerja)"),
        ({"state": "late", "remaining": 0}, "late", "(lewat waktu)"),
        ({"state": "met", "remaining": 2}, "good", "(tepat waktu)"),
        ({"state": "met", "remaining": -2}, "late", "(lewat 2 hari kerja)"),
    ],
)
def test_a_deadline_says_the_day_and_how_far(
    promise: dict[str, object], meaning: str, said: str
) -> None:
    written = render("{% deadline promise %}", promise={**promise, "due_on": FRIDAY})
    assert f"deadline--{meaning}" in written
    assert '<time datetime="2026-11-27">Jumat, 27 November 2026</time>' in written
    assert said in written


@pytest.mark.parametrize(
    ("promise", "said"),
    [
        ({"state": "not_started"}, "Mulai dihitung setelah berkas dinyatakan lengkap dan benar"),
        ({"state": "not_started", "audience": "officer"}, "berkas belum dinyatakan lengkap"),
        ({"state": "paused"}, "Waktu berhenti sampai Anda melengkapi berkas"),
        ({"state": "paused", "remaining": 4, "audience": "officer"}, "(sisa 4 hari kerja)"),
        ({"state": "met"}, "Selesai"),
        ({}, "Mulai dihitung"),
    ],
)
def test_a_clock_that_stands_has_no_date(promise: dict[str, object], said: str) -> None:
    written = render("{% deadline promise %}", promise=promise)
    assert said in written
    assert "<time" not in written


def test_a_deadline_links_to_its_count_when_there_is_one() -> None:
    promise = SimpleNamespace(due_on=FRIDAY, state="running", remaining=5, url="/hitungan/")
    assert '<a class="deadline-how" href="/hitungan/">' in render("{% deadline p %}", p=promise)
    promise.url = ""
    assert "<a" not in render("{% deadline p %}", p=promise)


@pytest.mark.parametrize(
    ("promise", "said"),
    [
        ({"state": "running", "remaining": 5, "due_on": FRIDAY}, "5 hari kerja lagi"),
        ({"state": "late", "remaining": -3, "due_on": FRIDAY}, "Terlambat 3 hari kerja"),
        ({"state": "paused", "remaining": 4}, "Berhenti, sisa 4 hari kerja"),
        ({"state": "paused"}, "Menunggu pemohon"),
        ({"state": "met", "remaining": 0, "due_on": FRIDAY}, "Tepat waktu"),
        ({"state": "met", "due_on": FRIDAY}, "Selesai"),
        ({"state": "not_started"}, "Belum berjalan"),
    ],
)
def test_a_deadline_in_a_table_says_the_distance_first(
    promise: dict[str, object], said: str
) -> None:
    assert f'<span class="deadline-left">{said}</span>' in render(
        "{% deadline_short promise %}", promise=promise
    )


def test_an_outline_keeps_the_printed_markers() -> None:
    tree = [
        {"marker": "a.", "text": "Umum:", "children": [{"marker": "13.", "text": "Akta <asli>"}]},
        SimpleNamespace(marker="b.", text="Khusus", children=()),
    ]
    written = render("{% outline tree %}", tree=tree)
    assert written.count("<ol") == 2
    assert '<span class="outline-marker">13.</span>' in written
    assert "Akta &lt;asli&gt;" in written
    assert "outline--plain" not in written
    assert written.index(">a.<") < written.index(">13.<") < written.index(">b.<")


def test_an_outline_without_markers_leaves_no_room_for_them() -> None:
    assert "outline--plain" in render("{% outline tree %}", tree=[{"text": "Gratis"}])
    assert render("{% outline tree %}", tree=[]) == ""


# Components with a template


def test_steps_say_their_state_in_words() -> None:
    items = [
        {"label": "Diterima", "state": "done", "when": date(2026, 11, 16)},
        {"label": "Diperiksa", "state": "current", "when": "sejak Senin", "note": "Menunggu."},
        {"label": "Terbit", "state": "todo", "when": None},
    ]
    written = render("{% steps items %}", items=items)
    assert "Selesai &middot; Senin, 16 November 2026" in written
    assert written.count('aria-current="step"') == 1
    assert "Sedang berjalan &middot; sejak Senin" in written
    assert "Menunggu." in written


def test_an_empty_list_says_why_and_what_to_do() -> None:
    written = render('{% empty "Belum ada" "Karena baru." "/layanan/" "Cari layanan" %}')
    assert "Karena baru." in written
    assert '<a class="btn btn-primary" href="/layanan/">Cari layanan</a>' in written
    assert "<a" not in render('{% empty "Belum ada" %}')


def test_a_task_that_cannot_start_is_no_link() -> None:
    items = [
        {"label": "Data", "url": "/data/", "meaning": "good", "status": "Selesai"},
        {
            "label": "Kirim",
            "url": "",
            "meaning": "neutral",
            "status": "Belum bisa",
            "hint": "Nanti",
        },
    ]
    written = render("{% task_list items %}", items=items)
    assert '<a class="task-link" href="/data/">Data</a>' in written
    assert '<span class="task-label">Kirim</span>' in written
    assert written.count("status--") == 2


def test_facts_take_pairs_lists_days_and_change_links() -> None:
    rows = [
        ("Nomor", "PKU-1"),
        {"label": "Pemohon", "value": "CV <Abadi>", "url": "/ubah/"},
        ("KBLI", ["78422", "70209"]),
        ("Batas", FRIDAY),
        ("Telepon", ""),
        ("Cabang", 0),
    ]
    written = render("{% facts rows %}", rows=rows)
    assert "<dt>Nomor</dt> <dd>PKU-1</dd>" in written
    assert "CV &lt;Abadi&gt;" in written
    assert '<a href="/ubah/">Ubah<span class="visually-hidden"> Pemohon</span></a>' in written
    assert "<li>78422</li><li>70209</li>" in written
    assert "<dd>Jumat, 27 November 2026</dd>" in written
    assert written.count("Tidak diisi") == 1
    assert "<dd>0</dd>" in written
    assert render("{% facts rows %}", rows=[]) == '<dl class="facts"> </dl>'


def test_a_page_has_one_heading_and_a_way_back() -> None:
    assert render('{% page_header "Antrean" %}') == '<h1 class="page-title">Antrean</h1>'
    assert '<p class="lead">Mendesak di atas.</p>' in render(
        '{% page_header "Antrean" "Mendesak di atas." %}'
    )
    assert 'href="/x/"' in render('{% back "/x/" "Kembali" %}')


def test_a_paginator_without_neighbours_is_silent() -> None:
    page = SimpleNamespace(previous_url=None, next_url="?sesudah=9", label="Berkas 1-50")
    written = render("{% paginator page %}", page=page)
    assert 'rel="next" href="?sesudah=9"' in written
    assert 'rel="prev"' not in written
    assert "Berkas 1-50" in written
    page.next_url = ""
    assert render("{% paginator page %}", page=page) == ""


def test_a_timeline_tells_when_what_and_who() -> None:
    rows = [
        {
            "when": FRIDAY,
            "title": "Dikirim",
            "actor": "Rina",
            "text": "Lengkap.",
            "meaning": "good",
        },
        {"when": "tadi", "title": "Dibuka"},
    ]
    written = render("{% timeline rows %}", rows=rows)
    assert "event--good" in written
    assert "event--neutral" in written
    assert (
        written.index("Jumat, 27 November 2026") < written.index("Dikirim") < written.index("tadi")
    )


def test_a_notice_wraps_what_stands_in_it() -> None:
    written = render(
        '{% notice "attention" "Awas" %}<p>{{ words }}</p>{% endnotice %}', words="<b>"
    )
    assert 'class="notice notice--attention"' in written
    assert '<p class="notice-title">Awas</p><p>&lt;b&gt;</p>' in written


@pytest.mark.parametrize(
    ("level", "meaning"),
    [("success", "good"), ("warning", "attention"), ("error", "late"), ("info", "neutral")],
)
def test_messages_use_the_four_meanings(level: str, meaning: str) -> None:
    message = SimpleNamespace(level_tag=level)
    assert ui.message_meaning(message) == meaning
    assert ui.icon(ui.message_icon(message))


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


# The skeleton


def test_a_script_is_a_deferred_file() -> None:
    assert render('{% script "htmx" %}') == (
        '<script src="/static/portal/vendor/htmx/htmx.min.js" defer></script>'
    )
    assert 'src="/static/portal/js/desk.js"' in render('{% script "portal/js/desk.js" %}')


def test_a_sentence_is_said_in_the_language_of_each_reader() -> None:
    page = Template('{% translate "Kirim permohonan" %} 100%')
    assert page.render(Context()) == "Kirim permohonan 100%"
    with translation.override("en"):
        assert page.render(Context()) == "Submit the application 100%"
    assert page.render(Context()) == "Kirim permohonan 100%"


@pytest.mark.parametrize(
    "source",
    [
        '{% translate "<b>Ya & tidak" %}', '{% translate word %}', '{% translate word|upper %}',
        '{% translate "Ya"|upper %}', '{% translate "Ya" noop %}',
        "{% translate 'Ya' as x %}[{{ x }}]",
        '{% translate "Layanan" context "menu" %}', '{% translate "Sisa 5%" %}',
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_sentence_comes_out_as_from_djangos_own_tag(source: str, language: str) -> None:
    with translation.override(language):
        for word in ("Ya", "<i>"):
            ours = Template(source).render(Context({"word": word}))
            theirs = Template("{% load i18n %}" + source).render(Context({"word": word}))
            assert ours == theirs


@pytest.mark.urls(__name__)
def test_a_nav_link_knows_when_it_is_the_page() -> None:
    request = RequestFactory().get("/antrean/")
    request.user = AnonymousUser()
    request.resolver_match = resolve("/antrean/")
    source = (
        '{% nav_link "worklist" "Antrean" "inbox" %}{% nav_link "register" "Register" "list" %}'
    )
    written = render(source, request=request)
    assert written.count('aria-current="page"') == 1
    assert 'href="/antrean/" aria-current="page"' in written
