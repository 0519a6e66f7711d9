"""What a page needs that proposes something: the form that all share, and its answer.

Apps above propose kinds of their own with it (``authority.kinds.register``).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import DayField, LongTextField, OneLineField
from accounts.models import User
from authority.services import proposals
from workflow.domain.errors import DomainError
from workflow.forms.base import PortalForm
from workflow.refusals import sentence

ERROR_FIELDS: Final = {
    "email_taken": "email",
    "proposal_term_over": "ended_on",
    "proposal_appointed_already": "started_on",
    "position_elsewhere": "superior",
    "position_below_itself": "superior",
}


class ProposalForm(PortalForm):
    """What every proposal has: its decree and its reason. ``facts`` are those of its kind."""

    decree_required: ClassVar[bool] = False
    reason_required: ClassVar[bool] = True

    decree_number = OneLineField(
        label=gettext_lazy("Nomor surat keputusan"),
        max_length=120,
        help_text=gettext_lazy("Atau surat perintah, misalnya 800/12/2026."),
    )
    decree_date = DayField(label=gettext_lazy("Tanggal surat keputusan"), back=50, ahead=0)
    reason = LongTextField(
        label=gettext_lazy("Alasan"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decree_number"].required = self.decree_required
        self.fields["decree_date"].required = self.decree_required
        self.fields["reason"].required = self.reason_required

    def clean(self) -> dict[str, Any]:
        """A decree has a number and a date, or is left out."""
        given = super().clean() or {}
        number, on = given.get("decree_number"), given.get("decree_date")
        for name, missing in (
            ("decree_number", on and not number),
            ("decree_date", number and not on),
        ):
            if missing and name not in self.errors:
                self.add_error(name, _("Isi nomor dan tanggalnya, atau kosongkan keduanya."))
        return given

    def decree(self) -> dict[str, Any]:
        """Return the arguments of the service that every kind has."""
        names = ("decree_number", "decree_date", "reason")
        return {name: self.cleaned_data[name] for name in names}


def answer(
    request: HttpRequest, form: Any, title: str, lead: str = "", *, at: datetime
) -> HttpResponse:
    """Show a page that proposes, or make what is proposed and go to its page."""
    assert isinstance(request.user, User)  # noqa: S101  such pages are for administrators
    if request.method == "POST" and form.is_valid():
        try:
            made = proposals.propose(**form.what(), actor=request.user, at=at)
        except DomainError as error:
            name = ERROR_FIELDS.get(error.code, "")
            form.add_error(name if name in form.fields else None, sentence(error))
        else:
            messages.success(request, _("Usulan tersimpan. Orang kedua sudah diberi tahu."))
            return redirect(made)
    return render(request, "authority/propose.html", {"form": form, "title": title, "lead": lead})
