"""The page that tries another term on the closed files of a service."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.administered import keeps
from permits.domain.replay import ENOUGH, Summary
from permits.forms.replay import ReplayForm
from permits.selectors.replays import MOST, Replay, replay
from permits.selectors.standards import service_in_force
from permits.views.applicant.access import SignedIn
from standards.models import StandardVersion, TermUnit
from standards.term_wording import term as promised
from workflow.domain.clock import Term
from workflow.formats import day


@login_required
@require_safe
def replay_page(request: SignedIn, service: int) -> HttpResponse:
    """Show what the term that is asked for would have meant for the files of the last year."""
    at = timezone.now()
    version = service_in_force(service, at)
    if version is None:
        raise Http404
    if not keeps(request.user, version.service.office_id):
        raise PermissionDenied
    asked = "amount" in request.GET
    initial = {"amount": version.target_amount or version.term_amount, "unit": version.term_unit}
    form = ReplayForm(request.GET if asked else None, initial=initial)
    context: dict[str, Any] = {"version": version, "service": version.service, "form": form}
    if asked and form.is_valid():
        found = replay(version.service, form.term(), at)
        context |= {"replay": found, "sentences": _sentences(found, version, form.term(), at)}
    return render(request, "permits/desk/replay.html", context)


def _sentences(found: Replay, version: StandardVersion, term: Term, at: datetime) -> list[str]:
    """Return what the figures mean; too few files are said before anything else."""
    zone = version.service.office
    named = {
        "term": f"{term.amount} {TermUnit(term.unit).label}",
        "promised": promised(version),
        "files": found.tried.files,
        "since": day(zone.local_date(found.since)),
        "until": day(zone.local_date(at)),
        "enough": ENOUGH,
        "most": MOST,
    }
    if not found.tried.files:
        return [_("Tidak ada berkas yang selesai dari %(since)s sampai %(until)s.") % named]
    said = [
        _("Dengan %(term)s, bukan %(promised)s: %(tried)s tepat waktu, sekarang %(own)s.")
        % {**named, "tried": _share(found.tried), "own": _share(found.promised)},
        _("Dihitung dari %(files)s berkas yang selesai dari %(since)s sampai %(until)s.") % named,
    ]
    if found.tried.files < ENOUGH:
        said.append(
            _("Kurang dari %(enough)s berkas: terlalu sedikit untuk menarik kesimpulan.") % named
        )
    if found.cut:
        said.append(_("Hanya %(most)s berkas terbaru yang dihitung.") % named)
    return said


def _share(summary: Summary) -> str:
    named = {"on_time": summary.on_time, "files": summary.files, "share": summary.share}
    if summary.share is None:
        return _("%(on_time)s dari %(files)s berkas") % named
    return _("%(on_time)s dari %(files)s berkas (%(share)s%%)") % named
