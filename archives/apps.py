from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArchivesConfig(AppConfig):
    name = "archives"
    verbose_name = _("Arsip dan data pribadi")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from archives import audit, guards, messages, refusals  # noqa: F401
        from archives.models import DataCopy, DisposalReport
        from archives.selectors import granted_corrections
        from archives.services import copies, disposals, due_work
        from permits.selectors.corrections import register_reader
        from permits.services import orphans

        register_reader(granted_corrections)
        due_work.register()
        orphans.register_folder(copies.FOLDER, DataCopy)
        orphans.register_folder(disposals.FOLDER, DisposalReport)
