"""Pages about complaints are kept nowhere: no cache, no search engine.

Other sites never learn from where somebody came (``same-origin``, as everywhere). ``no-referrer``
would say no more, and browsers then send forms with the origin "null", which CSRF refuses.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.views.decorators.debug import sensitive_post_parameters

from workflow.throttling import Throttle, hashed_address, not_cached

# no address is stored: each row holds a keyed hash of it and is deleted when it expires
GUESSES = Throttle("complaints-codes", hashed_address)

View = Callable[..., HttpResponseBase]


def kept_nowhere(view: View) -> View:
    """Have the answer stored by nobody, and what was sent left out of reports of errors."""

    kept: View = sensitive_post_parameters()(not_cached(view))
    return kept
