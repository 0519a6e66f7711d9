"""The administration site: its name, its login, and what an administrator should look at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin_scope import page_of
from accounts.administered import keeps_portal
from accounts.models import Appointment, Position, User
from authority.kinds import kind_of
from authority.models import Proposal
from notices.models import Notice
from permits.models import Certificate, Printout
from standards.models import LegalBasis, Procedure, Regulation, StandardVersion
from workflow import admin_tasks, coverage
from workflow.models import Alarm, Recount

_SHOWN = 8  # of each sort; the lists hold the rest

_ORDER = (
    "standards",
    "accounts",
    "authority",
    "workflow",
    "permits",
    "surveys",
    "boards",
    "reports",
    "archives",
    "notices",
    "auth",
    "account",
    "mfa",
)
_NAMES = {  # libraries which have no Indonesian names
    "account": gettext_lazy("Alamat e-mail yang terbukti"),
    "auth": gettext_lazy("Kelompok wewenang"),
    "axes": gettext_lazy("Penjagaan pintu masuk"),
    "mfa": gettext_lazy("Verifikasi dua langkah"),
    "Authenticator": gettext_lazy("Alat verifikasi"),
}

Item = dict[str, str]


class PortalAdminSite(admin.AdminSite):
    """Django's admin site with the portal's own login."""

    site_header = "Administrasi Portal Perizinan"
    site_title = "Administrasi"
    index_title = "Administrasi"
    enable_nav_sidebar = True

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Send people to the portal's login: lock-out and second factor stand there."""
        if not request.user.is_authenticated:
            target = request.GET.get("next") or reverse("admin:index")
            return redirect_to_login(target, settings.LOGIN_URL)
        if not self.has_permission(request):
            raise PermissionDenied(_("Halaman ini hanya untuk administrator."))
        return HttpResponseRedirect(reverse("admin:index"))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """What a clerk works with first, what the machine keeps last."""
        apps = super().get_app_list(request, app_label)
        for each in apps:
            each["name"] = _NAMES.get(each["app_label"], each["name"])
            for model in each["models"]:
                model["name"] = _NAMES.get(model["object_name"], model["name"])
        place = {label: number for number, label in enumerate(_ORDER)}
        return sorted(apps, key=lambda each: place.get(each["app_label"], len(place)))

    def index(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Show first what is wrong or about to be."""
        return super().index(
            request, {**(extra_context or {}), "concerns": concerns(cast(User, request.user))}
        )

    def get_urls(self) -> list[Any]:
        """The address behind "view on site" asks the page of a row, as everything else does."""
        own = path("r/<int:content_type_id>/<path:object_id>/", self.admin_view(self.on_site))
        return [own, *super().get_urls()]

    def on_site(self, request: HttpRequest, content_type_id: int, object_id: str) -> HttpResponse:
        """Lead to the public page of a row, if the administrator may see the row."""
        model = get_object_or_404(ContentType, pk=content_type_id).model_class()
        if model is None or not self.is_registered(model):
            raise Http404
        page = self.get_model_admin(model)
        row = page.get_object(request, object_id)
        if row is None or not page.has_view_permission(request, row):
            raise Http404
        return shortcut(request, content_type_id, object_id)


def concerns(user: User) -> list[dict[str, Any]]:
    """Return what an administrator should look at, the urgent first; empty when all is well.

    Only what the pages of the administration show to this administrator is named.
    """
    problems = (
        ("late", _("Pekerjaan yang gagal"), _stuck(user)),
        ("late", _("Tugas administrator"), _admin_tasks(user)),
        ("attention", _("Usulan wewenang yang menunggu orang kedua"), _proposals(user)),
        ("late", _("Kalender kerja"), _calendar() if keeps_portal(user) else []),
        ("attention", _("Konsep standar yang belum ditetapkan"), _drafts(user)),
        ("attention", _("Jabatan dalam SOP tanpa pelaksana"), _vacant(user)),
        ("attention", _("Standar berlaku yang mengutip peraturan tercabut"), _repealed(user)),
        ("attention", _("Prosedur sementara"), _provisional(user)),
    )
    return [
        {"meaning": meaning, "title": title, "items": items}
        for meaning, title, items in problems
        if items
    ]


def _kept(user: User, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return what the page of these rows shows; rows without a page are for the portal's own."""
    if admin.site.is_registered(rows.model):
        return page_of(admin.site, rows).kept(user, rows)
    return rows if keeps_portal(user) else rows.none()


def _stuck(user: User) -> list[Item]:
    return [
        {
            "text": f"{model._meta.verbose_name}: {total}",
            "url": reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_changelist")
            + "?job_status__exact=gagal"
            if admin.site.is_registered(model)
            else "",
        }
        for model in (Notice, Certificate, Printout, Alarm, Recount)
        if (total := _kept(user, model.objects.stuck()).count())
    ]


def _admin_tasks(user: User) -> list[Item]:
    url = reverse("admin:workflow_admintask_changelist") + "?keadaan=terbuka"
    rows = _kept(user, admin_tasks.waiting()).exclude(kind=coverage.NOT_DECREED)[:_SHOWN]
    return [{"text": admin_tasks.sentence(row), "url": row.path or url} for row in rows]


def _proposals(user: User) -> list[Item]:
    rows = _kept(user, Proposal.objects.open().with_related())
    rows = rows.order_by("proposed_at")[:_SHOWN]
    return [{"text": kind_of(row).sentence(row), "url": row.get_absolute_url()} for row in rows]


def _calendar() -> list[Item]:
    """Shown at once; the task about the same cause is for administrators who do not look here."""
    year = coverage.missing_year(timezone.localdate())
    if year is None:
        return []
    url = reverse("permits:calendar_effect")
    if coverage.sure_until() is None:
        return [{"text": _("Belum ada tahun kalender yang ditetapkan."), "url": url}]
    text = _("Hari libur tahun %(year)s belum ditetapkan: tanggal janji di tahun itu perkiraan.")
    return [{"text": text % {"year": year}, "url": url}]


def _drafts(user: User) -> list[Item]:
    drafts = StandardVersion.objects.filter(status="konsep")
    rows = _kept(user, drafts).select_related("service__office")
    return [
        {
            "text": f"{row.service} ({row.service.office}), " + _("versi") + f" {row.number}",
            "url": _page(row),
        }
        for row in rows.order_by("pk")[:_SHOWN]
    ]


def _vacant(user: User) -> list[Item]:
    holders = Appointment.objects.in_force(timezone.localdate()).filter(position=OuterRef("pk"))
    used = StandardVersion.objects.in_force(timezone.localdate())
    rows = (
        _kept(user, Position.objects.all())
        .filter(roles__procedure__version_links__version__in=used)
        .exclude(Exists(holders))
        .select_related("office")
        .distinct()
    )
    return [{"text": f"{row} ({row.office})", "url": _page(row)} for row in rows[:_SHOWN]]


def _repealed(user: User) -> list[Item]:
    current = StandardVersion.objects.in_force(timezone.localdate())
    rows = (
        LegalBasis.objects.filter(version__in=_kept(user, current))
        .exclude(regulation=None)
        .exclude(regulation__status=Regulation.Status.IN_FORCE)
        .select_related("version__service__office")
    )
    versions = {row.version_id: row.version for row in rows}
    return _limited(
        {"text": f"{version.service} ({version.service.office})", "url": _page(version)}
        for version in versions.values()
    )


def _provisional(user: User) -> list[Item]:
    rows = _kept(user, Procedure.objects.provisional()).select_related("office")
    rows = rows.order_by("office", "name")
    return [{"text": f"{row.name} ({row.office})", "url": _page(row)} for row in rows[:_SHOWN]]


def _limited(items: Iterable[Item]) -> list[Item]:
    return list(items)[:_SHOWN]


def _page(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
