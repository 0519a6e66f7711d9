from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplaintsConfig(AppConfig):
    name = "complaints"
    verbose_name = _("Pengaduan")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from complaints import audit, messages, proposals, refusals  # noqa: F401
        from complaints.models import AnswerLetter, BookPaper, ComplaintFile
        from complaints.services import (
            attachments,
            book_papers,
            due_work,
            letters,
            recounting,
            reminders,
            report_terms,
        )
        from permits.services import orphans

        attachments.register()
        reminders.register()
        due_work.register()
        report_terms.register()
        recounting.register()
        orphans.register_folder(attachments.FOLDER, ComplaintFile)
        orphans.register_folder(book_papers.FOLDER, BookPaper)
        orphans.register_folder(letters.FOLDER, AnswerLetter)
