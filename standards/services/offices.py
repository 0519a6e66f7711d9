"""The offices of ``fixtures/offices.toml`` become rows."""

from __future__ import annotations

from pathlib import Path

from django.db import models, transaction

from accounts.models import Office, OfficeChannel, OfficeHours, Position, Weekday
from workflow import tomlfile
from workflow.tomlfile import Table, save_validated

FILE = "offices.toml"
_WEEK = {
    "monday_to_thursday": (Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY),
    "friday": (Weekday.FRIDAY,),
}


@transaction.atomic
def load_offices(path: Path) -> None:
    """Add the offices that are not there yet, and positions that an office lacks.

    An office that exists keeps its address, hours and channels: they may have been edited since.
    """
    page = tomlfile.read(path)
    hours = page.table("hours")
    known = {office.code: office for office in Office.objects.prefetch_related("positions")}
    for table in page.tables("offices"):
        read = _office(table)
        office = known.get(read.code) or save_validated(read, path, table.place)
        children = [*_hours(hours, office), *_channels(table, office)]
        if read.code not in known:
            for child, place in children:
                save_validated(child, path, place)
        _add_positions(table, office)
        table.end()
    hours.end()
    page.end()


def _office(table: Table) -> Office:
    required = ("code", "number_code", "government", "name", "short_name", "address", "city")
    optional = ("phone", "email", "website", "motto", "emblem")
    days = ("check_workdays", "completion_days", "draft_days")
    usual = Office()
    return Office(
        **{key: table.text(key) for key in required},
        **{key: table.text(key, "") for key in optional},
        **{key: table.whole(key, getattr(usual, key)) for key in days},
        letter_pattern=table.text("letter_pattern", usual.letter_pattern),
        time_zone=table.text("time_zone", usual.time_zone),
    )


def _hours(hours: Table, office: Office) -> list[tuple[models.Model, str]]:
    """Return the unsaved hours with their place in the file."""
    children: list[tuple[models.Model, str]] = []
    for name, weekdays in _WEEK.items():
        table = hours.table(name)
        for weekday in weekdays:
            row = OfficeHours(
                office=office,
                weekday=weekday,
                opens_at=table.hour("opens"),
                closes_at=table.hour("closes"),
                break_starts_at=table.hour("break_starts"),
                break_ends_at=table.hour("break_ends"),
            )
            children.append((row, table.place))
        table.end()
    return children


def _channels(office_table: Table, office: Office) -> list[tuple[models.Model, str]]:
    """Return the unsaved channels with their place in the file."""
    children: list[tuple[models.Model, str]] = []
    for order, table in enumerate(office_table.tables("channels"), 1):
        row = OfficeChannel(
            office=office,
            order=order,
            marker=table.text("marker", ""),
            kind=table.text("kind"),
            label=table.text("label"),
            value=table.text("value", ""),
        )
        table.end()
        children.append((row, table.place))
    return children


def _add_positions(office_table: Table, office: Office) -> None:
    """Superiors stand before their subordinates in the file."""
    known = {position.code: position for position in office.positions.all()}
    above: dict[str, Position] = {}
    for table in office_table.tables("positions"):
        row = Position(
            office=office,
            code=table.text("code"),
            name=table.text("name"),
            superior=table.found_in("superior", above),
            is_head=table.flag("head", False),
        )
        table.end()
        above[row.code] = known.get(row.code) or save_validated(row, table.path, table.place)
