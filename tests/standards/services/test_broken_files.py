"""Broken and hostile files: each is refused by line and key, and nothing is stored."""

from __future__ import annotations

import time
from typing import Any

import pytest

from standards.models import Procedure, Service, StandardVersion
from standards.services.exporting import export_version
from standards.services.importing import read_arrival
from tests.factories.standards import make_draft, make_question
from workflow.tomlfile import FileFault

pytestmark = pytest.mark.django_db

# one word of a sound file, what stands there instead, the key that is named, and a word of what is
# said. The line is that of the replaced word, unless a fifth part names the text it holds.
CHANGED: tuple[tuple[str, str, str, str], ...] = (
    # the format
    ("format = 1", "format = 2", "format", "format 2 tidak dikenal"),
    ("format = 1", 'format = "1"', "format", "bilangan bulat"),
    ("format = 1", "formatt = 1", "format", "wajib diisi"),
    # types
    ("term_amount = 6", 'term_amount = "enam"', "version.term_amount", "bilangan bulat"),
    ("term_amount = 6", "term_amount = 6.5", "version.term_amount", "bilangan bulat"),
    ("term_amount = 6", "term_amount = true", "version.term_amount", "bilangan bulat"),
    ("term_amount = 6", "term_amount = -6", "version.term_amount", "1"),
    ("term_amount = 6", "term_amount = 99999999999", "version.term_amount", "32767"),
    ("term_amount = 6", "term_minimum = 6\nterm_amount = 6", "version.term_minimum", "kurang dari"),
    ("term_amount = 6", "term_minimum = 3", "version.term_minimum", "kurang dari"),
    ("term_amount = 6", "term_minimum = 0\nterm_amount = 6", "version.term_minimum", "1"),
    ("effective_on = 2026-01-05", 'effective_on = "2026"', "version.effective_on", "tanggal"),
    ("effective_on = 2026-01-05", "effective_on = 2026-01-05T01:00:00", "version.effective_on", ""),
    ('heading = "STANDAR', 'heading = ["STANDAR"]\n#', "version.heading", "teks"),
    ("amount = 0", 'amount = "150.000"', "fees[1].amount", "bilangan bulat"),
    ("amount = 0", "amount = -1", "fees[1].amount", "0"),
    ("on_certificate = true", 'on_certificate = "ya"', "facts[1].on_certificate", "true atau"),
    ("[[fees]]", "[fees]", "fees", "daftar"),
    ('procedures = ["', 'procedures = [1, "', "version.procedures", "daftar teks"),
    # words that are not known
    ('kind = "ya_tidak"', 'kind = "boleh"', "facts[2].kind", "“boleh” tidak dikenal"),
    ('kind = "unggah"', 'kind = "unduh"', "groups[1].requirements[2].kind", "“unduh”"),
    ('kind = "paraf"', 'kind = "cap"', "procedures[1].steps[5].kind", "“cap”"),
    ('unit = "hari_kerja"', 'unit = "pekan"', "procedures[1].steps[3].unit", "“pekan”"),
    ('key = "waktu"', 'key = "jam"', "components[3].key", "“jam”"),
    ("term_amount = 6", 'term_amount = 6\nterm_unit = "pekan"', "version.term_unit", "“pekan”"),
    ('position = "tim-teknis"', "position = 7", "procedures[1].roles[4].position", "teks"),
    ('role = "Sekretaris"', 'role = "Camat"', "procedures[1].steps[5].role", "Camat tidak"),
    ('returns_to = "2"', 'returns_to = "7"', "procedures[1].steps[3].returns_to", "7 tidak"),
    ('procedures = ["', 'procedures = ["tidak-ada", "', "version.procedures", "tidak-ada tidak"),
    ('number = "a."\ntext', 'regulation = "UU X"\nnumber = "a."\ntext',
     "legal_bases[1].regulation", "UU X tidak dikenal"),
    ("[version]", 'kbli = "99999"\n\n[version]', "service.kbli", "99999 tidak dikenal"),
    # keys that are not known, missing or twice
    ("product = ", "produk = ", "version.produk", "kunci ini tidak dikenal"),
    ("[service]", "[layanan]", "service", "wajib diisi"),
    ("[version]", 'x = { y = "z" }\n\n[version]', "service.x", "kunci ini tidak dikenal"),
    ('key = "nama_bkk"\n', "", "facts[1].key", "wajib diisi"),
    ('key = "waktu"', 'key = "biaya"', "components[4].key", "biaya sudah dipakai"),
    ('key = "tenaga_asing"', 'key = "nama_bkk"', "facts[2].key", "nama_bkk sudah dipakai"),
    ('key = "nama_bkk"', 'key = "nama bkk"', "facts[1].key", ""),
    ('label = "Sekretaris"', 'label = "Pemohon"', "procedures[1].roles[5].label", "sudah dipakai"),
    # conditions: unreadable, unknown, impossible, too early, in a circle
    ('when = "tenaga_asing = ya"', 'when = "tenaga_asing ="', "groups[1].requirements[4].when", ""),
    ('when = "tenaga_asing = ya"', 'when = "asing = ya"',
     "groups[1].requirements[4].when", "asing"),
    ('when = "tenaga_asing = ya"', 'when = "tenaga_asing = mungkin"',
     "groups[1].requirements[4].when", "mungkin"),
    ('when = "tenaga_asing = ya"', 'when = "tenaga_asing = ya; tenaga_asing = tidak"',
     "groups[1].requirements[4].when", "tidak pernah"),
    ('key = "nama_bkk"', 'when = "tenaga_asing = ya"\nkey = "nama_bkk"', "facts[1].when", "baru"),
    ('key = "tenaga_asing"', 'when = "tenaga_asing = ya"\nkey = "tenaga_asing"', "facts[2].when",
     "bergantung pada dirinya"),
    ('key = "dua"', 'key = "dua"\nwhen = "satu = ya"', "facts[4].when", "bergantung pada dirinya"),
    # texts
    ('heading = "STANDAR', 'heading = "\\u0000STANDAR', "version.heading", "U+0000"),
    ('heading = "STANDAR', 'heading = "\\u202ESTANDAR', "version.heading", "U+202E"),
    ('heading = "STANDAR', 'heading = "\U0001F600STANDAR', "version.heading", "dapat dicetak"),
    ('heading = "STANDAR', f'heading = "{"x" * 301}STANDAR', "version.heading", "300"),
    # no TOML, or another language
    ("[version]", "[version", "", "bukan TOML"),
    ("term_amount = 6", "term_amount = 6\nterm_amount = 7", "", "bukan TOML"),
    ("term_amount = 6", f"term_amount = {'9' * 5000}", "", "bukan TOML"),
    ("term_amount = 6", "term_amount = 2026-13-45", "", "bukan TOML"),
    ("format = 1", "format: !!python/object/apply:os.system ['true']", "", "bukan TOML"),
    ("format = 1", '{"format": 1,', "", "bukan TOML"),
    ("format = 1", "%YAML 1.2\n---\n&a [*a, *a]", "", "bukan TOML"),
)  # fmt: skip
LONG = 400_000
WHOLE: tuple[tuple[bytes, int | None, str], ...] = (
    (b"", 1, "wajib diisi"),
    (b"\xff\xfe\x00\x01", 1, "UTF-8"),
    (b"\n\n# \xe9", 3, "UTF-8"),
    (b"PK\x03\x04", 1, "bukan TOML"),
    (b"format = " + b"[" * LONG, 1, "terlalu dalam"),
    (b"format = " + b"{a=" * LONG, 1, "terlalu dalam"),
    (b"format = 1\n" + b"a." * LONG + b"b = 1", 2, "nama kunci terlalu panjang"),
    (b"[" + b"a." * LONG + b"b]", 1, "nama kunci terlalu panjang"),
    (b"format = 1\n" + b"[[facts]]\n" * 50_000, None, "lebih dari 200 baris"),
    (b"format = 1\n[[groups]]\n" + b"[[groups.requirements]]\n" * 300, 203, "lebih dari 200"),
)


