"""Passwords that are made of the words of this place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

# what somebody who knows the portal tries first; longer words before those that they hold
WORDS: Final = (
    "penanamanmodal", "pelayananpublik", "pelayanan", "perizinan", "perijinan", "pengaduan",
    "permohonan", "kabupaten", "provinsi", "katasandi", "password", "sandi", "dpmptsp", "pemohon",
    "petugas", "portal", "kepala", "dinas", "kantor", "rahasia", "izin", "ijin", "kota",
)  # fmt: skip
LEFT: Final = 6  # letters and digits that must remain when words and years are taken out


def is_made_of(password: str, words: Iterable[str] = WORDS) -> bool:
    """Return whether little is left of a password without the words of this place and years."""
    plain = re.sub(r"[\W_]", "", password.lower())
    left = plain
    for word in words:
        left = left.replace(word, "")
    left = re.sub(r"(19|20)\d\d", "", left)
    return left != plain and len(left) < LEFT
