"""Broker of the embedded default: kombu's filesystem transport, with atomic writes.

kombu creates a message under its final name and writes it afterwards. A worker that looks in
between takes an empty message, fails to decode it and dies. Here a message appears whole, and one
that cannot be read is dropped: the row is the job, and beat sends the task again.
"""

from __future__ import annotations

import logging
import os
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps

logger = logging.getLogger(__name__)


class Channel(filesystem.Channel):
    """A folder in which every message is whole.

    ``_put`` and ``_get`` are the interface by which kombu has its transports written
    (``kombu.transport.virtual.AbstractChannel``), in spite of their underscores.
    """

    def _put(  # type: ignore[override]  # kombu's own two disagree on the names
        self, queue: str, message: Any, **kwargs: Any
    ) -> None:
        folder = Path(self.data_folder_out)
        name = f"{time.monotonic_ns() // 1_000_000}_{uuid4()}.{queue}.msg"
        unfinished = folder / f"{name}.new"  # the ending keeps it out of the queue
        try:
            unfinished.write_text(dumps(message), encoding="utf-8")
            os.replace(unfinished, folder / name)
        except OSError as error:
            raise ChannelError(f"cannot add {name} to {folder}") from error

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        while True:  # ends with kombu's Empty
            try:
                return super()._get(queue)
            except ValueError:
                logger.warning("a message that cannot be read was dropped")


class Transport(filesystem.Transport):
    """The broker of files with such folders."""

    Channel = Channel
