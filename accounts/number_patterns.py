"""What a person reads who types a pattern of numbers that cannot be used."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.domain.number_patterns import faults

PATTERN_SENTENCES = {
    "number_pattern_malformed": _(
        "Pola nomor “%(pattern)s” tidak dapat dipakai. Pola harus memuat {nomor} dan hanya boleh "
        "memakai {nomor:04}, {bulan}, {bulan_romawi}, dan {tahun}."
    ),
    "number_pattern_without_year": _(
        "Pola nomor “%(pattern)s” tidak memuat {tahun}, padahal nomor urut mulai dari 1 lagi "
        "setiap tahun: nomor tahun depan akan sama dengan nomor tahun ini."
    ),
}


def validate_number_pattern(pattern: str) -> None:
    """Raise ``ValidationError`` with a sentence for each fault of ``pattern``."""
    found = [
        ValidationError(PATTERN_SENTENCES[code], code=code, params={"pattern": pattern})
        for code in faults(pattern)
    ]
    if found:
        raise ValidationError(found)
