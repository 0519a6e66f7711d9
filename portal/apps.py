from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        from portal import (  # noqa: F401
            checks,
            connection_checks,
            database_checks,
            installation_checks,
        )


class PortalAdminConfig(AdminConfig):
    default_site = "portal.admin.PortalAdminSite"
