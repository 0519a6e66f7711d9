from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Orang dan kantor")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the lookups of every search."""
        from accounts import lookups  # noqa: F401

        post_migrate.connect(_keep_group)


def _keep_group(sender: AppConfig, **kwargs: Any) -> None:
    """After the last app with models: every permission is there."""
    from accounts import authorities

    if sender is [config for config in apps.get_app_configs() if config.models_module][-1]:
        authorities.keep_group()
