"""Reports of a failure: where it happened and what it was, never what a user had typed.

Reports of errors and logs go to mailboxes and collectors without access control. What
may be in them is listed here; everything else (forms, files, cookies, addresses, accounts, the
variables of each function) is left out, whatever the view is about.
"""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.views.debug import ExceptionReporter

from workflow.failures import brief

# the database quotes the row that it refuses; the next error of a chain begins after an empty line
_QUOTED = re.compile(
    r"\n(?:DETAIL|CONTEXT|HINT):.*?(?=\n\n(?:During handling|The above exception)|\Z)", re.DOTALL
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_GONE = "…"


class Reporter(ExceptionReporter):
    """A report of an error for those who run the portal; while developing everything is shown."""

    def get_traceback_data(self) -> dict[str, Any]:
        """Return what the report is made of."""
        data: dict[str, Any] = super().get_traceback_data()
        if settings.DEBUG:
            return data
        for frame in data["frames"]:
            frame["vars"] = []
            if frame.get("exc_cause"):
                frame["exc_cause"] = type(frame["exc_cause"]).__name__
        safe: dict[str, Any] = {
            "exception_value": brief(self.exc_value),
            "exception_notes": "",
            "unicode_hint": "",
            "template_info": None,
            "user_str": "",
            "request_meta": {},
            "request_COOKIES_items": [],
            "request_FILES_items": [],
        }
        if self.request is not None:
            safe |= {
                "filtered_POST_items": [(name, _GONE) for name in self.request.POST],
                "request_GET_items": [(name, _GONE) for name in self.request.GET],
                "request_insecure_uri": self.request.path,
            }
        return data | safe


class OneLineFormatter(logging.Formatter):
    """A line of the log, with the way to an error below it."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Return one line, whatever somebody sent: breaks and control signs are written out."""
        return _CONTROL.sub(lambda sign: repr(sign[0])[1:-1], super().formatMessage(record))

    def formatException(self, ei: Any) -> str:
        """Return where it went wrong, without what the database quotes."""
        return _QUOTED.sub("", super().formatException(ei))


class JsonFormatter(OneLineFormatter):
    """The same as one object of JSON, for whoever collects and searches logs (``LOG_JSON``)."""

    def format(self, record: logging.LogRecord) -> str:
        """Return time (UTC), level, logger, process and message, and ``error`` if there is one."""
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "process": record.process,
            "message": record.getMessage(),
        }
        if record.exc_info:
            said["error"] = self.formatException(record.exc_info)
        return json.dumps(said)


class DatabaseAnswered(logging.Filter):
    """Let no record of a page through that met no database: one outage would be many mails.

    ``watch_sweeps`` tells operators of the outage, once.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether ``record`` is about something else."""
        return getattr(record, "status_code", None) != 503
