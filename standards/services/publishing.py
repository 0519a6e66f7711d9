"""From draft to law: complete, without a clash, then frozen for good."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.formats import date_format

from accounts.domain.number_patterns import printed
from accounts.models import Appointment, Office, User
from documents.keys import key_state
from standards import selectors
from standards.domain import completeness, versions
from standards.domain.faults import Fault
from standards.domain.number_patterns import patterns
from standards.domain.papers import PaperAct, steps_of
from standards.domain.regulations import reads_like_law
from standards.domain.steps import OF_PARTNERS, StepKind
from standards.law_wording import change_of
from standards.models import (
    Paper,
    PermitRule,
    Procedure,
    Regulation,
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
    Locks, in this order: the office, the service, the version, the one it replaces, its procedures.
    """
    Office.objects.select_for_update(no_key=True).get(services=version.service_id)
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
    return [sentence(fault) for fault in found_faults(version)]


def warnings(version: StandardVersion, at: datetime) -> list[str]:
    """Return, as Indonesian sentences, what to look at before publishing at the instant ``at``."""
    return [sentence(fault) for fault in found_warnings(version, at)]


def found_faults(version: StandardVersion) -> list[Fault]:
    """Return all that keeps ``version`` from being published."""
    read = selectors.snapshot(version)
    problems = completeness.faults(read)
    taken = _of_the_same_day(version)
    if taken is not None and _is_used(taken):
        named = {"on": _day(version.effective_on)}
        problems.insert(0, Fault("effective_on_taken", named, "effective_on"))
    return [*problems, *_taken_patterns(version, read), *_done_by_partners(version)]


def _taken_patterns(version: StandardVersion, read: versions.VersionSnapshot) -> Iterator[Fault]:
    """Patterns that other documents of the office are numbered by: two would share a number."""
    office = version.service.office_id
    others = StandardVersion.objects.published().filter(service__office=office)
    others = others.exclude(service=version.service_id).select_related("service")
    used = {printed(row.number_pattern): row.service.name for row in others.order_by("-pk")}
    for other in others.exclude(refusal_number_pattern="").order_by("-pk"):
        used.setdefault(printed(other.refusal_number_pattern), other.service.name)
    for model in (Paper, PermitRule):
        rows = model.objects.filter(version__in=others).exclude(number_pattern="")
        for row in rows.select_related("version__service").order_by("-pk"):
            used.setdefault(printed(row.number_pattern), row.version.service.name)
    by_rows, otherwise = _own_patterns(version)
    of_letters = printed(version.service.office.letter_pattern)
    for pattern, place in patterns(read):
        if printed(pattern) == of_letters:
            yield Fault("number_pattern_of_letters", {"pattern": pattern}, place)
        elif printed(pattern) in used:
            named = {"pattern": pattern, "service": used[printed(pattern)]}
            yield Fault("number_pattern_taken", named, place)
        elif printed(pattern) in (otherwise if place.startswith("permits-") else by_rows):
            yield Fault("number_pattern_of_other_book", {"pattern": pattern}, place)


def _own_patterns(version: StandardVersion) -> tuple[set[str], set[str]]:
    """Return the patterns of published versions of the service: of permits by answer, and others.

    The former stand in books of their own, so that a pattern that changes sides would begin anew.
    """
    published = StandardVersion.objects.published().filter(service=version.service_id)
    rules = PermitRule.objects.filter(version__in=published)
    papers = Paper.objects.filter(version__in=published)
    by_rows, usual, of_papers, of_refusals = (
        {printed(text) for text in rows.values_list(column, flat=True) if text}
        for rows, column in (
            (rules, "number_pattern"),
            (published, "number_pattern"),
            (papers, "number_pattern"),
            (published, "refusal_number_pattern"),
        )
    )
    return by_rows, usual | of_papers | of_refusals


def _done_by_partners(version: StandardVersion) -> Iterator[Fault]:
    signed = steps_of(version.papers.all(), PaperAct.INITIAL, PaperAct.SIGN)
    links = version.procedure_links.select_related("procedure").order_by("order", "pk")
    for place, link in enumerate(links):
        yield from _partner_faults(link.procedure, f"procedure_links-{place}/", signed)


def _partner_faults(
    procedure: Procedure, place: str = "", signed: Collection[str] = ()
) -> Iterator[Fault]:
    """A partner body gives its part; what makes the permit is done by the office itself.

    So are the papers beside it: the steps ``signed`` initial and sign them under the head of the
    office.
    """
    rows = procedure.steps.select_related("role__position", "recorded_by__position")
    for at, step in enumerate(rows.order_by("order", "pk")):
        partner = step.desk is not None and step.desk.office_id != procedure.office_id
        if not partner:
            continue
        named = {"item": f"{step.printed_number} {step.activity}"[:120]}
        if step.kind not in OF_PARTNERS:
            yield Fault("step_of_partner", named, f"{place}steps-{at}")
        elif step.printed_number in signed:
            yield Fault("paper_of_partner", named, f"{place}steps-{at}")


