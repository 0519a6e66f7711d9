"""What officers and administrators must do to work: a second factor, and no long rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts import proofs
from portal.routes import access_of
from workflow.http import page_above, page_shown
from workflow.once import say_not_done

_BEGAN: Final = "began"  # in the session: Unix time
_LAST_ACT: Final = "last_act"  # likewise
_GRAIN: Final = 60  # seconds; an act within a minute of the last one is not written down


class StaffRequest(HttpRequest):
    """A request of whom a second factor is compulsory for: templates read these two."""

    second_factor_compulsory: bool
    second_factor_missing: str  # what is lacking; "" when nothing is


class StaffSecondFactor:
    """Ends sessions that rest too long, and keeps work behind the second factor.

    A session of anybody ends twelve hours after it began. The rest concerns only those for whom a
    second factor is compulsory (``accounts.proofs``). Without it they see what strangers see, and
    the pages of their account: every other address leads to those. What was sent is not done;
    ``portal/js/typed.js`` fills it in again afterwards. A script gets 403 with a sentence.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: StaffRequest) -> HttpResponse:
        now = timezone.now()
        # the page of health asks no session: it answers while the database is away
        if request.path == reverse("portal:health"):
            return self.get_response(request)
        if request.user.is_authenticated:
            _last(request, now.timestamp())
        if proofs.is_staff(request.user, now):
            _rest(request, now.timestamp())
            request.second_factor_compulsory = settings.SECOND_FACTOR_REQUIRED
            request.second_factor_missing = proofs.missing(request, now)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        """Lead away whoever lacks the second factor for this address."""
        lacks = getattr(request, "second_factor_missing", "")
        if not lacks or not request.user.is_authenticated or _is_open(request):
            return None
        script, reads = bool(request.headers.get("HX-Request")), request.method == "GET"
        target = page_shown(request) or page_above(request.path)
        if reads and not script:
            target = request.get_full_path()
        request.session[proofs.WAY_BACK] = target
        way = _way(lacks, target)
        if script:
            context = {"lacks": lacks, "way": way}
            return render(request, "components/session_over.html", context, status=403)
        if not reads:
            say_not_done(request, lacks, messages.WARNING)
        return HttpResponseRedirect(way)


@receiver(user_logged_in)
def note_beginning(request: HttpRequest, **_facts: Any) -> None:
    """Keep in the session when it began: no later page needs to write it."""
    request.session[_BEGAN] = timezone.now().timestamp()


def _last(request: HttpRequest, now: float) -> None:
    """End a session that lasted too long, whoever it is of."""
    if now - request.session.setdefault(_BEGAN, now) >= settings.SESSION_COOKIE_AGE:
        said = _("Anda sudah masuk selama dua belas jam, jadi sesi Anda diakhiri. Masuk lagi.")
        _end(request, said)


def _end(request: HttpRequest, said: str) -> None:
    """Sign out and say why; a script asks again by itself, and is told nothing."""
    logout(request)
    if not request.headers.get("HX-Request"):
        messages.info(request, said)


def _rest(request: HttpRequest, now: float) -> None:
    """End a session that rested too long; note an act. A page that polls does not act."""
    last = request.session.setdefault(_LAST_ACT, now)
    script = bool(request.headers.get("HX-Request"))
    if now - last >= settings.STAFF_IDLE_SECONDS:
        _end(request, _("Anda lama tidak aktif, jadi sesi Anda diakhiri. Masuk lagi."))
    elif now - last >= _GRAIN and not (script and request.method == "GET"):
        request.session[_LAST_ACT] = now


def _is_open(request: HttpRequest) -> bool:
    """Whether an address is for everybody, or a page of the account itself."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    access = access_of(name)
    return access is None or access.kind == "public" or name.startswith(("account_", "mfa_"))


def _way(lacks: str, target: str) -> str:
    """Return where what is lacking is set up or shown."""
    name = "mfa_index" if lacks == proofs.NOT_SET_UP else "mfa_reauthenticate"
    return f"{reverse(name)}?{urlencode({'next': target})}"
