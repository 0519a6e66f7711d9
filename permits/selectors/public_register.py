"""The permits that everybody may look up, and how the data stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from accounts.models import Office
from permits.models import Certificate, HolderKind

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Printed(TypedDict):
        printed_holder: str | None

    IssuedPermit = WithAnnotations[Certificate, _Printed]

# as the paper names it: a replacing paper may have mended the name
_HOLDER = KeyTextTransform("1", KeyTransform("0", KeyTransform("holder", "content")))


def issued_permits(office: Office | None = None, words: str = "") -> QuerySet[IssuedPermit]:
    """Return the issued permits of public offices; ``printed_holder`` is the holder on the paper.

    ``words`` stand in the number, the service, or the name of a business: persons are not found by
    their names (``domain.public_names.is_named``).
    """
    rows = Certificate.objects.permits_issued().filter(
        application__office__in=[office] if office else Office.objects.public(),
        application__destroyed_at=None,  # nothing is left of their holders
    )
    if words:
        business = Q(application__holder_kind=HolderKind.BODY) & ~Q(
            application__holder_name__iexact=F("application__responsible_name")
        )
        rows = rows.filter(
            Q(number__text__alike=words)
            | Q(application__service__name__alike=words)
            | (business & Q(application__holder_name__alike=words))
        )
    return rows.with_validity().defer("content").annotate(printed_holder=_HOLDER)


def register_state() -> str:
    """Return what changes with every permit that is issued or ended."""
    found = Certificate.objects.permits_issued().aggregate(
        rows=Count("pk"), issued=Max("issued_at"), ended=Max("ended_by__effective_at")
    )
    return f"{found['rows']}-{found['issued']}-{found['ended']}"
