from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BoardsConfig(AppConfig):
    name = "boards"
    verbose_name = _("Papan pimpinan")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from boards import messages, refusals  # noqa: F401
        from boards.models import EvidenceFile, EvidencePack
        from boards.services.office_kinds import register_kinds
        from boards.services.pekppp import packs
        from permits.services import orphans

        register_kinds()
        orphans.register_folder(packs.FOLDER, EvidencePack)
        orphans.register_folder(packs.PARTS, EvidenceFile)
