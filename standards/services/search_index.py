"""The words under which the catalogue finds a service: written when they change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import transaction

from standards import fulltext
from standards.domain import kbli, search
from standards.models import (
    Kbli,
    Requirement,
    RequirementGroup,
    SearchEntry,
    SearchWord,
    Service,
    StandardComponent,
    StandardVersion,
)
from standards.selectors import choose, counterparts

_BATCH = 200
_WORDS = 500
_PLACE = 500
_WRITTEN = ["version", "since", "section", "title", "about", "content", "place"]


@transaction.atomic
def index_service(pk: int, *, on: date) -> None:
    """Write the entry of one service anew: the words of its standard in force on ``on``.

    Before its first standard is in force the entry has the words of that one; without any published
    standard there is no entry. Locks the service: of two writers the later one reads what the
    first one left.
    """
    Service.objects.select_for_update().get(pk=pk)
    index_services([pk], on=on)


def index_all(*, on: date) -> int:
    """Write every entry anew; return the number of services.

    Batches of 200 in a transaction each: a search during the work finds what it found before.
    Words that no service has any more stay in the vocabulary: a spelling must find something.
    """
    pks = list(Service.objects.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(pks), _BATCH):
        with transaction.atomic():
            index_services(pks[first : first + _BATCH], on=on)
    return len(pks)


def refresh(*, on: date) -> int:
    """Write the entries anew whose words are not of the version in force; return how many.

    Run twice or in parallel it writes the same rows again.
    """
    pks = list(SearchEntry.objects.stale(on).values_list("pk", flat=True))
    for pk in pks:
        index_service(pk, on=on)
    return len(pks)


def index_services(pks: list[int], *, on: date) -> None:
    """Write the entries of these services in one go; for a caller with a transaction."""
    rows = StandardVersion.objects.published().filter(service__in=pks)
    versions: defaultdict[int, list[StandardVersion]] = defaultdict(list)
    for row in rows.only("service", "effective_on", "product", "certificate_title"):
        versions[row.service_id].append(row)
    services = list(Service.objects.filter(pk__in=versions).select_related("office", "kbli"))
    chosen = {service.pk: choose(versions[service.pk], on) for service in services}
    contents = _contents([version.pk for version in chosen.values() if version])
    entries = [
        _entry(service, version, contents[version.pk], since=_since(versions[service.pk]))
        for service in services
        if (version := chosen[service.pk])
    ]
    SearchEntry.objects.filter(pk__in=pks).exclude(pk__in=versions).delete()
    SearchEntry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["service"], update_fields=_WRITTEN
    )
    fulltext.index(SearchEntry.objects.filter(pk__in=versions))
    _learn(entries)


def _entry(
    service: Service, version: StandardVersion, content: list[str], *, since: date
) -> SearchEntry:
    office, line = service.office, service.kbli
    lines = [line, *counterparts(line)] if line else []
    codes = [f"kbli {each.code}" for each in lines]
    titles = [each.title for each in lines]
    about = [service.summary, service.sector, office.name, office.short_name]
    place = search.words(f"{office.name} {service.name}")
    return SearchEntry(
        service=service,
        version=version,
        since=since,
        section=kbli.section(line.code) if line else "",
        title=search.stored([service.name, service.keywords, *codes]),
        about=search.stored([*about, *titles, version.product, version.certificate_title]),
        content=search.stored(content),
        place=" ".join(place)[:_PLACE],
    )


def _since(versions: list[StandardVersion]) -> date:
    """A published version has its day (a database constraint)."""
    return min(row.effective_on for row in versions if row.effective_on)


def _contents(versions: list[int]) -> defaultdict[int, list[str]]:
    """Return the texts of requirements and components by version, in three queries."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for model, columns in (
        (RequirementGroup, ("title", "lead")),
        (Requirement, ("text",)),
        (StandardComponent, ("title", "body")),
    ):
        rows = model._default_manager.filter(version__in=versions).order_by("version", "order")
        for version, *texts in rows.values_list("version", *columns):
            found[version] += texts
    return found


def index_line(line: Kbli, *, on: date) -> None:
    """Write the entries of the services of one business line and its counterparts anew."""
    lines = [line, *counterparts(line)]
    for pk in Service.objects.filter(kbli__in=lines).order_by("pk").values_list("pk", flat=True):
        index_service(pk, on=on)


def _learn(entries: Iterable[SearchEntry]) -> None:
    """Add the words of names, descriptions, requirements and components to the vocabulary."""
    found = {word for one in entries for word in (one.title + one.about + one.content).split()}
    new = sorted(word for word in found if word.isascii() and word.isalpha() and len(word) > 2)
    for first in range(0, len(new), _WORDS):  # SQLite takes so many parameters
        part = new[first : first + _WORDS]
        known = set(SearchWord.objects.filter(word__in=part).values_list("word", flat=True))
        rows = [SearchWord(word=word) for word in part if word not in known]
        SearchWord.objects.bulk_create(rows, ignore_conflicts=True)
