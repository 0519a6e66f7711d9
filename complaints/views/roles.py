"""The page that proposes a role in the handling of complaints; a second person confirms it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from authority import policies
from authority.proposing import answer
from complaints.forms.roles import TAKE, RoleForm
from workflow.http import refuse


@login_required
@require_http_methods(["GET", "POST"])
def propose_role(request: HttpRequest) -> HttpResponse:
    """Propose it; an address may name the position, the role, and that it is taken away."""
    assert isinstance(request.user, User)  # noqa: S101  login_required
    refuse(policies.may_administer(request.user))
    given = {"position": request.GET.get("jabatan"), "role": request.GET.get("peran")}
    if "cabut" in request.GET:
        given["do"] = TAKE
    at = timezone.now()
    form = RoleForm(request.POST or None, administrator=request.user, at=at, initial=given)
    return answer(request, form, _("Usulkan peran pengaduan"), at=at)