@pytest.fixture
def version() -> StandardVersion:
    version = make_draft()
    for key, when in (("tiga", ""), ("dua", ""), ("satu", "dua = ya")):
        make_question(version, key, when)
    return version


def refusal(content: bytes, version: StandardVersion, said: str = "") -> list[FileFault]:
    """Return the faults of a file; it is never accepted, and never breaks the portal."""
    try:
        read_arrival(content, "berkas.toml", version.service.office)
    except FileFault as fault:
        return fault.faults
    pytest.fail(f"accepted: {said}")


def test_the_range_of_another_term_is_refused_by_line(version):
    text = export_version(version)
    rule = '\n[[terms]]\nminimum = 14\namount = 14\nwhen = "tenaga_asing = ya"\n'
    read_arrival(
        (text + rule.replace("minimum = 14", "minimum = 10")).encode(), "x.toml",
        version.service.office,
    )  # fmt: skip
    [fault] = refusal((text + rule).encode(), version)
    assert (fault.key, fault.line) == ("terms[1].minimum", text.count("\n") + 3)


def counts() -> list[Any]:
    return [model.objects.count() for model in (Service, StandardVersion, Procedure)]


def test_broken_files_are_refused_by_line_and_key(version):
    sound = export_version(version)
    read_arrival(sound.encode(), "berkas.toml", version.service.office)
    before = counts()
    assert len(CHANGED) + len(WHOLE) > 60
    for old, new, key, said in CHANGED:
        assert old in sound, old
        text = sound.replace(old, new, 1)
        faults = refusal(text.encode(), version, new[:60])
        found = [fault for fault in faults if fault.key == key and said in str(fault.what)]
        assert found, (new[:60], [(fault.key, str(fault.what)) for fault in faults])
        first = sound[: sound.index(old)].count("\n") + 1
        last = first + max(new.count("\n"), old.count("\n")) + 1
        assert any(fault.line for fault in found), new[:60]
        if key and "sudah" not in said and "wajib" not in said and new != "[layanan]":
            assert any(first <= (fault.line or 0) <= last for fault in found), (new[:60], found)
    assert counts() == before


def test_hostile_files_are_refused_in_time(version):
    started = time.monotonic()
    for content, line, said in WHOLE:
        faults = refusal(content, version)
        assert said in " ".join(str(fault.what) for fault in faults), (content[:40], faults)
        assert line is None or line in [fault.line for fault in faults], (content[:40], faults)
    assert time.monotonic() - started < 20


def test_facts_that_depend_on_each_other_many_times_are_read_in_time(version):
    rows = [f'[[facts]]\nkey = "f{n}"\nlabel = "?"\nkind = "ya_tidak"\n' for n in range(60)]
    for n in range(2, 60):
        rows[n] += f'when = "f{n - 1} = ya; f{n - 2} = ya"\n'
    head = export_version(version).split("[[facts]]")[0]
    started = time.monotonic()
    read_arrival((head + "\n".join(rows)).encode(), "berkas.toml", version.service.office)
    assert time.monotonic() - started < 10
