"""Views of the messages in the account and of message preferences."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from notices import selectors, services
from notices.forms import PreferencesForm
from notices.models import Notice


class SignedIn(HttpRequest):
    """A request behind ``login_required``."""

    user: User


@login_required
@require_GET
def inbox(request: SignedIn) -> HttpResponse:
    """List the person's messages, the newest first."""
    before = request.GET.get("sebelum", "")
    cursor = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    return render(
        request, "notices/message_list.html", {"page": selectors.inbox(request.user, cursor)}
    )


@login_required
@require_GET
def message(request: SignedIn, key: int) -> HttpResponse:
    """Show one message and mark it as read."""
    notice = get_object_or_404(
        Notice.objects.visible_to(request.user).select_related("office"), pk=key
    )
    if notice.read_at is None:
        services.mark_read(request.user, timezone.now(), notice.pk)
    return render(request, "notices/message_detail.html", {"letter": selectors.letter(notice)})


@login_required
@require_POST
def read_all(request: SignedIn) -> HttpResponse:
    """Mark every message as read."""
    services.mark_read(request.user, timezone.now())
    messages.success(request, _("Semua pesan ditandai sudah dibaca."))
    return redirect("notices:messages")


@login_required
@require_http_methods(["GET", "POST"])
def preferences(request: SignedIn) -> HttpResponse:
    """Show and store message preferences."""
    user = request.user
    stored = selectors.addressee(user)
    form = PreferencesForm(
        request.POST or None,
        kinds=selectors.kinds_for(user, timezone.now()),
        chosen=selectors.chosen(user),
        phone=user.phone,
        initial={"language": stored.language, "digest_at": stored.digest_at},
    )
    if request.method == "POST" and form.is_valid():
        services.choose(
            user,
            language=form.cleaned_data["language"],
            digest_at=form.cleaned_data["digest_at"],
            phone=form.cleaned_data.get("phone", user.phone).strip(),
            wishes=form.wishes(),
        )
        messages.success(request, _("Pilihan Anda tersimpan."))
        return redirect("notices:preferences")
    return render(request, "notices/preferences.html", {"form": form})
