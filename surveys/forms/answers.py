"""The questionnaire as a form: on the phone, on the tablet, and from paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import CodeField, LongTextField
from surveys.models import Age, Education, InstrumentVersion, Occupation, Question, Sex
from surveys.services.answers import Sheet
from workflow.forms.base import PortalForm

_UNSAID = ("", _("Tidak disebutkan"))
_RESPONDENT = {
    "sex": (_("Jenis kelamin"), [_UNSAID, *Sex.choices]),
    "age": (_("Umur"), [_UNSAID, *Age.choices]),
    "education": (_("Pendidikan terakhir"), [_UNSAID, *Education.choices]),
    "occupation": (_("Pekerjaan"), [_UNSAID, *Occupation.choices]),
}


class AnswerForm(PortalForm):
    """All questions of the questionnaires, who answers (optional), and a suggestion (optional).

    Every question has to be answered: a sheet that is half filled counts as not filled, and what
    was chosen stays on the page. ``website`` is a trap: people do not see it, robots fill it in.
    """

    website = CodeField(label=_("Jangan diisi"), required=False, max_length=200)
    suggestion = LongTextField(
        label=_("Saran Anda"),
        required=False,
        max_length=1000,
        printed=False,
        help_text=_("Jangan menulis nama atau nomor: saran dibaca petugas kantor ini."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, versions: Sequence[InstrumentVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = list(versions)
        for version in self.versions:
            for question in version.questions.all():
                self.fields[_name(question)] = _question_field(question)
        for name, (label, choices) in _RESPONDENT.items():
            self.fields[name] = forms.ChoiceField(label=label, required=False, choices=choices)

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The questions as the page shows them: the name of each questionnaire and its fields."""
        return [
            (
                version.instrument.name,
                [self[_name(question)] for question in version.questions.all()],
            )
            for version in self.versions
        ]

    @property
    def respondent(self) -> list[forms.BoundField]:
        """The fields about who answers."""
        return [self[name] for name in _RESPONDENT]

    @property
    def is_robot(self) -> bool:
        """Whether the field was filled in that people do not see."""
        return bool(self.data.get("website"))

    def sheet(self) -> Sheet:
        """Return what was answered."""
        cleaned = self.cleaned_data
        return Sheet(
            scores={
                version: {
                    question.key: cleaned[_name(question)] for question in version.questions.all()
                }
                for version in self.versions
            },
            respondent={name: cleaned[name] for name in _RESPONDENT},
            suggestion=cleaned["suggestion"],
        )


def _name(question: Question) -> str:
    return f"q{question.pk}"


def _question_field(question: Question) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=f"{question.number}. {question.text}",
        choices=question.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih salah satu jawaban."),
            "invalid_choice": _("Pilih salah satu jawaban yang tersedia."),
        },
    )
