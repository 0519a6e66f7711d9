"""Actions on papers beside the permit, at the steps that write, initial and sign them."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from permits import policies
from permits.forms import desk as forms
from permits.forms.desk import DeskForm
from permits.models import Application
from permits.services import further_papers
from permits.views.desk.actions import ApplicationAction, SignAction


class WritePaperAction(ApplicationAction):
    """Save the text; one that a colleague saved meanwhile is shown beside it."""

    error_fields = {"draft_of_colleague": ("statement",)}

    def show(self, subject: Application, form: DeskForm) -> HttpResponse:
        """Show the text of a colleague above the one typed."""
        seen = form.facts().get("seen", 0)
        other = further_papers.newer_of_colleague(subject, self.officer.user, seen)
        if other is not None and isinstance(form, forms.PaperTextForm):
            form.show_beside(other)
        return super().show(subject, form)


write_paper = WritePaperAction.as_view(
    form=forms.PaperTextForm,
    may=policies.may_write_paper,
    do=further_papers.write_paper,
    done=gettext_lazy("Konsep tersimpan. Pratinjaunya disiapkan."),
)
initial_paper = ApplicationAction.as_view(
    form=forms.InitialPaperForm,
    may=policies.may_initial_paper,
    do=further_papers.initial_paper,
    done=gettext_lazy("Paraf dibubuhkan dan berkas diteruskan."),
)
sign_paper = SignAction.as_view(
    form=forms.SignPaperForm,
    may=policies.may_sign_paper,
    do=further_papers.sign_paper,
    done=gettext_lazy(
        "Persetujuan Anda tercatat. Dokumen sedang ditandatangani secara elektronik."
    ),
)
