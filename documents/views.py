"""The page of the signing key of an office, for its administrators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.administered import offices_kept
from accounts.models import Office, User
from authority import policies
from authority.models import Proposal
from authority.services import proposals
from documents import key_requests
from documents.forms import AskForm, OfferForm
from documents.key_files import KEY_FILE_SENTENCES, KeyFileProblem
from documents.keys import KeyState, key_state
from documents.models import KeyRequest
from workflow.domain.errors import DomainError
from workflow.http import refuse
from workflow.once import say_not_done
from workflow.refusals import sentence

_MEANINGS = {
    KeyRequest.State.DONE: "good",
    KeyRequest.State.FAILED: "late",
    KeyRequest.State.CANCELLED: "neutral",
}


@dataclass
class KeyPage:
    """The key of ``office`` at ``at``, and its last request; ``bound`` is a form with errors."""

    office: Office
    at: datetime
    bound: Any = None

    @cached_property
    def key(self) -> KeyState:
        """The state of the key that is in use."""
        return key_state(self.office, self.at)

    @cached_property
    def request(self) -> KeyRequest | None:
        """The last request."""
        return key_requests.latest(self.office)

    @cached_property
    def proposal(self) -> Proposal | None:
        """The certificate of the request that waits for its second person."""
        return key_requests.open_proposal(self.request) if self.request else None

    @property
    def is_open(self) -> bool:
        """Whether the last request is not settled."""
        return self.request is not None and self.request.state in KeyRequest.OPEN

    @property
    def meaning(self) -> str:
        """How the state of the request is shown."""
        assert self.request  # noqa: S101  asked where there is one
        return _MEANINGS.get(KeyRequest.State(self.request.state), "attention")

    @property
    def problem(self) -> str:
        """Why the worker could not do the request."""
        code = self.request.problem if self.request else ""
        return str(KEY_FILE_SENTENCES[KeyFileProblem(code)]) if code else ""

    @property
    def ask_form(self) -> AskForm | None:
        """The form that asks for a new key."""
        if self.is_open:
            return None
        return self.bound if isinstance(self.bound, AskForm) else AskForm(office=self.office)

    @property
    def offer_form(self) -> OfferForm | None:
        """The form that takes the certificate."""
        waits = self.request and self.request.state == KeyRequest.State.MADE
        if not self.request or not waits or self.proposal:
            return None
        bound = isinstance(self.bound, OfferForm)
        return self.bound if bound else OfferForm(request=self.request, at=self.at)


@login_required
@require_GET
def key(request: HttpRequest, office: str) -> HttpResponse:
    """Show whether the office can sign, and what became of its request of a new key."""
    return _page(request, KeyPage(_office(request, office), timezone.now()))


@login_required
@require_POST
def ask_key(request: HttpRequest, office: str) -> HttpResponse:
    """Ask for a new key."""
    page = KeyPage(_office(request, office), timezone.now())
    form = AskForm(request.POST, office=page.office)
    if not form.is_valid():
        page.bound = form
        return _page(request, page)
    try:
        key_requests.ask(
            page.office, name=form.cleaned_data["name"], actor=_user(request), at=page.at
        )
    except DomainError as error:
        say_not_done(request, error)
    else:
        messages.success(request, _("Kunci baru diminta dari proses penanda tangan."))
    return redirect("documents:key", office)


@login_required
@require_GET
def key_request(request: HttpRequest, office: str) -> HttpResponse:
    """Download the request that the issuer of certificates is given (PKCS#10)."""
    row = _open_request(request, office)
    if not row.csr:
        raise Http404
    named = {"Content-Disposition": f'attachment; filename="{office}.csr"'}
    return HttpResponse(row.csr, content_type="application/pkcs10", headers=named)


@login_required
@require_POST
def offer(request: HttpRequest, office: str) -> HttpResponse:
    """Propose the certificate that came back; a second person confirms it."""
    row, at = _open_request(request, office), timezone.now()
    if row.state != KeyRequest.State.MADE:
        say_not_done(request, DomainError("key_request_settled"))
        return redirect("documents:key", office)
    form = OfferForm(request.POST, request.FILES, request=row, at=at)
    if form.is_valid():
        try:
            made = proposals.propose(**form.what(), actor=_user(request), at=at)
        except DomainError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, _("Usulan tersimpan. Orang kedua sudah diberi tahu."))
            return redirect(made)
    return _page(request, KeyPage(row.office, at, form))


@login_required
@require_POST
def cancel(request: HttpRequest, office: str) -> HttpResponse:
    """Take the request back."""
    row = _open_request(request, office)
    try:
        key_requests.cancel(row, at=timezone.now())
    except DomainError as error:
        say_not_done(request, error)
    else:
        messages.success(request, _("Permintaan kunci dibatalkan."))
    return redirect("documents:key", office)


def _page(request: HttpRequest, page: KeyPage) -> HttpResponse:
    return render(request, "documents/key.html", {"page": page, "office": page.office})


def _open_request(request: HttpRequest, office: str) -> KeyRequest:
    row = key_requests.latest(_office(request, office))
    if row is None:
        raise Http404
    return row


def _office(request: HttpRequest, code: str) -> Office:
    """Return an office that the person keeps; a partner body signs nothing and has no key."""
    refuse(policies.may_administer(_user(request)))
    return get_object_or_404(offices_kept(_user(request)), code=code, partner_of=None)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  login_required
    return request.user
