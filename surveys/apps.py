from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    name = "surveys"
    verbose_name = _("Survei kepuasan")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from permits import survey_pages
        from reports.services.registering import register
        from surveys import messages, refusals  # noqa: F401
        from surveys.content import report
        from surveys.services import due_work, follow_ups, invitations

        register(report.kind())
        follow_ups.register()
        due_work.register()
        survey_pages.register(survey_pages.Paper.RECEIPT, invitations.receipt_page)
        survey_pages.register(survey_pages.Paper.CERTIFICATE, invitations.certificate_page)
