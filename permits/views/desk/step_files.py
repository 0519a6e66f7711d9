"""A step of work is done, perhaps with papers: its button, and the papers of every step."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.officers import Officer, officer_page
from permits import policies
from permits.forms import desk as forms
from permits.selectors import step_files
from permits.services.step_files import pass_on as finish_step
from permits.views.desk.access import get_application
from permits.views.desk.actions import ApplicationAction
from permits.views.recorded_files import serve_recorded_upload


class PassAction(ApplicationAction):
    """Finish a step; what is wrong with a paper from outside is said there."""

    error_fields: ClassVar = {"file_infected": ("document",), "storage_full": ("document",)}


pass_on = PassAction.as_view(
    form=forms.PassForm,
    may=policies.may_pass,
    do=finish_step,
    done=gettext_lazy("Langkah selesai dan berkas diteruskan."),
)


@officer_page
@require_safe
def step_file(request: HttpRequest, officer: Officer, key: UUID, paper: UUID) -> HttpResponseBase:
    """A paper that was attached to a step, for the officers who may see its application."""
    application = get_application(officer, key)
    row = get_object_or_404(step_files(application), public_id=paper)
    return serve_recorded_upload(request, row, application)
