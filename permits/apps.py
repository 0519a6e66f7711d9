from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PermitsConfig(AppConfig):
    name = "permits"
    verbose_name = _("Perizinan")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from permits import audit, refusals  # noqa: F401
        from permits.services import calendar_changes, terms  # noqa: F401

        terms.watch()
