"""The portal with its moved clock and the door of a real office: second factor, idle end."""

from tests.journeys.moved_clock import *  # noqa: F403

SECOND_FACTOR_REQUIRED = True
STAFF_IDLE_SECONDS = 30 * 60
