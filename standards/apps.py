from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class StandardsConfig(AppConfig):
    name = "standards"
    verbose_name = _("Standar pelayanan")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from standards import proposals, refusals, warnings  # noqa: F401
        from standards.services import evaluation, publicity

        evaluation.register()
        publicity.register()
        post_migrate.connect(_install_search, sender=self)


def _install_search(using: str, **kwargs: Any) -> None:
    """After every migrate, like the guards of records: SQLite may have rebuilt a table."""
    from standards import fulltext

    fulltext.install(connections[using])
