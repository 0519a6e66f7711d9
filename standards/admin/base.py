"""What the pages of versions and procedures share: they close for good once frozen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, cast

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.access import Verdict
from accounts.admin_parts import StaysOnRow, offer, without_popups
from accounts.models import User
from standards.forms.choosable import offered
from standards.models import Procedure, StandardVersion
from workflow.domain.errors import DomainError
from workflow.refusals import sentence


def person_of(request: HttpRequest) -> User:
    """Return the user: an administration page requires a login."""
    return cast(User, request.user)


def is_frozen(row: Any) -> bool:
    if isinstance(row, StandardVersion):
        return row.is_published
    return isinstance(row, Procedure) and row.published_at is not None


class FreezableAdmin(StaysOnRow):
    """A page that closes for good: what is frozen can be read, and nothing else."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not is_frozen(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not is_frozen(obj)

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """Lock the row while it is edited, so that it cannot be published at the same time."""
        if request.method == "POST" and transaction.get_connection().in_atomic_block:
            rows = self.kept(request.user, self.model._default_manager.all())
            rows.select_for_update(of=("self",)).filter(pk=unquote(object_id)).first()
        return super().get_object(request, object_id, from_field)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """What hangs below a row can be entered once the row is there."""
        return self.inlines if obj else ()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Rows may point to others that were typed on the same page."""
        for formset in formsets:
            formset.beside = formsets
        super().save_related(request, form, formsets, change)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Offer what exists where a code or a heading is written."""
        shown = {"offered": offered(context.get("original")), **context}
        return super().render_change_form(request, shown, *args, **kwargs)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refusals of a service become a message instead of an error page."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except DomainError as error:
            messages.error(request, sentence(error))
            return HttpResponseRedirect(request.get_full_path())

    def button(self, name: str, view: Callable[..., HttpResponse]) -> URLPattern:
        """Return the address ``<pk>/<name>/`` of a page or button of one row."""
        return path(
            f"<path:object_id>/{name}/",
            self.admin_site.admin_view(view),
            name=f"{self.opts.app_label}_{self.opts.model_name}_{name.replace('-', '_')}",
        )

    def copy(
        self,
        request: HttpRequest,
        object_id: str,
        may: Callable[..., Verdict],
        make: Callable[..., Any],
        done: str,
    ) -> HttpResponse:
        """Answer a button that makes a copy: go on at the copy, or say why there is none."""
        original = get_object_or_404(self.get_queryset(request), pk=whole_number(object_id))
        landing = original
        verdict = may(person_of(request), original)
        if request.method != "POST":
            pass
        elif not verdict:
            messages.error(request, sentence(verdict.reason))
        else:
            try:
                landing = make(original, actor=person_of(request), at=timezone.now())
            except DomainError as error:
                messages.error(request, sentence(error))
            else:
                self.log_addition(request, landing, done)
                messages.success(request, done)
        return HttpResponseRedirect(self.page_of(landing))

    def page_of(self, row: Any) -> str:
        """Return the address of the page of ``row``."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])


def whole_number(object_id: str) -> int:
    try:
        return int(unquote(object_id))
    except ValueError as error:
        raise Http404 from error


class Below:
    """Rows below a version or procedure: the permission of that page holds for them."""

    extra = 0
    classes: Sequence[str] | None = ("collapse",)
    limited: ClassVar[dict[str, Callable[[Any], QuerySet[Any] | None]]] = {}
    popups: tuple[str, ...] = ()  # fields beside which a new row may be made in a small window

    def _may_edit(self, request: HttpRequest, obj: Any) -> bool:
        label = f"standards.change_{obj._meta.model_name}" if obj else ""
        return bool(obj) and not is_frozen(obj) and request.user.has_perm(label)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True  # the page checks the permission

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_edit(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_edit(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_edit(request, obj)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Choices stay within the page: nothing can point into another version or office."""
        formset = super().get_formset(request, obj, **kwargs)  # type: ignore[misc]
        for name, rows in self.limited.items():
            if (offered := rows(obj)) is not None:
                offer(formset.form, name, offered)
        for name, field in formset.form.base_fields.items():
            without_popups(field)
            if name in self.popups:
                field.widget.can_add_related = True
        return formset


def badge(meaning: str, label: str) -> SafeString:
    return format_html('<span class="state state--{}">{}</span>', meaning, label)
