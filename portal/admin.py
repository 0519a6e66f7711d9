"""The administration site: its name, its login, and what an administrator should look at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Appointment, Position
from notices.models import Notice
from permits.models import Certificate, Printout
from standards.models import LegalBasis, Procedure, StandardVersion
from workflow import admin_tasks, coverage
from workflow.models import Alarm, Recount

_SHOWN = 8  # of each sort; the lists hold the rest

_ORDER = ("standards", "accounts", "workflow", "permits", "notices", "auth", "account", "mfa")
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
        return super().index(request, {**(extra_context or {}), "concerns": concerns()})


def concerns() -> list[dict[str, Any]]:
    """Return what an administrator should look at, the urgent first; empty when all is well."""
    problems = (
        ("late", _("Pekerjaan yang gagal"), _stuck()),
        ("late", _("Tugas administrator"), _admin_tasks()),
        ("late", _("Kalender kerja"), _calendar()),
        ("attention", _("Konsep standar yang belum ditetapkan"), _drafts()),
        ("attention", _("Jabatan dalam SOP tanpa pelaksana"), _vacant()),
        ("attention", _("Standar berlaku yang mengutip peraturan tercabut"), _repealed()),
        ("attention", _("Prosedur sementara"), _provisional()),
    )
    return [
        {"meaning": meaning, "title": title, "items": items}
        for meaning, title, items in problems
        if items
    ]


def _stuck() -> list[Item]:
    return [
        {
            "text": f"{model._meta.verbose_name}: {total}",
            "url": reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_changelist")
            + "?job_status__exact=gagal"
            if admin.site.is_registered(model)
            else "",
        }
        for model in (Notice, Certificate, Printout, Alarm, Recount)
        if (total := model.objects.stuck().count())
    ]


def _admin_tasks() -> list[Item]:
    url = reverse("admin:workflow_admintask_changelist") + "?keadaan=terbuka"
    rows = admin_tasks.waiting().exclude(kind=coverage.NOT_DECREED)[:_SHOWN]
    return [{"text": admin_tasks.sentence(row), "url": row.path or url} for row in rows]


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


def _drafts() -> list[Item]:
    rows = StandardVersion.objects.filter(status="konsep").select_related("service__office")
    return [
        {
            "text": f"{row.service} ({row.service.office}), " + _("versi") + f" {row.number}",
            "url": _page(row),
        }
        for row in rows.order_by("pk")[:_SHOWN]
    ]


def _vacant() -> list[Item]:
    holders = Appointment.objects.in_force(timezone.localdate()).filter(position=OuterRef("pk"))
    used = StandardVersion.objects.in_force(timezone.localdate())
    rows = (
        Position.objects.filter(roles__procedure__version_links__version__in=used)
        .exclude(Exists(holders))
        .select_related("office")
        .distinct()
    )
    return [{"text": f"{row} ({row.office})", "url": _page(row)} for row in rows[:_SHOWN]]


def _repealed() -> list[Item]:
    rows = (
        LegalBasis.objects.filter(
            version__in=StandardVersion.objects.in_force(timezone.localdate())
        )
        .exclude(regulation=None)
        .exclude(regulation__repealed_by="")
        .select_related("version__service__office")
    )
    versions = {row.version_id: row.version for row in rows}
    return _limited(
        {"text": f"{version.service} ({version.service.office})", "url": _page(version)}
        for version in versions.values()
    )


def _provisional() -> list[Item]:
    rows = Procedure.objects.provisional().select_related("office").order_by("office", "name")
    return [{"text": f"{row.name} ({row.office})", "url": _page(row)} for row in rows[:_SHOWN]]


def _limited(items: Iterable[Item]) -> list[Item]:
    return list(items)[:_SHOWN]


def _page(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
