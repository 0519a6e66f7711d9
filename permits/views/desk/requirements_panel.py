"""The requirements of an application for the completeness check, and its progress."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from permits.models import Application, ApplicationStep, Document, RequirementVerdict
from permits.presenters.conditions import group_conditions, requirement_conditions
from permits.presenters.deadlines import term_in_words
from permits.selectors import AnswerLine, Checklist, RequirementLine, checklist
from standards.domain.requirements import Need
from standards.models import Requirement, RequirementGroup
from workflow.formats import filesize_id
from workflow.refusals import sentence

Result = RequirementVerdict.Result


@dataclass(frozen=True, slots=True)
class VerdictError:
    """A verdict with an error: on what, the error message and the typed reason."""

    requirement: int | str  # its key, or the key of an answer
    message: str
    typed: str


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """One requirement with its document and its verdict: ``permits/desk/_requirement.html``."""

    requirement: Requirement
    condition: str  # on which answers it hangs, a sentence; "" where its heading says it
    document: Document | None  # the first
    others: list[Document]
    applies: bool
    checkable: bool  # a document that needs a verdict
    judging: bool  # whether the officer may give one now
    result: str  # the verdict on the present document, or ""
    settled: bool  # accepted in an earlier round
    meaning: str
    status: str
    reason: str  # why it is refused
    earlier: str  # why the document before this one was refused
    seen: str  # the mark of the verdict that the page shows
    colleague: str  # who gave it, if another officer
    unopened: bool  # no officer has opened the document
    error: VerdictError | None
    below: bool  # it is part of another requirement
    parts: list[RequirementRow]

    @property
    def to_read(self) -> bool:
        """Whether it only explains the requirement above it."""
        return self.below and self.requirement.kind in (Need.CONTENT, Need.NOTE)

    @property
    def document_size(self) -> str:
        """The size of the document as text."""
        return filesize_id(self.document.size) if self.document else ""

    @property
    def edge(self) -> str:
        """The CSS class of its border."""
        marks = {
            "good": "requirement--ok",
            "late": "requirement--bad",
            "attention": "requirement--missing",
        }
        return marks.get(self.meaning, "")


@dataclass(frozen=True, slots=True)
class RequirementGroupRows:
    """Requirements under one printed heading."""

    group: RequirementGroup
    condition: str
    applies: bool
    rows: list[RequirementRow]

    @property
    def applicable(self) -> list[RequirementRow]:
        """Those that apply to this application."""
        return [row for row in self.rows if row.applies]

    @property
    def left_out(self) -> list[RequirementRow]:
        """Those that do not, though their heading does."""
        return [row for row in self.rows if self.applies and not row.applies]


@dataclass(frozen=True, slots=True)
class CheckProgress:
    """The progress of the check."""

    total: int
    checked: int
    refused: int
    wrong_answers: int
    next_pk: int | None
    term: str = ""

    @property
    def left(self) -> int:
        """The number of documents without a verdict."""
        return self.total - self.checked

    @property
    def words(self) -> str:
        """Such as "3 dari 8 berkas sudah diperiksa"."""
        template = _("%(checked)s dari %(total)s berkas sudah diperiksa")
        return template % {"checked": self.checked, "total": self.total}

    @property
    def why_not_complete(self) -> str:
        """Why the application cannot be declared complete yet; "" if it can."""
        if self.left:
            template = ngettext(
                "%(n)s berkas belum diperiksa.", "%(n)s berkas belum diperiksa.", self.left
            )
            return template % {"n": self.left}
        if self.wrong_answers:
            return sentence("answers_refused")
        return sentence("documents_refused") if self.refused else ""

    @property
    def why_not_return(self) -> str:
        """Why the application cannot be returned yet; "" if it can."""
        if not self.refused and not self.wrong_answers:
            return sentence("nothing_refused")
        if self.left:
            return _("Periksa dahulu semua berkas, agar pemohon tahu semua kekurangan sekaligus.")
        return ""


def check_progress(checklist: Checklist, term: str = "") -> CheckProgress:
    """Count the verdicts on the documents that need one; ``term`` is what starts then."""
    unchecked = checklist.unchecked()
    documents = checklist.checkable()
    return CheckProgress(
        total=len(documents),
        checked=len(documents) - len(unchecked),
        refused=len([line for line in documents if line.refused]),
        wrong_answers=len(checklist.refused_answers()),
        next_pk=unchecked[0].requirement.pk if unchecked else None,
        term=term,
    )


@dataclass
class RequirementsPanel:
    """All requirements with their documents; ``judging`` if the officer may give verdicts."""

    application: Application
    judging: bool
    error: VerdictError | None = None
    reader: User | None = None

    @cached_property
    def checklist(self) -> Checklist:
        """The requirements with their documents and verdicts."""
        return checklist(self.application)

    @cached_property
    def groups(self) -> list[RequirementGroupRows]:
        """All requirements in printed order."""
        return [
            RequirementGroupRows(
                group.group,
                self._headings.get(group.group.pk, ""),
                group.applies,
                [self._row(line) for line in group.lines],
            )
            for group in self.checklist.groups
        ]

    @cached_property
    def _headings(self) -> dict[int, str]:
        return group_conditions(self.application.version)

    @cached_property
    def _conditions(self) -> dict[int, str]:
        return requirement_conditions(self.application.version)

    @cached_property
    def progress(self) -> CheckProgress:
        """The progress of the check."""
        return check_progress(self.checklist, term_in_words(self.application))

    @cached_property
    def faults(self) -> list[RequirementRow]:
        """The refused requirements, with the reasons."""
        return [self._row(line) for line in self.checklist.refused()]

    @property
    def wrong_answers(self) -> list[AnswerLine]:
        """The refused answers, with the reasons."""
        return self.checklist.refused_answers()

    @cached_property
    def first_document(self) -> Document | None:
        """The document to show first: the first one without a verdict."""
        lines = self.checklist.unchecked() or list(self.checklist.lines())
        return next((line.document for line in lines if line.document is not None), None)

    def row(self, requirement: int) -> RequirementRow | None:
        """Return one requirement by its key."""
        lines = (line for line in self.checklist.lines() if line.requirement.pk == requirement)
        line = next(lines, None)
        return self._row(line) if line is not None else None

    def _row(self, line: RequirementLine, *, below: bool = False) -> RequirementRow:
        verdict = line.verdict
        checked = line.accepted or line.refused
        meaning, status = _status(line)
        error = self.error
        return RequirementRow(
            requirement=line.requirement,
            condition=self._conditions[line.requirement.pk] if line.requirement.when else "",
            document=line.document,
            others=line.documents[1:],
            applies=line.applies,
            checkable=line.checkable,
            judging=self.judging,
            result=verdict.result if verdict and checked else "",
            settled=_settled(line, self.application.current_step),
            meaning=meaning,
            status=status,
            reason=verdict.reason if verdict and line.refused else "",
            earlier=verdict.reason if verdict and not checked else "",
            seen=verdict.mark if verdict else "",
            colleague=_colleague(verdict, self.reader) if checked else "",
            unopened=line.unopened,
            error=error if error and error.requirement == line.requirement.pk else None,
            below=below,
            parts=[self._row(part, below=True) for part in line.children if part.applies],
        )


def _colleague(verdict: RequirementVerdict | None, reader: User | None) -> str:
    """Return who gave the verdict, if it was not ``reader``."""
    if verdict is None or reader is None or verdict.officer_id == reader.pk:
        return ""
    return verdict.officer.full_name


def _settled(line: RequirementLine, visit: ApplicationStep | None) -> bool:
    """Whether it was accepted in an earlier round; a new verdict is possible but not needed."""
    verdict = line.verdict
    if verdict is None or not line.accepted:
        return False
    return visit is None or verdict.visit_id != visit.pk


def _status(line: RequirementLine) -> tuple[str, str]:
    """Return meaning and label; no label for explanatory text."""
    if not line.applies or line.need in (Need.CONTENT, Need.NOTE):
        return "neutral", ""
    if line.need is Need.UPLOAD:
        return _document_status(line)
    if line.need is Need.DECLARE:
        declared = ("good", _("Dinyatakan pemohon"))
        return declared if line.declared else ("neutral", _("Tidak dipilih"))
    return ("attention", _("Belum terpenuhi")) if line.missing else ("good", _("Terpenuhi"))


def _document_status(line: RequirementLine) -> tuple[str, str]:
    if line.refused and line.verdict is not None:
        return "late", str(Result(line.verdict.result).label)
    if line.accepted:
        return "good", _("Sesuai")
    if not line.checkable:
        return "neutral", _("Tidak dilampirkan")
    return "attention", _("Belum diperiksa") if line.document else _("Tidak ada berkas")
