"""From draft to law: complete, without a clash, then frozen for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Appointment, User
from documents.keys import key_state
from standards import selectors
from standards.domain import completeness, versions
from standards.domain.number_patterns import printed
from standards.models import (
    LegalBasis,
    Paper,
    Procedure,
    Service,
    StandardComponent,
    StandardVersion,
)
from standards.services import evaluation
from standards.services.search_index import index_services
from workflow.domain.errors import DomainError
from workflow.refusals import SENTENCES


@transaction.atomic
def publish_version(
    version: StandardVersion, *, actor: User | None, at: datetime
) -> StandardVersion:
    """Set the standard: from now on neither it nor its procedures can be changed by anybody.

    ``actor`` is ``None`` when the portal itself loads a standard. Raises
    ``DomainError("standard_incomplete", missing=[...])`` with every fault as a sentence.
    A version for the day of another one, under which no application was sent, replaces that one.
    Locks, in this order: the service, the version, the one it replaces, its procedures.
    """
    Service.objects.select_for_update().get(pk=version.service_id)
    version = StandardVersion.objects.select_for_update().get(pk=version.pk)
    if version.is_published:
        raise DomainError("standard_published")
    corrected = _of_the_same_day(version)
    if corrected is not None:
        StandardVersion.objects.select_for_update().get(pk=corrected.pk)
    procedures = list(
        Procedure.objects.select_for_update().filter(version_links__version=version).order_by("pk")
    )
    missing = faults(version)
    if missing:
        raise DomainError("standard_incomplete", missing=missing, text=" ".join(missing))
    _freeze(procedures, at)
    version.digest = versions.digest(selectors.snapshot(version))
    version.status = StandardVersion.Status.PUBLISHED
    version.published_at = at
    version.published_by = actor
    version.corrects = corrected
    version.save(update_fields=["digest", "status", "published_at", "published_by", "corrects"])
    evaluation.begin(version.service, at=at)
    index_services([version.service_id], on=version.service.office.local_date(at))
    return version


def faults(version: StandardVersion) -> list[str]:
    """Return, as Indonesian sentences, all that keeps ``version`` from being published."""
    problems = completeness.faults(selectors.snapshot(version))
    taken = _of_the_same_day(version)
    if taken is not None and _is_used(taken):
        problems.insert(
            0, completeness.Fault("effective_on_taken", {"on": _day(version.effective_on)})
        )
    problems += _taken_patterns(version)
    return [sentence(fault) for fault in problems]


def _taken_patterns(version: StandardVersion) -> list[completeness.Fault]:
    """Patterns that another service of the office numbers by: two papers would share a number."""
    office = version.service.office_id
    others = StandardVersion.objects.published().filter(service__office=office)
    others = others.exclude(service=version.service_id).select_related("service")
    used = {printed(row.number_pattern): row.service.name for row in others.order_by("-pk")}
    papers = Paper.objects.filter(version__in=others).exclude(number_pattern="")
    for row in papers.select_related("version__service").order_by("-pk"):
        used.setdefault(printed(row.number_pattern), row.version.service.name)
    own = [version.number_pattern, *version.papers.values_list("number_pattern", flat=True)]
    return [
        completeness.Fault(
            "number_pattern_taken", {"pattern": pattern, "service": used[printed(pattern)]}
        )
        for pattern in own
        if pattern.strip() and printed(pattern) in used
    ]


def warnings(version: StandardVersion, at: datetime) -> list[str]:
    """Return, as Indonesian sentences, what to look at before publishing at the instant ``at``."""
    on = version.service.office.local_date(at)
    problems = completeness.warnings(selectors.snapshot(version))
    if version.effective_on and version.effective_on < on and not version.is_published:
        problems.append(completeness.Fault("effective_on_past", {"on": _day(version.effective_on)}))
    problems += [
        completeness.Fault(
            "regulation_repealed",
            {"item": basis.text.strip(" ;.")[:160], "by": basis.regulation.repealed_by},
        )
        for basis in LegalBasis.objects.filter(version=version)
        .exclude(regulation=None)
        .exclude(regulation__repealed_by="")
        .select_related("regulation")
        if basis.regulation
    ]
    problems += [
        completeness.Fault("position_vacant", {"position": name}) for name in _vacant(version, on)
    ]
    return [sentence(fault) for fault in problems] + _key_problem(version, at)


def _key_problem(version: StandardVersion, at: datetime) -> list[str]:
    office = version.service.office
    problem = key_state(office, at).problem
    template = _("%(office)s belum dapat menandatangani dokumen layanan ini. %(problem)s")
    return [template % {"office": office.short_name, "problem": problem}] if problem else []


def procedure_faults(procedure: Procedure) -> list[str]:
    """Return, as Indonesian sentences, what keeps ``procedure`` from being walked.

    Conditions of steps are read with the facts of the drafts that use it.
    """
    text = selectors.procedure_text(procedure)
    links = procedure.version_links.filter(version__status=StandardVersion.Status.DRAFT)
    drafts = [link.version for link in links.select_related("version")]
    found = [
        fault
        for draft in drafts
        for fault in completeness.procedure_faults(text, selectors.facts_of(draft))
    ]
    if not drafts:
        found = completeness.procedure_faults(text)
    return list(dict.fromkeys(map(sentence, found)))


def replaces(version: StandardVersion) -> StandardVersion | None:
    """Return the published version that ``version`` takes the place of on its first day.

    It is the one of the same day if there is one, which is then corrected, else the one before.
    """
    if version.effective_on is None:
        return None
    if version.corrects is not None:
        return version.corrects
    if same := _of_the_same_day(version):
        return same
    earlier = StandardVersion.objects.published().filter(
        service=version.service_id, effective_on__lt=version.effective_on
    )
    return earlier.order_by("-effective_on").first()


def is_intact(version: StandardVersion) -> bool:
    """Whether a published version still has the digest under which it was published."""
    return versions.digest(selectors.snapshot(version)) == version.digest


def sentence(fault: completeness.Fault) -> str:
    """Return the Indonesian sentence of ``fault``."""
    facts = dict(fault.facts)
    if "component" in facts:
        facts["component"] = StandardComponent.Key(str(facts["component"])).label
    return str(SENTENCES[fault.code]) % facts


def _freeze(procedures: list[Procedure], at: datetime) -> None:
    for procedure in procedures:
        if procedure.published_at is None:
            procedure.published_at = at
            procedure.save(update_fields=["published_at"])


def _of_the_same_day(version: StandardVersion) -> StandardVersion | None:
    if version.effective_on is None:
        return None
    same = StandardVersion.objects.published().filter(
        service=version.service_id, effective_on=version.effective_on
    )
    return same.exclude(pk=version.pk).first()


_USES: list[Callable[[StandardVersion], bool]] = []


def count_as_use(rule: Callable[[StandardVersion], bool]) -> None:
    """Have an app above say which versions are in use (``AppConfig.ready``)."""
    _USES.append(rule)


def _is_used(version: StandardVersion) -> bool:
    return any(rule(version) for rule in _USES)


def _vacant(version: StandardVersion, on: date) -> list[str]:
    """Names of the positions of its procedures that are vacant on ``on``."""
    roles = {
        role.position_id: role.position.name
        for link in version.procedure_links.select_related("procedure")
        for role in link.procedure.roles.exclude(position=None).select_related("position")
        if role.position
    }
    held = set(Appointment.objects.in_force(on).values_list("position_id", flat=True))
    return [name for key, name in roles.items() if key not in held]


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""
