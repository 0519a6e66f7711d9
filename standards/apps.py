from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StandardsConfig(AppConfig):
    name = "standards"
    verbose_name = _("Standar pelayanan")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from standards import refusals  # noqa: F401
        from standards.services import evaluation

        evaluation.watch()
