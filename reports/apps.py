from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Laporan")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from reports import messages, refusals  # noqa: F401
        from reports.services import due_work

        due_work.register()
