from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = _("Dokumen")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the kind of proposal and sentences."""
        from documents import key_requests, refusals  # noqa: F401
