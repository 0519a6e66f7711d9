"""What the applicant has sent: every round as page and as PDF; officers read it, too."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from permits.models import Application, Opening
from permits.presenters.submissions import masked_rounds, rounds_of
from permits.services import openings
from permits.views import opening_reasons
from permits.views.applicant.access import SignedIn
from permits.views.recorded_files import serve_recorded_file
from workflow.http import answer_to_waiting


@login_required
@require_safe
def submissions(request: SignedIn, key: UUID) -> HttpResponse:
    """All answers, files and declarations of every round, with what changed between rounds.

    An officer's opening is recorded, and identity numbers are masked.
    """
    visible = Application.objects.visible_to(request.user).select_related("service", "office")
    application = get_object_or_404(visible, public_id=key)
    own = application.applicant_id == request.user.pk
    if application.number is None:
        return redirect(application)
    if not own:
        now = timezone.now()
        kind = Opening.Kind.SUBMISSION
        reason = opening_reasons.reason_for(request, application, kind, now)
        if reason is None:
            return opening_reasons.ask(application, request.get_full_path())
        what = _("Halaman kiriman pemohon")
        openings.record(application, kind, actor=request.user, at=now, what=what, reason=reason)
    rounds = rounds_of(application)
    context = {
        "application": application,
        "office": application.office,
        "own": own,
        "rounds": rounds if own else masked_rounds(rounds),
        "back": application.get_absolute_url() if own else application.get_desk_url(),
    }
    return render(request, "permits/applicant/submissions.html", context)


@login_required
@require_safe
def submission_pdf(request: SignedIn, key: UUID, nth: int) -> HttpResponseBase:
    """The paper of one round, or a waiting page until the worker has made it."""
    application = get_object_or_404(Application.objects.visible_to(request.user), public_id=key)
    sent = next((row for row in rounds_of(application) if row.content["round"] == nth), None)
    if sent is None:
        raise Http404
    failed = sent.paper.job_status == "gagal"
    if answer := answer_to_waiting(request, ready=bool(sent.paper.file), failed=failed):
        return answer
    if not sent.paper.file:
        context = {"application": application, "failed": failed}
        return render(request, "permits/applicant/submission_waiting.html", context)
    facts = {"number": application.number, "nth": nth}
    name = _("Kiriman %(nth)s permohonan %(number)s.pdf") % facts
    return serve_recorded_file(
        request, sent.paper.file, application, Opening.Kind.SUBMISSION, name=name
    )
