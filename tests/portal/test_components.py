"""Each component says what its docstring promises; nothing here needs a database."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.template import Context, Template

from portal.templatetags import components

FRIDAY = date(2026, 11, 27)


def render(source: str, **context: object) -> str:
    return " ".join(Template(source).render(Context(context)).split())


# Small things in long lists


def test_an_icon_is_hidden_from_readers_of_the_page() -> None:
    picture = render('{% icon "search" %}')
    assert picture.startswith('<svg class="icon" aria-hidden="true"')
    assert picture.endswith("</svg>")


def test_an_unknown_icon_is_a_mistake() -> None:
    with pytest.raises(FileNotFoundError):
        components.icon("no-such-picture")


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


# Page furniture


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
    assert "<li>78422</li> <li>70209</li>" in written
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
    assert '<p class="notice-title">Awas</p> <p>&lt;b&gt;</p>' in written
