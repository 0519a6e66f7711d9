"""How an answer reaches who complained, and what proves it (component 6: the same channel)."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum


class Proof(StrEnum):
    """What an officer must write before an answer counts as delivered."""

    PORTAL = "portal"  # the portal sends it and keeps the number of the message
    MESSAGE = "nomor_pesan"
    LETTER = "nomor_dan_tanggal_surat"
    CALL = "catatan_telepon"
    MEETING = "catatan_tatap_muka"
    POSTING = "tautan_atau_nomor_tanggapan"
    PUBLISHED = "halaman_lacak"


# the channels, as accounts.models.ChannelKind writes them
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
ONLINE = frozenset({"web", "formulir", "survei"})  # whoever came so reads the answer by number
TRACKING = "web"


def ways(came_by: str, reply_ways: Sequence[str]) -> tuple[str, ...]:
    """Return through which channels an answer may go, the channel it came by first.

    Who wrote on the web is met by what they left, and by the tracking page alone if that is
    nothing: without any way to them, the page on which they can read it is the delivery.
    """
    found = list(reply_ways) if came_by in ONLINE else [came_by, *reply_ways]
    return tuple(dict.fromkeys(found)) or (TRACKING,)


def proof_of(way: str, *, by_portal: bool) -> Proof:
    """Return what proves that an answer went this way; ``by_portal``: the portal can send it."""
    return Proof.PORTAL if by_portal else _PROOFS[way]


def is_other_way(way: str, came_by: str) -> bool:
    """Whether an answer leaves the channel it came by, which needs a reason."""
    return came_by not in ONLINE and way != came_by
