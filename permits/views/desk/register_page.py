"""The register: all numbers of an office by year, with their state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from accounts.domain.text import clean_line
from accounts.models import Office
from accounts.officers import Officer
from permits.models import Certificate, CertificateNumber
from permits.selectors.registers import numbers_of, registers_of, service_names
from permits.services.numbers import APPLICATIONS
from workflow.pagination import AFTER, BEFORE, Key, Page, page

SIZE = 50
SHEET = 1000  # lines of one printed register; a busier office prints by service
_NEWEST = (Key("pk", descending=True),)
State = CertificateNumber.State
_MEANINGS = {State.RESERVED: "attention", State.ISSUED: "good", State.VOID: "late"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register."""

    number: CertificateNumber
    value: int
    text: str
    holder: str
    service: str
    file_number: str
    issued_at: datetime | None
    meaning: str
    state: str
    reason: str
    url: str
    certificate: Certificate | None

    @property
    def has_document(self) -> bool:
        """Whether there is a signed document to open."""
        return self.certificate is not None and self.certificate.signed_at is not None


@dataclass(frozen=True, slots=True)
class Register:
    """One page of the register with its filters."""

    office: Office
    offices: list[Office]
    year: int
    years: list[int]
    kind: str
    kinds: list[tuple[str, str]]
    text: str
    page: Page[Any]
    entries: list[Entry]
    print_url: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The register as it is printed: in the order of the numbers."""

    office: Office
    year: int
    service: str
    entries: list[Entry]
    cut: bool


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """The filters of the query string: office, year, kind of number, text."""

    office: Office
    year: int
    years: list[int]
    kind: str
    kinds: list[tuple[str, str]]
    text: str

    def rows(self) -> QuerySet[CertificateNumber]:
        """Return the numbers of the register under this filter."""
        rows = numbers_of(self.office, self.year)
        if self.kind:
            rows = rows.filter(register__kind=self.kind)
        if self.text:
            rows = rows.filter(
                Q(text__alike=self.text)
                | Q(application__holder_name__alike=self.text)
                | Q(application__number__alike=self.text)
            )
        return rows.select_related("application__service", "certificate", "register").defer(
            "application__form_data",
            "application__answers",
            "application__declared",
            "certificate__content",
        )


def register_page(officer: Officer, query: QueryDict) -> Register:
    """Return one page of the register, the newest numbers first."""
    filters = _read(officer, query)
    result_page = page(filters.rows(), _NEWEST, query, SIZE)
    parameters = query.copy()
    for name in (AFTER, BEFORE, "q"):
        parameters.pop(name, None)
    parameters["cetak"] = "1"
    return Register(
        office=filters.office,
        offices=officer.offices,
        year=filters.year,
        years=filters.years,
        kind=filters.kind,
        kinds=filters.kinds,
        text=filters.text,
        page=result_page,
        entries=[_entry(row) for row in result_page.rows],
        print_url=f"?{parameters.urlencode()}",
    )


def register_sheet(officer: Officer, query: QueryDict) -> Sheet:
    """Return the register of a year in the order in which the numbers were given."""
    filters = _read(officer, query)
    rows = list(filters.rows().order_by("register__kind", "value")[: SHEET + 1])
    return Sheet(
        office=filters.office,
        year=filters.year,
        service=dict(filters.kinds).get(filters.kind, ""),
        entries=[_entry(row) for row in rows[:SHEET]],
        cut=len(rows) > SHEET,
    )


def _read(officer: Officer, query: QueryDict) -> RegisterFilter:
    offices = officer.offices
    code = query.get("kantor")
    office = next((office for office in offices if office.code == code), offices[0])
    today = office.local_date(officer.at)
    registers = list(registers_of(office).exclude(kind=APPLICATIONS).values_list("kind", "year"))
    years = sorted({today.year, *(year for _kind, year in registers)}, reverse=True)
    names = service_names(office, {kind for kind, _year in registers})
    kinds = sorted(
        ((kind, names.get(kind, kind)) for kind in {kind for kind, _y in registers}),
        key=lambda pair: pair[1],
    )
    kind = query.get("layanan", "")
    return RegisterFilter(
        office=office,
        year=_year(query.get("tahun", ""), years, today),
        years=years,
        kind=kind if kind in dict(kinds) else "",
        kinds=kinds,
        text=clean_line(query.get("q", ""))[:100],
    )


def _year(text: str, years: list[int], today: date) -> int:
    return next((year for year in years if str(year) == text), today.year)


def _entry(row: CertificateNumber) -> Entry:
    state = State(row.state)
    certificate: Certificate | None = getattr(row, "certificate", None)
    return Entry(
        number=row,
        value=row.value,
        text=row.text,
        holder=row.application.holder_name,
        service=row.application.service.name,
        file_number=row.application.number or "",
        issued_at=row.settled_at if state is State.ISSUED else None,
        meaning=_MEANINGS[state],
        state=str(state.label),
        reason=row.reason,
        url=row.application.get_desk_url(),
        certificate=certificate,
    )
