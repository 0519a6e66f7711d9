"""A question of the office's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import OneLineField
from surveys.services.extra_questions import Extra
from workflow.forms.base import PortalForm

_ANSWERS = ("answer_1", "answer_2", "answer_3", "answer_4")


class ExtraForm(PortalForm):
    """What is asked, and two to four answers to choose from."""

    name = OneLineField(
        label=_("Nama singkat"),
        max_length=120,
        help_text=_("Tertulis di atas tabel hasilnya, misalnya Pungutan liar."),
    )
    text = OneLineField(label=_("Pertanyaan"), max_length=300)
    answer_1 = OneLineField(label=_("Jawaban 1"), max_length=80)
    answer_2 = OneLineField(label=_("Jawaban 2"), max_length=80)
    answer_3 = OneLineField(
        label=_("Jawaban 3"),
        max_length=80,
        required=False,
        help_text=_("Kosongkan jika cukup dua jawaban, misalnya Ya dan Tidak."),
    )
    answer_4 = OneLineField(label=_("Jawaban 4"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse answers that are the same, and a fourth one without a third."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("answer_4") and not found.get("answer_3"):
            self.add_error("answer_3", _("Isi jawaban 3 sebelum jawaban 4."))
        seen: set[str] = set()
        for name in _ANSWERS:
            said = found.get(name, "").casefold()
            if said and said in seen:
                self.add_error(name, forms.ValidationError(_("Jawaban ini sudah ada di atas.")))
            seen.add(said)
        return found

    def extra(self) -> Extra:
        """Return the question."""
        facts = self.cleaned_data
        choices = [facts[name] for name in _ANSWERS if facts[name]]
        return Extra(facts["name"], facts["text"], choices)
