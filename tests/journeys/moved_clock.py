"""The demo portal with a clock that a test moves (DJANGO_SETTINGS_MODULE of its processes).

Web, worker, beat and commands read how far ahead they are from the file ``clock`` beside the
database, on every look at the clock. Nothing of the portal knows: it asks ``timezone.now``.
"""

from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from portal.settings.development import *  # noqa: F403
from portal.settings.development import VAR_DIR

STAFF_IDLE_SECONDS = 12 * 60 * 60  # a story goes on after the clock was moved
_ahead = Path(VAR_DIR) / "clock"
_real_now = timezone.now


def moved_now() -> datetime:
    """Return the present, moved by as many seconds as the file says."""
    return _real_now() + timedelta(seconds=float(_ahead.read_text(encoding="ascii")))


timezone.now = moved_now
