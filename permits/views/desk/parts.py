"""Parts that others give at a step: their button, the row left out, and the file they added."""

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
from permits.models import StepPart
from permits.services import parts
from permits.views.desk.actions import ApplicationAction
from permits.views.recorded_files import serve_recorded_upload


class PartAction(ApplicationAction):
    """Give a part; one that is in already is said, not refused."""

    denied_as_moved: ClassVar = frozenset({"part_is_in", "not_your_part"})
    moved: ClassVar = ApplicationAction.moved | denied_as_moved
    error_fields: ClassVar = {"note_missing": ("note",), "file_infected": ("document",)}


give_part = PartAction.as_view(
    form=forms.PartForm,
    may=policies.may_give_part,
    do=parts.give_part,
    done=gettext_lazy("Bagian Anda tercatat di kartu kendali."),
)


class PassOverAction(PartAction):
    """Leave out a row that is not always needed."""

    error_fields: ClassVar = {"note_missing": ("note",)}


pass_over = PassOverAction.as_view(
    form=forms.PassOverForm,
    may=policies.may_pass_over,
    do=parts.pass_over,
    done=gettext_lazy("Tercatat di kartu kendali bahwa langkah itu tidak diperlukan."),
)


@officer_page
@require_safe
def part_file(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponseBase:
    """The file of a part, for the officers who may see its application."""
    rows = StepPart.objects.sent_to(officer.offices).select_related("application__office")
    part = get_object_or_404(rows.select_related("document"), document__public_id=key)
    return serve_recorded_upload(request, part.document, part.application)
