"""Who serves at the office of a complaint, read once for its page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict, cast

from django.utils.functional import cached_property

from accounts.models import Appointment, User
from complaints import selectors
from complaints.models import Complaint

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Part(TypedDict):
        handles: bool

    Serving = WithAnnotations[Appointment, _Part]

Choices = list[tuple[int, str]]


class Staff:
    """The people who may be complained about, or answer for the complaint."""

    def __init__(self, complaint: Complaint, at: datetime) -> None:
        self._complaint = complaint
        self._at = at

    @cached_property
    def _serving(self) -> list[Serving]:
        return cast("list[Serving]", selectors.serving_at(self._complaint.office, self._at))

    @cached_property
    def _subjects(self) -> dict[int, User]:
        return {person.pk: person for person in self._complaint.subjects.all()}

    @cached_property
    def head_barred(self) -> bool:
        """Whether everybody who heads the office is complained about."""
        if not self._subjects:
            return False
        return selectors.only_heads_in(self._subjects, self._serving)

    @property
    def officers(self) -> Choices:
        """Choices of ``selectors.officers_of``."""
        return _choices([*(row.user for row in self._serving), *self._subjects.values()])

    @property
    def possible_owners(self) -> Choices:
        """Choices of ``selectors.possible_owners``."""
        barred = {*self._subjects, self._complaint.owner_id}
        return _choices(
            row.user
            for row in self._serving
            if (row.position.is_head or row.handles) and row.user_id not in barred
        )


def _choices(people: Iterable[User]) -> Choices:
    found = {person.pk: person for person in people}
    ranked = sorted(found.values(), key=lambda person: (person.full_name, person.pk))
    return [(person.pk, str(person)) for person in ranked]
