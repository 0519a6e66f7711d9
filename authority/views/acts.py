"""The page of one proposal, and its buttons.

Every button checks in the same order: is the proposal visible (404), is it still open (else a
message), may this person (403), is the form valid and does the service accept it (else the page).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from accounts import proofs
from accounts.access import Verdict
from accounts.models import User
from authority import policies, selectors
from authority.forms import ConfirmForm, RefuseForm, WithdrawForm
from authority.models import Proposal
from authority.services import proposals as services
from authority.views.proposal_page import ProposalPage
from workflow.domain.errors import DomainError
from workflow.forms.base import PortalForm
from workflow.http import refuse as deny
from workflow.once import say_not_done


@method_decorator(sensitive_post_parameters(), name="dispatch")
class ProposalView(LoginRequiredMixin, View):
    """The page of one proposal."""

    http_method_names: Sequence[str] = ("get", "head")
    user: User
    at: datetime

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Keep the person and the instant at which this request is judged."""
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()

    def found(self, key: UUID) -> Proposal:
        """Return the proposal, or answer 404."""
        assert isinstance(self.request.user, User)  # noqa: S101  LoginRequiredMixin
        self.user = self.request.user
        return get_object_or_404(selectors.visible_to(self.user, self.at), public_id=key)

    def get(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Show it."""
        return self.show(self.found(key))

    def show(self, proposal: Proposal, bound: PortalForm | None = None) -> HttpResponse:
        """Return the page; ``bound`` is a form with errors."""
        page = ProposalPage(proposal, self.user, self.at, bound)
        context = {"page": page, "prove_first": self.way_to_proof(proposal)}
        with timezone.override(proposal.office.zone):
            return render(self.request, "authority/proposal_detail.html", context)

    def way_to_proof(self, proposal: Proposal) -> str:
        """Return where the second factor is shown again before confirming; "" if it is fresh."""
        if not proofs.must_be_renewed(self.request):
            return ""
        way = urlencode({"next": proposal.get_absolute_url()})
        return f"{reverse('mfa_reauthenticate')}?{way}"


class ProposalAct(ProposalView):
    """A button: ``as_view(form=, may=, do=, done=)``, as in ``workflow.desk_actions``."""

    http_method_names = ("post",)
    form: ClassVar[Callable[..., Any]] = WithdrawForm
    may: Callable[[User, Proposal, datetime], Verdict]
    do: Callable[..., Any]
    done: str | Promise = ""

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Answer the button."""
        proposal = self.found(key)
        verdict = type(self).may(self.user, proposal, self.at)
        if verdict.reason == "proposal_settled":
            return self._moved(proposal, verdict.reason)
        deny(verdict)
        form = type(self).form(request.POST)
        if not form.is_valid() or not self.confirmed(form):
            return self.show(proposal, form)
        try:
            type(self).do(proposal, actor=self.user, at=self.at, **form.facts())
        except DomainError as error:
            return self._moved(proposal, error)
        messages.success(request, str(self.done))
        return redirect(proposal)

    def confirmed(self, form: Any) -> bool:
        """Check more after the form is valid."""
        return True

    def _moved(self, proposal: Proposal, reason: DomainError | str) -> HttpResponse:
        say_not_done(self.request, reason, messages.WARNING)
        return redirect(proposal)


class Confirm(ProposalAct):
    """The second person confirms, with the password and a fresh second factor."""

    form = ConfirmForm
    may = staticmethod(policies.may_confirm)
    do = staticmethod(services.confirm)
    done = gettext_lazy("Disetujui dan dijalankan. Semua yang bersangkutan diberi tahu.")

    def confirmed(self, form: ConfirmForm) -> bool:
        """Check both; wrong passwords count as those at login do."""
        if proofs.must_be_renewed(self.request):
            form.add_error(None, _("Tunjukkan dulu verifikasi dua langkah. Belum disetujui."))
            return False
        try:
            user = get_adapter(self.request).authenticate(
                self.request, email=self.user.email, password=form.cleaned_data["password"]
            )
        except ValidationError as error:
            form.add_error("password", error)
            return False
        if user is None or user.pk != self.user.pk:
            form.add_error("password", _("Kata sandi salah. Usulan belum disetujui."))
            return False
        return True


class Refuse(ProposalAct):
    """The second person, or the head, refuses."""

    form = RefuseForm
    may = staticmethod(policies.may_refuse)
    do = staticmethod(services.refuse)
    done = gettext_lazy("Ditolak. Semua yang bersangkutan diberi tahu.")


class Withdraw(ProposalAct):
    """The proposer takes it back."""

    form = WithdrawForm
    may = staticmethod(policies.may_withdraw)
    do = staticmethod(services.withdraw)
    done = gettext_lazy("Ditarik. Semua yang bersangkutan diberi tahu.")
