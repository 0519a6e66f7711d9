from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PermitsConfig(AppConfig):
    name = "permits"
    verbose_name = _("Perizinan")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from permits import audit, refusals  # noqa: F401
        from permits.selectors.standards import is_used
        from permits.services import (  # noqa: F401
            calendar_changes,
            due_work,
            infected,
            parts,
            payments,
            step_files,
            terms,
        )
        from standards.services import publishing

        publishing.count_as_use(is_used)
        terms.register()
        due_work.register()
        infected.register()
        parts.register()
        payments.register()
        step_files.register()