def found_warnings(version: StandardVersion, at: datetime) -> list[Fault]:
    """Return what to look at in ``version`` at the instant ``at``, published or not."""
    on = version.service.office.local_date(at)
    problems = completeness.warnings(selectors.snapshot(version))
    if version.effective_on and version.effective_on < on and not version.is_published:
        named = {"on": _day(version.effective_on)}
        problems.append(Fault("effective_on_past", named, "effective_on"))
    return [
        *problems,
        *_repealed(version),
        *_outdated(version, on),
        *_vacant(version, on),
        *_key_problem(version, at),
    ]


def _repealed(version: StandardVersion) -> Iterator[Fault]:
    """Grounds that hold no longer, and those that no record tells it about."""
    bases = version.legal_bases.select_related("regulation__successor").order_by("order", "pk")
    for place, basis in enumerate(bases):
        named = {"item": basis.text.strip(" ;.")[:160]}
        law = basis.regulation or Regulation.objects.cited_by(basis.text)
        if said := change_of(law):
            yield Fault("regulation_repealed", {**named, "standing": said}, f"legal_bases-{place}")
        elif law is None and reads_like_law(basis.text):
            yield Fault("regulation_unlinked", named, f"legal_bases-{place}")


def _outdated(version: StandardVersion, on: date) -> Iterator[Fault]:
    """Its procedures of which a later version is in force when the standard is."""
    day = max(on, version.effective_on or on)
    links = version.procedure_links.select_related("procedure").order_by("order", "pk")
    for place, link in enumerate(links):
        used = link.procedure
        if used.number is None:
            continue
        later = Procedure.objects.named_like(used).filter(number__gt=used.number)
        since = selectors.first_days(row.pk for row in later)
        held = [row for row in later if (first := since[row.pk]) and first <= day]
        newest = max(held, key=lambda row: row.number or 0, default=None)
        if newest is not None:
            named = {
                "procedure": used.name,
                "number": str(used.number),
                "newer": str(newest.number),
                "code": newest.code,
                "since": _day(since[newest.pk]),
            }
            yield Fault("procedure_outdated", named, f"procedure_links-{place}")


def _vacant(version: StandardVersion, on: date) -> Iterator[Fault]:
    """The positions of its procedures that nobody holds on ``on``, each once; signers first said.

    A vacant post that signs leaves the paper without a signature.
    """
    held = set(Appointment.objects.in_force(on).values_list("position_id", flat=True))
    links = version.procedure_links.select_related("procedure").order_by("order", "pk")
    signed_at = steps_of(version.papers.all(), PaperAct.SIGN)
    seen: set[int] = set()
    for place, link in enumerate(links):
        steps = link.procedure.steps.select_related("role__position", "recorded_by__position")
        steps = steps.prefetch_related("performers__position").order_by("order", "pk")
        for at, step in enumerate(steps):
            for post in [step.desk, *(role.position for role in step.performers.all())]:
                if post is None or post.pk in held or post.pk in seen:
                    continue
                seen.add(post.pk)
                signs = any(
                    row.desk == post
                    and (row.kind == StepKind.SIGN or row.printed_number in signed_at)
                    for row in steps
                )
                code = "signer_vacant" if signs else "position_vacant"
                words = f"{step.printed_number} {step.activity}"[:120]
                named = {"position": post.name, "step": words}
                yield Fault(code, named, f"procedure_links-{place}/steps-{at}")


def _key_problem(version: StandardVersion, at: datetime) -> Iterator[Fault]:
    office = version.service.office
    key = key_state(office, at)
    named = {"office": office.short_name, "problem": key.problem}
    if key.problem:
        yield Fault("office_cannot_sign", named, "office")
    elif key.ends_soon and key.valid_until:
        last = date_format(office.local_date(key.valid_until))
        yield Fault("office_key_ends", {**named, "last": last}, "office")


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
    found = [*found, *_partner_faults(procedure)]
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


def sentence(fault: Fault) -> str:
    """Return the Indonesian sentence of ``fault``."""
    facts = dict(fault.facts)
    if "component" in facts:
        facts["component"] = StandardComponent.Key(str(facts["component"])).label
    return str(SENTENCES[fault.code]) % facts


def _freeze(procedures: list[Procedure], at: datetime) -> None:
    """Freeze what can still be changed; each becomes the next version of its SOP."""
    for procedure in procedures:
        if procedure.published_at is None:
            same = Procedure.objects.named_like(procedure)
            procedure.number = (same.aggregate(last=Max("number"))["last"] or 0) + 1
            procedure.published_at = at
            procedure.save(update_fields=["number", "published_at"])


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


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""
