"""Every sentence of the screens has English, and every visible word can get it."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.template import Context, Template
from django.utils import translation
from django.utils.functional import Promise

from permits.content import certificates
from tests.architecture.catalogue import (
    CATALOGUE,
    Entry,
    Message,
    catalogue,
    collected,
    compiled,
    faults,
    hidden,
    read,
)
from tests.architecture.source import APPS, ROOT, modules
from tests.factories.permits import Cast, make_accepted

pytestmark = pytest.mark.no_cover
TEMPLATES = ROOT / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html")) + sorted(TEMPLATES.rglob("*.txt"))
OFFICIAL = "certificates/"  # an official paper is Indonesian by law (UU 24/2009)
SAME_IN_BOTH = {"KBLI", "NIP", "Enter", "English", "Indonesia"}

_SILENT = re.compile(
    r"\{% comment.*?endcomment %\}|\{% blocktranslate.*?endblocktranslate %\}"
    r"|\{% block (?:width|bodyclass|coltype) %\}.*?\{% endblock[^%]*%\}"
    r"|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<!.*?>|&\w+;"
    r"|\b[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}\b",
    re.S,
)
_SPOKEN = re.compile(
    r"\s(?:title|alt|placeholder|label|data-label|aria-label|aria-description)=\"([^\"]*)\""
)


def bare_words(page: str) -> list[str]:
    """Return the visible words of a template that no translation can reach."""
    markup = _SILENT.sub(" ", page)
    texts = [*_SPOKEN.findall(markup), re.sub(r"<[^>]*>", " ", markup)]
    words = [word for text in texts for word in re.findall(r"[^\W\d_]{2,}", text)]
    return [word for word in words if word not in SAME_IN_BOTH]


@pytest.mark.once
def test_every_sentence_of_the_sources_is_in_the_catalogue_and_no_other(tmp_path: Path) -> None:
    known, used = catalogue(), collected(tmp_path)
    assert len(known) > 2000
    assert used.keys() == known.keys(), "run make messages and write the English into locale/en"


def test_every_sentence_has_english() -> None:
    found = {message.text: faults(message, entry) for message, entry in catalogue().items()}
    assert {text: wrong for text, wrong in found.items() if wrong} == {}


@pytest.mark.once
def test_the_compiled_catalogue_says_what_the_catalogue_says(tmp_path: Path) -> None:
    written = (ROOT / CATALOGUE).with_suffix(".mo").read_bytes()
    assert written == compiled(tmp_path), "run make messages and commit django.mo"


def test_no_sentence_of_a_module_is_hidden_from_gettext() -> None:
    found = {path: hidden(source) for path, source in modules()}
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.relative_to(TEMPLATES).as_posix())
def test_every_visible_word_can_be_translated(file: Path) -> None:
    if not file.relative_to(TEMPLATES).as_posix().startswith(OFFICIAL):
        assert bare_words(file.read_text(encoding="utf-8")) == []


def test_the_name_of_every_app_can_be_translated() -> None:
    ours = [app for app in apps.get_app_configs() if app.name in APPS]
    assert [app.name for app in ours if not isinstance(app.verbose_name, Promise)] == []
    assert len(ours) == len(APPS)


def test_a_page_speaks_the_language_that_was_asked_for() -> None:
    page = Template(
        '{% translate "Beranda" %}, {% blocktranslate count n=n %}{{ n }} berkas{% plural %}'
        "{{ n }} berkas{% endblocktranslate %}"
    )
    said = {}
    for language in ("id", "en"):
        with translation.override(language):
            said[language] = [page.render(Context({"n": n})) for n in (1, 2)]
    assert said["id"] == ["Beranda, 1 berkas", "Beranda, 2 berkas"]
    assert said["en"] == ["Home, 1 document", "Home, 2 documents"]


def test_an_official_paper_is_indonesian_whoever_makes_it(cast: Cast, monday: datetime) -> None:
    application = make_accepted(cast, monday)
    officer = cast.at("front-office")
    with translation.override("en"):
        draft = certificates.draft_content(application)
        receipt = certificates.receipt_content(
            application, officer=officer, appointment=None, at=monday
        )
    assert draft["holder"][0][0] == "Nama"
    assert draft["validity"].startswith("Berlaku")
    assert receipt["counting"][0].startswith("Jangka waktu dihitung")


@pytest.mark.parametrize(
    ("page", "bare"),
    [
        ("<p>Kirim</p>", ["Kirim"]),
        ('<input placeholder="Cari">', ["Cari"]),
        ('{% if x %}Ya{% endif %}<i aria-label="Tutup {{ x }}"></i>', ["Tutup", "Ya"]),
        ('<p class="lead">{% translate "Kirim" %} &ndash; KBLI 78422</p>', []),
        ("{% blocktranslate %}Kirim {{ x }}{% endblocktranslate %}", []),
        ("{% comment %} Kirim {% endcomment %}{# Kirim #}<!-- Kirim -->", []),
        ("{% block width %}page--narrow{% endblock %}", []),
    ],
)
def test_the_rule_of_visible_words_bites(page: str, bare: list[str]) -> None:
    assert bare_words(page) == bare


@pytest.mark.parametrize(
    ("message", "entry", "found"),
    [
        (Message("Kirim"), Entry(), ["no English"]),
        (Message("Kirim"), Entry(("",)), ["no English"]),
        (Message("Kirim"), Entry(("Send",), {"fuzzy"}), ["fuzzy"]),
        (Message("%(n)s hari", "%(n)s hari"), Entry(("%(n)s day", "")), ["no English"]),
        (Message("%(n)s hari", "%(n)s hari"), Entry(("%(n)s day",)), ["no English"]),
        (Message("Halo %(name)s"), Entry(("Hello %(nama)s",)), ["other placeholders"]),
        (Message("Isi {nomor:04}"), Entry(("Fill in {number:04}",)), ["other placeholders"]),
        (Message("<b>Isi</b>"), Entry(("<i>Fill in</i>",)), ["other markup"]),
        (Message("Nomor "), Entry(("Number",)), ["other blanks at its ends"]),
        (Message("%(n)s hari", "%(n)s hari"), Entry(("%(n)s day", "%(n)s days")), []),
    ],
)
def test_the_rule_of_english_bites(message: Message, entry: Entry, found: list[str]) -> None:
    assert faults(message, entry) == found


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ('now("Satu")', [1]),
        ('_(f"{x} hari")', [2]),
        ("f\"{x} {_('hari')}\"", [2]),
        ('_("kata \\N{LEFT DOUBLE QUOTATION MARK}ini")', [2]),
        ('_("Satu " "kalimat") + p("menu", "Layanan")', []),
    ],
)
def test_the_rule_of_hidden_sentences_bites(line: str, lines: list[int]) -> None:
    alias = "gettext as now" if line.startswith("now") else "gettext as _"
    imports = f"from django.utils.translation import {alias}, pgettext_lazy\n"
    assert hidden(f"{imports}a = {line}\n") == lines


def test_a_catalogue_is_read_with_plural_context_and_flags() -> None:
    text = (
        'msgid ""\nmsgstr "Language: en\\n"\n\n'
        '#: a.py\nmsgid "Kata \\"ini\\"\\n"\n"baris"\nmsgstr "The word \\"this\\"\\n"\n"line"\n\n'
        '#, python-format\nmsgid "%(n)s hari"\nmsgid_plural "%(n)s hari"\n'
        'msgstr[0] "%(n)s day"\nmsgstr[1] "%(n)s days"\n\n'
        '#, fuzzy\nmsgctxt "menu"\nmsgid "Layanan"\nmsgstr "Services"\n'
    )
    assert read(text) == {
        Message('Kata "ini"\nbaris'): Entry(('The word "this"\nline',)),
        Message("%(n)s hari", "%(n)s hari"): Entry(("%(n)s day", "%(n)s days"), {"python-format"}),
        Message("Layanan", context="menu"): Entry(("Services",), {"fuzzy"}),
    }
