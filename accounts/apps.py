from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Orang dan kantor")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the lookups of every search."""
        from accounts import lookups  # noqa: F401
