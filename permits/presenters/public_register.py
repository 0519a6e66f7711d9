"""One issued permit as everybody may read it, on the page and in the open data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy

from permits.domain.certificates import Validity
from permits.domain.public_names import is_named
from permits.models import HolderKind
from permits.presenters.validity import ValidityText, validity_text

if TYPE_CHECKING:
    from permits.selectors.public_register import IssuedPermit

_STATES: dict[str, str | LazyText] = {
    Validity.VALID: gettext_lazy("Berlaku"),
    Validity.EXPIRED: gettext_lazy("Masa berlaku habis"),
    Validity.REVOKED: gettext_lazy("Dicabut"),
    Validity.VOIDED: gettext_lazy("Dibatalkan"),
    Validity.REPLACED: gettext_lazy("Diganti"),
}


@dataclass(frozen=True, slots=True)
class PublicPermit:
    """One line of the public register.

    ``holder`` is "" for a person; ``valid_until`` is ``None`` for a permit without an end.
    """

    number: str
    service: str
    office: str
    office_code: str
    holder: str
    issued_on: date
    valid_until: date | None
    validity: ValidityText

    @property
    def state(self) -> str | LazyText:
        """What the permit is worth today, in a word or two."""
        return _STATES[self.validity.code]


def public_permit(certificate: IssuedPermit, at: datetime) -> PublicPermit:
    """Return the line of a row of ``selectors.public_register.issued_permits``."""
    application = certificate.application
    office = application.office
    name = certificate.printed_holder or application.holder_name
    issued_at: datetime = certificate.issued_at  # type: ignore[assignment]  # the row was issued
    named = is_named(
        name,
        is_body=application.holder_kind == HolderKind.BODY,
        responsible=application.responsible_name,
    )
    return PublicPermit(
        number=str(certificate.number),
        service=application.service.name,
        office=office.name,
        office_code=office.code,
        holder=name if named else "",
        issued_on=office.local_date(issued_at),
        valid_until=certificate.valid_until,
        validity=validity_text(certificate, office.local_date(at)),
    )
