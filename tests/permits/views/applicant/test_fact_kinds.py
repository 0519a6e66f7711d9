"""Every kind of fact on the form of an applicant: what is typed, what is kept, what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from permits.forms.fact_fields import ListedLineField, as_text, field_of, initial_of
from permits.presenters.facts import written
from standards.domain.facts import FactKind, choices_of, read
from standards.models import Fact, Kbli
from standards.services.kbli_table import import_kbli

pytestmark = pytest.mark.django_db  # a code of the KBLI is looked for in the lists
TODAY = date(2026, 11, 16)
CHOICES = "Kecil\nMenengah\nBesar"
TYPED = [kind for kind in FactKind if kind is not FactKind.DOCUMENT]  # a document is uploaded
# kind: typed, kept, displayed, refused
KINDS = {
    FactKind.YES_NO: ("ya", "ya", "Ya", "mungkin"),
    FactKind.CHOICE: ("Kecil", "Kecil", "Kecil", "Raksasa"),
    FactKind.CHOICES: (["Kecil", "Besar"], "Kecil\nBesar", "Kecil, Besar", ["Raksasa"]),
    FactKind.TEXT: (" Jalan  Melati ", "Jalan Melati", "Jalan Melati", "x" * 251),
    FactKind.LONG_TEXT: ("satu\r\ndua", "satu\ndua", "satu\ndua", "x" * 4001),
    FactKind.WHOLE: ("1.500", "1500", "1500", "1,5"),
    FactKind.DECIMAL: ("1.500,5", "1500,5", "1500,5", "dua"),
    FactKind.RUPIAH: ("Rp 150.000", "150000", "Rp 150.000", "-5"),
    FactKind.DATE: ("27/11/2026", "2026-11-27", date(2026, 11, 27), "31/02/2026"),
    FactKind.EMAIL: ("Siti@Contoh.id", "siti@contoh.id", "siti@contoh.id", "siti"),
    FactKind.PHONE: ("0812 3456 7890", "0812 3456 7890", "0812 3456 7890", "123"),
    FactKind.NIK: ("1471 0145 0790 0001", "1471014507900001", "1471014507900001", "147101"),
    FactKind.NIB: ("1234567890123", "1234567890123", "1234567890123", "123"),
    FactKind.NPWP: ("01.312.166.0-091.000", "0013121660091000", "0013121660091000", "1"),
    FactKind.KBLI: ("78.422", "78422", "78422", "7842"),
    FactKind.AREA: ("72,5", "72,5", "72,5 m²", "luas"),
    FactKind.PLACE: ("Sail, Sail, Riau", "Sail, Sail, Riau", "Sail, Sail, Riau", "Sail"),
}  # fmt: skip


def fact(kind: FactKind) -> Fact:
    return Fact(key="a", label="Isian", kind=kind, choices_text=CHOICES)


@pytest.mark.parametrize("kind", TYPED)
def test_what_is_typed_is_kept_in_one_form_and_displayed(kind: FactKind) -> None:
    typed, kept, displayed, _refused = KINDS[kind]
    field = field_of(fact(kind))
    text = as_text(field.clean(typed))
    assert text == kept
    assert read(kind, text, choices_of(CHOICES)) is not None, "conditions can read what is kept"
    with translation.override("id"):
        assert written(fact(kind), text) == displayed
    shown = field.prepare_value(initial_of(fact(kind), text))
    assert as_text(field.clean(shown)) == kept, "what is shown again can be sent again"


@pytest.mark.parametrize("kind", TYPED)
def test_what_is_none_of_its_kind_is_refused_at_the_field(kind: FactKind) -> None:
    field = field_of(fact(kind))
    with pytest.raises(ValidationError):
        field.clean(KINDS[kind][3])


def test_an_answer_is_refused_only_where_complete_lists_leave_it_no_place() -> None:
    field = ListedLineField()
    Kbli.objects.create(code="78499", edition=2020, title="Layanan")
    assert field.clean("78422") == "78422"  # lines of services are no complete list
    whole = "kode,edisi,judul\n78411,2020,Satu\n"
    import_kbli(whole.encode(), "kbli.csv", on=TODAY, whole=True)
    assert field.clean("78499") == "78499"
    assert field.clean("01111") == "01111"  # nobody has the list of that division
    with pytest.raises(ValidationError, match="Kode 78422 tidak ada dalam daftar KBLI 2020"):
        field.clean("78422")
    import_kbli(b"kode,edisi,judul\n85999,2025,Dua\n", "kbli.csv", on=TODAY, whole=True)
    assert field.clean("78422") == "78422"  # the later edition may have it
