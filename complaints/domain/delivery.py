"""Channels of an answer and proof of delivery (component 6: the channel of the complaint)."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum


class Proof(StrEnum):
    """What an officer must record before an answer counts as delivered."""

    PORTAL = "portal"  # the portal sends it and stores the number of the message
    MESSAGE = "nomor_pesan"
    LETTER = "nomor_dan_tanggal_surat"
    CALL = "catatan_telepon"
    MEETING = "catatan_tatap_muka"
    POSTING = "tautan_atau_nomor_tanggapan"
    PUBLISHED = "halaman_lacak"


# keys are values of accounts.models.ChannelKind
_PROOFS: dict[str, Proof] = {
    "email": Proof.MESSAGE,
    "sms": Proof.MESSAGE,
    "whatsapp": Proof.MESSAGE,
    "faksimile": Proof.MESSAGE,
    "surat": Proof.LETTER,
    "telepon": Proof.CALL,
    "petugas": Proof.MEETING,
    "loket": Proof.MEETING,
    "kotak": Proof.POSTING,
    "media_sosial": Proof.POSTING,
    "lapor": Proof.POSTING,
    "web": Proof.PUBLISHED,
    "formulir": Proof.PUBLISHED,
    "survei": Proof.PUBLISHED,
}
ONLINE = frozenset({"web", "formulir", "survei"})  # these complainants read the answer by number
TRACKING = "web"


def ways(came_by: str, reply_ways: Sequence[str]) -> tuple[str, ...]:
    """Return the channels of an answer, the channel of the complaint first.

    A complaint from the web is answered through the channels the complainant gave. If there are
    none, the answer is published on the tracking page, and that counts as delivery.
    """
    channels = list(reply_ways) if came_by in ONLINE else [came_by, *reply_ways]
    return tuple(dict.fromkeys(channels)) or (TRACKING,)


def proof_of(way: str, *, by_portal: bool) -> Proof:
    """Return the proof of delivery for a channel; ``by_portal``: the portal itself can send it."""
    return Proof.PORTAL if by_portal else _PROOFS[way]


def is_other_way(way: str, came_by: str) -> bool:
    """Whether the channel of the answer differs from that of the complaint (needs a reason)."""
    return came_by not in ONLINE and way != came_by
