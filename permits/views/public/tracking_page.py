"""The public part of an application."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from permits.domain.lifecycle import ENDED, WITH_APPLICANT
from permits.domain.public_names import initials_only
from permits.models import Application
from permits.presenters import deadlines, last_days, progress, wording
from permits.selectors import promise_calendar
from permits.views import deadline_page


def tracking_context(application: Application) -> dict[str, Any]:
    """Return the context of the tracking page."""
    now = timezone.now()
    calendar = promise_calendar(application)
    meaning, sentence = wording.for_applicant(application, now)
    return {
        "application": application,
        "office": application.office,
        "meaning": meaning,
        "sentence": sentence,
        "holder": initials_only(application.holder_name),
        "place": progress.whereabouts(application),
        "with_applicant": application.status in WITH_APPLICANT,
        "advice": wording.advice(application, now),
        "stages": progress.progress(application),
        "promise": deadlines.promise(application, now, calendar=calendar),
        "last_day": last_days.last_day(application, now, calendar),
        "promised": application.status not in ENDED,
        "account": deadline_page.explanation(application, now, private=False, calendar=calendar),
    }
