"""A small client of clamd: INSTREAM and PING, with a time limit (``man clamd``).

``settings.CLAMD_ADDRESS`` is the path of its socket or ``host:port``; "" means that no scanner is
installed.
"""

from __future__ import annotations

import socket
import struct
import time
from contextlib import suppress

from django.conf import settings

CONNECT_SECONDS = 2.0
_PIECE = 64 * 1024
_LONGEST_ANSWER = 4096
# a "find" that only says that the scanner gave up
_GAVE_UP = ("Heuristics.Limits.Exceeded", "Heuristics.Encrypted")


class ClamdAway(Exception):
    """It cannot be reached, or did not answer in time: try later."""


class NotScanned(Exception):
    """It answered that it cannot scan this content; the message holds its reason."""


def is_installed() -> bool:
    """Return whether this portal has a scanner."""
    return bool(settings.CLAMD_ADDRESS)


def answers() -> bool:
    """Return whether clamd answers a PING now."""
    try:
        return _ask(b"zPING\0", (), CONNECT_SECONDS) == "PONG"
    except ClamdAway:
        return False


def scan(content: bytes, *, seconds: float) -> str:
    """Return the name of what clamd finds in ``content``; "" if it finds nothing.

    Raises ``ClamdAway``, also when the answer takes longer than ``seconds``, and ``NotScanned``.
    """
    pieces = [content[place : place + _PIECE] for place in range(0, len(content), _PIECE)]
    answer = _ask(b"zINSTREAM\0", (*pieces, b""), seconds)
    verdict = answer.removeprefix("stream: ")
    if verdict == "OK":
        return ""
    if verdict.endswith(" FOUND") and not verdict.startswith(_GAVE_UP):
        return verdict.removesuffix(" FOUND")
    raise NotScanned(answer[:200])


def _ask(command: bytes, pieces: tuple[bytes, ...], seconds: float) -> str:
    until = time.monotonic() + seconds
    try:
        with _connect(min(CONNECT_SECONDS, seconds)) as line:
            # it closes the line when the content is longer than it takes, and says so
            with suppress(BrokenPipeError, ConnectionResetError):
                _send(line, command, until)
                for piece in pieces:
                    _send(line, struct.pack("!L", len(piece)) + piece, until)
            answer = _read(line, until)
    except OSError as error:
        raise ClamdAway(str(error)) from error
    if not answer.endswith(b"\0"):
        raise ClamdAway("the answer was cut off")
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _connect(seconds: float) -> socket.socket:
    address = settings.CLAMD_ADDRESS
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(seconds)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=seconds)


def _send(line: socket.socket, content: bytes, until: float) -> None:
    line.settimeout(_left(until))
    line.sendall(content)


def _read(line: socket.socket, until: float) -> bytes:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
        line.settimeout(_left(until))
        piece = line.recv(_LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer


def _left(until: float) -> float:
    """Return the seconds left. Raises ``TimeoutError`` when there are none."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("no answer in time")
    return left
