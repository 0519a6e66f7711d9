"""The list of proposals, and the pages that make one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.administered import offices_kept
from accounts.models import Position, User
from accounts.selectors import offices_of
from authority import policies, selectors
from authority.forms import ACCOUNT_FORMS, AmendForm, AppointForm, HeadForm, PositionForm
from authority.models import KindOf
from authority.proposing import answer
from authority.services import alone
from authority.views.proposal_page import ListPage
from workflow.domain.errors import DomainError
from workflow.http import refuse
from workflow.once import say_not_done

_TITLES = {
    KindOf.RIGHTS: gettext_lazy("Usulkan wewenang administrasi"),
    KindOf.EMAIL: gettext_lazy("Usulkan alamat e-mail baru"),
    KindOf.PASSWORD: gettext_lazy("Usulkan pembatalan kata sandi"),
    KindOf.SECOND_FACTOR: gettext_lazy("Usulkan penghapusan verifikasi dua langkah"),
}


@login_required
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """Which proposals wait, and what became of the others?"""
    page = ListPage(_user(request), timezone.now())
    if not page.administers and not page.heads and not page.rows:
        raise Http404
    return render(request, "authority/proposal_list.html", {"page": page})


@login_required
@require_http_methods(["GET", "POST"])
def appoint(request: HttpRequest) -> HttpResponse:
    """Propose an appointment; an address may name the position and the person.

    Term and decree stand there as in the one proposed before.
    """
    refuse(policies.may_administer(_user(request)))
    before = selectors.last_term(_user(request), timezone.now())
    given: dict[str, Any] = {**before, "position": request.GET.get("jabatan")}
    person = request.GET.get("orang", "")
    if person.isdecimal():
        given["person"] = _person(request, int(person)).email
    form = AppointForm(request.POST or None, administrator=_user(request), initial=given)
    lead = _("Kedudukan, masa, dan keputusan sudah diisi seperti usulan Anda sebelumnya. Periksa.")
    title = _("Usulkan penunjukan pejabat atau petugas")
    return answer(request, form, title, lead if before else "", at=timezone.now())


@login_required
@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, appointment: int) -> HttpResponse:
    """Propose another term for an appointment, or its end."""
    refuse(policies.may_administer(_user(request)))
    row = get_object_or_404(selectors.appointments_for(_user(request)), pk=appointment)
    form = AmendForm(request.POST or None, appointment=row)
    return answer(request, form, _("Usulkan perubahan masa jabatan"), str(row), at=timezone.now())


@login_required
@require_http_methods(["GET", "POST"])
def position(request: HttpRequest, position: int) -> HttpResponse:
    """Propose another name or superior of a position that is held."""
    refuse(policies.may_administer(_user(request)))
    row, day = _position(request, position)
    form = PositionForm(request.POST or None, position=row, day=day)
    return answer(
        request, form, _("Usulkan perubahan jabatan"), f"{row}, {row.office}", at=timezone.now()
    )


@login_required
@require_http_methods(["GET", "POST"])
def head(request: HttpRequest, position: int) -> HttpResponse:
    """Propose that a position becomes the head's."""
    refuse(policies.may_administer(_user(request)))
    row, day = _position(request, position)
    form = HeadForm(request.POST or None, position=row, day=day)
    lead = _("%(position)s menjadi jabatan pimpinan %(office)s.")
    words = {"position": row, "office": row.office}
    return answer(
        request, form, _("Usulkan pemindahan kursi pimpinan"), lead % words, at=timezone.now()
    )


@login_required
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, person: int, kind: str) -> HttpResponse:
    """Propose something about the account of a person."""
    refuse(policies.may_administer(_user(request)))
    if kind not in ACCOUNT_FORMS:
        raise Http404
    user = _person(request, person)
    kept = list(offices_kept(_user(request)))
    offices = [each for each in offices_of(user, timezone.now()) if each in kept] or kept
    form = ACCOUNT_FORMS[kind](request.POST or None, person=user, offices=offices)
    return answer(
        request, form, str(_TITLES[KindOf(kind)]), f"{user}, {user.email}", at=timezone.now()
    )


@login_required
@require_POST
def say_alone(request: HttpRequest, office: str) -> HttpResponse:
    """State that an office has one administrator only."""
    user, at = _user(request), timezone.now()
    refuse(policies.may_administer(user))
    row = get_object_or_404(offices_kept(user), code=office)
    try:
        alone.say_alone(row, actor=user, at=at)
    except DomainError as error:
        say_not_done(request, error)
    else:
        messages.success(request, _("Tercatat. Kepala unit diberi tahu."))
    return redirect("authority:list")


def _position(request: HttpRequest, key: int) -> tuple[Position, date]:
    """Return a position of an office that is kept, and the day that it is there."""
    row = get_object_or_404(selectors.positions_for(_user(request)), pk=key)
    return row, row.office.local_date(timezone.now())


def _person(request: HttpRequest, key: int) -> User:
    return get_object_or_404(selectors.people_for(_user(request)), pk=key)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  login_required
    return request.user
