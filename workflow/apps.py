from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class WorkflowConfig(AppConfig):
    name = "workflow"
    verbose_name = _("Alur kerja")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from workflow import audit  # noqa: F401  registers the rows of accounts

        pre_migrate.connect(_lift_guards, sender=self)
        post_migrate.connect(_restore_guards)


def _lift_guards(using: str, **kwargs: Any) -> None:
    from workflow import guards

    guards.lift(connections[using])


def _restore_guards(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """After the last app with models only (no other sends the signal): every table is there."""
    from django.apps import apps

    from workflow import guards

    if sender is [config for config in apps.get_app_configs() if config.models_module][-1]:
        guards.restore(connections[using])
