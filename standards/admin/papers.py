"""The papers of a version beside the permit, below its page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.admin_parts import PortalStacked
from standards.admin.base import Below
from standards.forms.keyed import KeyedFormSet
from standards.forms.papers import PaperForm
from standards.models import Paper


class PaperInline(Below, PortalStacked):
    model = Paper
    form = PaperForm
    formset = KeyedFormSet
    fields = (
        ("order", "title", "kind"),
        "addressee",
        "body",
        ("written_at", "initialed_at", "signed_at"),
        "on_behalf_of",
        ("key", "number_pattern"),
        "when",
    )
    verbose_name_plural = _("Dokumen lain: surat, surat ketetapan, berita acara")
