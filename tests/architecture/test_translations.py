"""Every sentence of the screens has English, and every visible word can get it."""

from __future__ import annotations

import gettext
import re
from datetime import datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.template import Context, Template
from django.utils import translation
from django.utils.functional import Promise

from permits.content import certificates
from scripts import translate
from scripts.translate import CATALOGUE, Entry, Message
from tests.architecture.source import APPS
from tests.factories.permits import Cast, make_accepted

TEMPLATES = translate.ROOT / "templates"
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


def catalogue() -> dict[Message, Entry]:
    """Return the catalogue as it lies on disk."""
    return translate.read(CATALOGUE.read_text(encoding="utf-8"))


def test_every_sentence_has_english() -> None:
    known = catalogue()
    wrong = {
        message.text: found
        for message in translate.messages()
        if (found := translate.faults(message, known.get(message, Entry())))
    }
    assert wrong == {}, "run scripts/translate.py and write the English into locale/en"


def test_the_catalogue_holds_no_sentence_that_nobody_uses() -> None:
    assert catalogue().keys() - translate.messages().keys() == set()


def test_the_compiled_catalogue_says_what_the_catalogue_says() -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    for message, entry in catalogue().items():
        if message.plural:
            said = tuple(spoken.ngettext(message.text, message.plural, n) for n in (1, 2))
        elif message.context:
            said = (spoken.pgettext(message.context, message.text),)
        else:
            said = (spoken.gettext(message.text),)
        assert said == entry.english, message.text
    assert CATALOGUE.with_suffix(".mo").read_bytes() == translate.compiled(catalogue())


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
    assert translate.faults(message, entry) == found


def test_a_sentence_of_a_module_is_found_under_any_name() -> None:
    source = (
        "from django.utils.translation import gettext as now, ngettext, pgettext_lazy as p\n"
        'a = now("Satu " "kalimat")\n'
        'b = ngettext("satu", "banyak", 2)\n'
        'c = p("menu", "Layanan \\N{LEFT DOUBLE QUOTATION MARK}")\n'
        "d = now(a)\n"
        'e = other("bukan")\n'
    )
    assert list(translate.in_python(source)) == [
        Message("Satu kalimat"),
        Message("satu", "banyak"),
        Message("Layanan “", context="menu"),
    ]


def test_a_sentence_made_at_run_time_is_refused() -> None:
    with pytest.raises(ValueError, match="line 2"):
        list(
            translate.in_python(
                'from django.utils.translation import gettext as _\na = _(f"{x} hari")\n'
            )
        )


def test_every_sentence_of_a_template_is_found() -> None:
    source = (
        '{% translate "Satu" as one %}{% translate "Dua" context "menu" %}{{ _("Tiga") }}'
        '{% include "x.html" with label=_("Empat\'s") %}'
        "{% blocktranslate trimmed count n=n %}\n  {{ n }} hari\n{% plural %}\n  {{ n }} hari\n"
        "{% endblocktranslate %}{% comment %}{% translate 'Bukan' %}{% endcomment %}"
    )
    assert list(translate.in_template(source)) == [
        Message("Satu"),
        Message("Dua", context="menu"),
        Message("Tiga"),
        Message("Empat's"),
        Message("%(n)s hari", "%(n)s hari"),
    ]


def test_what_is_written_is_read_again() -> None:
    entries = {
        Message('Kata "ini"\nbaris \\ dua'): Entry(('The word "this"\nline \\ two',)),
        Message("%(n)s hari", "%(n)s hari"): Entry(("%(n)s day", "%(n)s days"), {"python-format"}),
        Message("Layanan", context="menu"): Entry(("Services",), {"fuzzy"}),
    }
    assert translate.read(translate.write(entries, {})) == entries
