"""Switching the facts that the portal knows on and off in a draft."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from standards.domain import built_in
from standards.domain.built_in import BY_REPRESENTATIVE, PREVIOUS, ApplicationKind
from standards.domain.requirements import Need
from standards.models import Fact, Requirement, StandardVersion
from standards.services.writing import columns
from workflow.domain.errors import DomainError

_POWER_OF_ATTORNEY = "Surat kuasa dari pemegang izin kepada wakilnya"


@transaction.atomic
def set_built_in(
    version: StandardVersion,
    kinds: Collection[ApplicationKind],
    *,
    represented: bool,
    previous: bool = False,
    holder: bool = False,
) -> None:
    """Have the draft ask which of ``kinds`` is applied for, and whether somebody is represented.

    ``previous``: the kinds about an existing permit ask its number. ``holder``: conditions may ask
    whom the permit is for. A representative names themselves and uploads the power of attorney.

    No kinds: it is not asked. A new fact comes first, so that every other can hang on it; the words
    of one that is there stay. Pressed twice it changes nothing. Raises
    ``DomainError("standard_published")``.
    """
    version = StandardVersion.objects.select_for_update().get(pk=version.pk)
    if version.is_published:
        raise DomainError("standard_published")
    asked = built_in.facts(kinds, represented=represented, previous=previous, holder=holder)
    wanted = {fact.key: fact for fact in asked}
    rows = {row.key: row for row in version.facts.filter(key__in=built_in.KEYS)}
    for key, row in rows.items():
        if key not in wanted:
            row.delete()
        elif row.choices_text != wanted[key].choices_text:
            row.choices_text = wanted[key].choices_text
            row.save(update_fields=["choices_text"])
        elif key == PREVIOUS and row.when != wanted[key].when:
            row.when = wanted[key].when
            row.save(update_fields=["when"])
    Fact.objects.bulk_create(
        Fact(version=version, **columns(fact)) for key, fact in wanted.items() if key not in rows
    )
    _ask_for_power_of_attorney(version, represented=represented)


def _ask_for_power_of_attorney(version: StandardVersion, *, represented: bool) -> None:
    """Have a representative upload the power of attorney, unless a requirement asks for it.

    What a clerk has written for representatives is never deleted here: publishing names it.
    """
    papers = [row for row in version.requirements.all() if row.when == BY_REPRESENTATIVE]
    group = version.requirement_groups.order_by("order", "pk").first()
    if represented and not papers and group is not None:
        last = group.requirements.order_by("-order").first()
        order = last.order + 1 if last else 1
        Requirement.objects.create(
            version=version,
            group=group,
            order=order,
            printed_number=f"{order}.",
            text=_POWER_OF_ATTORNEY,
            kind=Need.UPLOAD,
            when=BY_REPRESENTATIVE,
        )
    elif not represented:
        ours = [row.pk for row in papers if row.text == _POWER_OF_ATTORNEY]
        version.requirements.filter(pk__in=ours, children=None).delete()
