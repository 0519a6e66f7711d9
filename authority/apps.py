from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuthorityConfig(AppConfig):
    name = "authority"
    verbose_name = _("Wewenang atas orang")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register evidence, messages and sentences."""
        from authority import audit, messages, refusals  # noqa: F401
