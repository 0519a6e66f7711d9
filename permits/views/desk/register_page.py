"""The register: all numbers of an office by year, with their state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import Case, Prefetch, Q, QuerySet, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.http import QueryDict

from accounts.models import Office
from accounts.officers import Officer
from permits.forms.lists import RegisterForm
from permits.models import Certificate, CertificateNumber
from permits.presenters.validity import Ended, validity_text
from permits.selectors.registers import book_names, numbers_of, registers_of
from permits.services.numbers import APPLICATIONS
from standards.domain import built_in
from standards.domain.facts import YES
from workflow.pagination import AFTER, BEFORE, Key, Page, page

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Printed(TypedDict):
        printed_holder: str
        representative: str | None

    RegisteredNumber = WithAnnotations[CertificateNumber, _Printed]

SIZE = 50
SHEET = 1000  # lines of one printed register; a busier office prints by service
TABLE = 20_000  # lines of one table for a spreadsheet
_NEWEST = (Key("pk", descending=True),)
State = CertificateNumber.State
# as the paper names it: a replacing paper may have mended the name
_HOLDER = KeyTextTransform("1", KeyTransform("0", KeyTransform("holder", "certificate__content")))
_REPRESENTATIVE = Case(
    When(
        **{f"application__answers__{built_in.REPRESENTED}": YES},
        then=KeyTextTransform(built_in.NAME, "application__answers"),
    )
)
_MEANINGS = {State.RESERVED: "attention", State.ISSUED: "good", State.VOID: "late"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register."""

    number: CertificateNumber
    value: int
    text: str
    holder: str
    representative: str
    service: str
    title: str
    file_number: str
    issued_at: datetime | None
    meaning: str
    state: str
    reason: str
    url: str
    certificate: Certificate | None
    ended: Ended | None
    replaces: str

    @property
    def has_document(self) -> bool:
        """Whether there is a signed document to open."""
        return self.certificate is not None and self.certificate.signed_at is not None


@dataclass(frozen=True, slots=True)
class Register:
    """One page of the register with its filters."""

    form: RegisterForm
    office: Office
    year: int
    text: str
    page: Page[Any]
    entries: list[Entry]
    print_url: str
    xlsx_url: str
    csv_url: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The register as it is printed: in the order of the numbers."""

    office: Office
    year: int
    service: str
    entries: list[Entry]
    cut: bool


def register_page(officer: Officer, query: QueryDict) -> Register:
    """Return one page of the register, the newest numbers first."""
    form = _form(officer, query)
    today = form.office.local_date(officer.at)
    result_page = page(_rows(form), _NEWEST, query, SIZE)
    parameters = query.copy()
    for name in (AFTER, BEFORE, "q"):
        parameters.pop(name, None)
    return Register(
        form=form,
        office=form.office,
        year=form.answers["tahun"],
        text=form.answers["q"],
        page=result_page,
        entries=[_entry(row, today) for row in result_page.rows],
        print_url=_with(parameters, "cetak", "1"),
        xlsx_url=_with(parameters, "lembar", "xlsx"),
        csv_url=_with(parameters, "lembar", "csv"),
    )


def _with(query: QueryDict, name: str, value: str) -> str:
    asked = query.copy()
    asked[name] = value
    return f"?{asked.urlencode()}"


def register_sheet(officer: Officer, query: QueryDict, lines: int = SHEET) -> Sheet:
    """Return the register of a year in the order in which the numbers were given.

    ``lines`` is how many of them at most.
    """
    form = _form(officer, query)
    today = form.office.local_date(officer.at)
    rows = list(_rows(form).order_by("register__kind", "value")[: lines + 1])
    return Sheet(
        office=form.office,
        year=form.answers["tahun"],
        service=form.kinds.get(form.answers["layanan"], ""),
        entries=[_entry(row, today) for row in rows[:lines]],
        cut=len(rows) > lines,
    )


def _form(officer: Officer, query: QueryDict) -> RegisterForm:
    """Return the form of the page, with the years and kinds that its office has numbers of."""
    form = RegisterForm(query, offices=officer.offices)
    registers = registers_of(form.office).exclude(kind=APPLICATIONS).values_list("kind", "year")
    kinds, years = {kind for kind, _year in registers}, {year for _kind, year in registers}
    this_year = form.office.local_date(officer.at).year
    named = sorted(book_names(form.office, kinds).items(), key=lambda pair: pair[1])
    form.offer_numbers(sorted({this_year, *years}, reverse=True), named, this_year)
    return form


def _rows(form: RegisterForm) -> QuerySet[RegisteredNumber]:
    """Return the numbers of the register that ``form`` asks for."""
    asked = form.answers
    rows = numbers_of(form.office, asked["tahun"])
    if asked["layanan"]:
        rows = rows.filter(register__kind=asked["layanan"])
    if text := asked["q"]:
        rows = rows.filter(
            Q(text__alike=text)
            | Q(application__holder_name__alike=text)
            | Q(application__number__alike=text)
        )
    papers = Certificate.objects.public().with_validity().defer("content")
    return (
        rows.annotate(printed_holder=_HOLDER, representative=_REPRESENTATIVE)
        .select_related("application__service", "application__office", "register")
        .prefetch_related(Prefetch("certificate", papers))
        .defer("application__answers", "application__declared")
    )


def _entry(row: RegisteredNumber, today: date) -> Entry:
    state = State(row.state)
    certificate: Certificate | None = getattr(row, "certificate", None)
    meaning, word, ended = _MEANINGS[state], str(state.label), None
    if certificate is not None and certificate.is_ended:
        found = validity_text(certificate, today)
        meaning, word, ended = found.meaning, str(certificate.get_state_display()), found.ended
    order = getattr(certificate, "replaces", None)
    return Entry(
        number=row,
        value=row.value,
        text=row.text,
        holder=row.printed_holder or row.application.holder_name,
        representative=row.representative or "",
        service=row.application.service.name,
        title=(certificate.title or "") if certificate is not None else "",
        file_number=row.application.number or "",
        issued_at=row.settled_at if state is State.ISSUED else None,
        meaning=meaning,
        state=word,
        reason=row.reason,
        url=row.application.get_desk_url(),
        certificate=certificate,
        ended=ended,
        replaces=str(order.certificate.number) if order is not None and ended is None else "",
    )
