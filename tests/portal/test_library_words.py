"""The Indonesian of Django, allauth and the like, as people read it: ours where theirs is poor."""

from __future__ import annotations

import gettext
import re
import subprocess
from pathlib import Path

import django
import pytest
from allauth import account
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

ROOT = Path(__file__).resolve().parents[2]
OURS = ROOT / "locale" / "id" / "LC_MESSAGES" / "django.mo"
_DJANGO, _ALLAUTH = Path(django.__file__).parent, Path(account.__file__).parent.parent
THEIRS = [
    folder / "locale" / "id" / "LC_MESSAGES" / "django.mo"
    for folder in (
        _DJANGO / "conf", _DJANGO / "contrib" / "auth", _DJANGO / "contrib" / "admin", _ALLAUTH
    )
]  # fmt: skip
MISSPELT = re.compile(
    r"\banda\b|\bdi(bawah|atas|dalam|sini|mana|antara)\b|\b[Rr]ubah\b|\b[Mm]erubah\b|[Ss]ilahkan|\b[Ii]jin"
    r"|[Aa]ut(entidi|entifi)kas|brerdasarkan|penghapusanobjek|[Mm]asukan (se|U)"
)
Sentences = dict[str, str]


def sentences(path: Path) -> Sentences:
    """Return what a compiled catalogue says; of a plural its one Indonesian form."""
    with path.open("rb") as file:
        found = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {key if isinstance(key, str) else key[0]: words for key, words in found.items() if key}


def test_nothing_of_a_library_is_misspelt() -> None:
    with translation.override("id"):
        read = {
            english: {_(english), ngettext(english, english, 2)}
            for path in THEIRS
            for english in sentences(path)
        }
    assert len(read) > 800
    assert [words for words in read.values() if any(map(MISSPELT.search, words))] == []


def test_the_search_finds_what_it_looks_for() -> None:
    found = [words for path in THEIRS for words in sentences(path).values()]
    assert sum(1 for words in found if MISSPELT.search(words)) > 15


def test_what_exists_is_not_said_to_be_missing() -> None:
    with translation.override("id"):
        words = _("%(model_name)s with this %(field_labels)s already exists.")
    assert words == "%(model_name)s dengan %(field_labels)s ini sudah ada."


@pytest.mark.once
def test_each_of_our_sentences_replaces_one_of_theirs_and_is_compiled(tmp_path: Path) -> None:
    theirs = {english for path in THEIRS for english in sentences(path)}
    assert sentences(OURS).keys() <= theirs
    again = tmp_path / "django.mo"
    source = str(OURS.with_suffix(".po"))
    subprocess.run(["msgfmt", "--check-format", "-o", str(again), source], check=True)
    assert again.read_bytes() == OURS.read_bytes(), "run make messages and commit django.mo"
