"""The secret code of a complainant: shown once, stored only as a digest."""

from __future__ import annotations

import hashlib
import secrets

from permits.domain.printed import DISTINCT, bare, grouped

_LENGTH = 32  # 146 bits

# how each sign is said on the telephone
_SPELLED = {
    "3": "tiga", "4": "empat", "6": "enam", "7": "tujuh", "9": "sembilan", "A": "Ambon",
    "C": "Cilacap", "D": "Demak", "E": "Ende", "F": "Flores", "G": "Garut", "H": "Halong",
    "J": "Jepara", "K": "Kendal", "M": "Medan", "N": "Namlea", "P": "Pati", "Q": "Quebec",
    "R": "Rembang", "T": "Timor", "U": "Ungaran", "W": "Wilis", "X": "Xilofon",
    "Y": "Yogya",
}  # fmt: skip


def new_secret() -> str:
    """Return a secret of more than 140 random bits in groups of four."""
    return grouped("".join(secrets.choice(DISTINCT) for _one in range(_LENGTH)))


def spelled(secret: str) -> list[tuple[str, str]]:
    """Return each group and how it is read out on the telephone."""
    return [
        (group, ", ".join(_SPELLED.get(sign, sign) for sign in group))
        for group in secret.split("-")
    ]


def digest(secret: str) -> str:
    """Return the digest of a typed secret; blanks, hyphens and case are ignored.

    Invalid input has a digest too. A plain SHA-256 suffices: 140 random bits resist brute force.
    """
    return hashlib.sha256(bare(secret).encode()).hexdigest()
