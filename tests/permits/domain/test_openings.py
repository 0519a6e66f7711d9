"""Who must say why before opening an applicant's data, and what is hidden of a number."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from permits.domain.openings import masked, reason_holds, reason_needed
from permits.models import Opening

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)


@pytest.mark.parametrize("kind", Opening.Kind.values)
def test_whose_desk_has_the_file_is_asked_nothing(kind: str) -> None:
    assert not reason_needed(kind, at_own_desk=True)


def test_others_say_why_they_open_what_the_applicant_gave() -> None:
    asked = {kind for kind in Opening.Kind if reason_needed(kind, at_own_desk=False)}
    kinds = Opening.Kind
    assert asked == {kinds.UPLOAD, kinds.SUBMISSION, kinds.NUMBER, kinds.ADMIN}


@pytest.mark.parametrize(
    ("minutes", "holds"), [(0, True), (29, True), (30, False), (-1, False), (600, False)]
)
def test_a_reason_holds_for_half_an_hour(minutes: int, holds: bool) -> None:
    assert reason_holds(NOON, NOON + timedelta(minutes=minutes)) is holds


@pytest.mark.parametrize(
    ("label", "value", "shown"),
    [
        ("NIK penanggung jawab", "1471014507900001", "••••••••••••0001"),
        ("Nomor Induk Berusaha (NIB)", "9120001234567", "•••••••••4567"),
        ("NPWP", "01.234.567.8-901.000", "••.•••.•••.•-•••.000"),
        ("Keterangan", "KTP 1471 0145 0790 0001 milik ayah", "KTP •••• •••• •••• 0001 milik ayah"),
        ("Nomor paspor", "C1234567", "••••4567"),
        ("Alamat sesuai KTP", "Jalan Sudirman 1234", "Jalan Sudirman 1234"),
        ("Nomor telepon", "081234567890", "081234567890"),
        ("Nilai investasi", "150000000", "150000000"),
        ("NIK penanggung jawab", "", ""),
    ],
)  # fmt: skip
def test_only_the_last_four_signs_of_a_number_are_shown(label: str, value: str, shown: str) -> None:
    assert masked(label, value) == shown
