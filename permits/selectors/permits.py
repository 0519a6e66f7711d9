"""What the permit of an application says: as its version has it, or for its answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from permits.models import Application
from permits.selectors.facts import asked_facts
from standards.domain.permits import permit_for
from standards.models import PermitRule, StandardVersion
from standards.selectors import load_checklist
from workflow.domain.dates import add_months


@dataclass(frozen=True, slots=True)
class PermitText:
    """Title, text and validity of a permit; a closure ends another one and is none itself.

    ``number_pattern`` is its own; "" if it is numbered like the usual permit.
    """

    title: str
    statement: str
    on_behalf_of: str
    validity_months: int | None
    is_closure: bool = False
    number_pattern: str = ""

    def valid_until(self, day: date) -> date | None:
        """Return the last day of a permit that is signed on ``day``; ``None`` without one."""
        return add_months(day, self.validity_months) if self.validity_months else None


def permit_text(application: Application) -> PermitText:
    """Return what the permit of ``application`` says: the one place that decides it."""
    version = load_checklist(application.version)
    rules = version.permits.all()
    rule = permit_for(rules, asked_facts(application).values) if rules else None
    return permit_under(rule, version)


def permit_under(rule: PermitRule | None, version: StandardVersion) -> PermitText:
    """Return the permit of applications that meet ``rule``; the usual one without a rule."""
    if rule is None:
        return PermitText(
            version.certificate_title or version.product,
            version.certificate_statement,
            version.certificate_on_behalf_of,
            version.validity_months,
        )
    months = rule.validity_months or version.validity_months
    return PermitText(
        rule.title,
        rule.statement,
        rule.on_behalf_of or version.certificate_on_behalf_of,
        None if rule.is_closure else months,
        rule.is_closure,
        rule.number_pattern.strip(),
    )
