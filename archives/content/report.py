"""The report (berita acara) of an act: who decided what, and the list of what went."""

from __future__ import annotations

from typing import Any

from archives.models import Disposal, DisposalItem, Kind
from archives.selectors import schedule
from documents.content import in_indonesian, letterhead
from workflow.domain.dates import long_date, moment

_LEFT_OUT = {
    "is_held": "ditahan",
    "has_order": "ada usul tentang dokumennya yang belum selesai",
    "not_due": "belum waktunya",
    "done_already": "sudah dikerjakan",
}


@in_indonesian
def report_content(disposal: Disposal) -> dict[str, Any]:
    """Return the content of the report of an act that is done, as plain values."""
    office = disposal.office
    items = list(disposal.items.all())
    assert disposal.done_at is not None  # noqa: S101  a report is about what is done
    return {
        "office": letterhead(office),
        "number": disposal.number,
        "destroys": disposal.act == Disposal.Act.DESTROY,
        "place": office.city,
        "date": long_date(office.local_date(disposal.done_at)),
        "approval": disposal.approval,
        "proposed": {
            "name": disposal.proposed_by.full_name,
            "capacity": disposal.proposed_capacity,
            "at": moment(disposal.proposed_at, office.zone),
        },
        "decided": {
            "name": disposal.decided_by.full_name if disposal.decided_by else "",
            "capacity": disposal.decided_capacity,
            "at": moment(disposal.decided_at, office.zone) if disposal.decided_at else "",
        },
        "done": [_row(item) for item in items if item.done_at],
        "left_out": [_row(item) for item in items if item.left_out],
        "files": sum(item.files for item in items),
        "rules": _rules(disposal, {item.kind for item in items}),
    }


def _rules(disposal: Disposal, kinds: set[str]) -> list[dict[str, str]]:
    """Return the years by which the files of an act were due, and who set them."""
    assert disposal.done_at is not None  # noqa: S101  a report is about what is done
    found = schedule(disposal.office, disposal.office.local_date(disposal.done_at))
    return [
        {
            "kind": str(rule.get_kind_display()),
            "active": str(rule.active_years),
            "inactive": str(rule.inactive_years),
            "source": rule.source or "asumsi, belum ditetapkan",
        }
        for kind, rule in found.items()
        if kind in kinds
    ]


def _row(item: DisposalItem) -> dict[str, str]:
    return {
        "label": item.label,
        "service": item.service or "-",
        "kind": str(Kind(item.kind).label),
        "closed": long_date(item.closed_on),
        "files": str(item.files),
        "why": _LEFT_OUT.get(item.left_out, ""),
    }
