"""The answers of an applicant with the verdicts of officers on them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy

from permits.models import AnswerVerdict, Application
from permits.selectors.facts import QUESTION, AskedFacts

IDENTITY: dict[str, LazyText] = {
    "holder_kind": gettext_lazy("Izin ini untuk"),
    "holder_name": gettext_lazy("Nama pemegang izin"),
    "responsible_name": gettext_lazy("Nama penanggung jawab"),
    "national_id": gettext_lazy("NIK penanggung jawab"),
    "business_number": gettext_lazy("Nomor Induk Berusaha (NIB)"),
    "address": gettext_lazy("Alamat"),
    "phone": gettext_lazy("Nomor telepon"),
}


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer: the name of its form field, its label, its stored value, the latest verdict."""

    key: str
    label: str
    value: str
    verdict: AnswerVerdict | None

    @property
    def judged(self) -> bool:
        """Whether the verdict is about the present value."""
        return self.verdict is not None and self.verdict.value == self.value

    @property
    def accepted(self) -> bool:
        """Whether the present value was accepted; it stays locked in later rounds."""
        return self.judged and self.verdict is not None and self.verdict.result == "sesuai"

    @property
    def refused(self) -> bool:
        """Whether the present value was refused."""
        return self.judged and not self.accepted

    @property
    def reason(self) -> str:
        """Why it was refused; "" if it was not."""
        return self.verdict.reason if self.verdict is not None and self.refused else ""

    @property
    def seen(self) -> str:
        """The mark of the verdict that a page shows; "" without one."""
        return self.verdict.mark if self.verdict is not None else ""

    @property
    def asked(self) -> bool:
        """Whether it is the answer to a question on which requirements depend."""
        return self.key.startswith(QUESTION)


def answer_lines(application: Application, asked: AskedFacts) -> list[AnswerLine]:
    """Return every answer in the order of the pages; ``asked`` are the facts that apply."""
    verdicts = {row.key: row for row in application.answer_verdicts.all()}  # the latest wins
    given = [(name, str(label), getattr(application, name)) for name, label in IDENTITY.items()]
    given += [
        (asked.name(row), row.label, str(application.answers.get(row.key) or ""))
        for row in [*asked.form, *asked.questions]
    ]
    return [AnswerLine(key, label, value, verdicts.get(key)) for key, label, value in given]
