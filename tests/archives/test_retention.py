"""The retention schedule: dates, versions, offices, the file of common rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from archives import selectors
from archives.domain.retention import Act, Fate, Term, act_due, active_until, kept_until
from archives.models import RetentionRule
from archives.services.loading import load_schedule
from tests.factories.accounts import make_admin
from tests.factories.permits import Cast

TERM = Term(2, 8, Fate.DESTROY)
FOLDER = Path(settings.BASE_DIR) / "fixtures"


@pytest.mark.parametrize(
    ("closed", "active", "kept"),
    [
        (date(2026, 11, 16), date(2028, 11, 16), date(2036, 11, 16)),
        (date(2024, 2, 29), date(2026, 3, 1), date(2034, 3, 1)),
    ],
)
def test_years_count_from_the_day_of_closing(closed, active, kept):
    assert active_until(closed, TERM) == active
    assert kept_until(closed, TERM) == kept


@pytest.mark.parametrize(
    ("today", "deleted", "act"),
    [
        (date(2028, 11, 15), False, None),
        (date(2028, 11, 16), False, Act.DELETE),
        (date(2036, 11, 15), True, None),
        (date(2036, 11, 16), True, Act.DESTROY),
        (date(2036, 11, 16), False, Act.DELETE),  # never destroyed before it was deleted
    ],
)
def test_the_acts_follow_each_other(today, deleted, act):
    assert act_due(date(2026, 11, 16), TERM, today, deleted=deleted) is act


def test_what_is_permanent_is_never_destroyed():
    term = Term(2, 8, Fate.PERMANENT)
    assert kept_until(date(2000, 1, 1), term) is None
    assert act_due(date(2000, 1, 1), term, date(2099, 1, 1), deleted=True) is None


def rule(**fields: object) -> RetentionRule:
    values = {
        "kind": "izin_terbit", "effective_on": date(2020, 1, 1), "active_years": 2,
        "inactive_years": 8, "fate": "musnah", "ground": "Peraturan contoh",
    }  # fmt: skip
    return RetentionRule.objects.create(**{**values, **fields})


@pytest.mark.django_db
def test_the_latest_row_holds_and_the_office_comes_first(cast: Cast):
    rule()
    later = rule(effective_on=date(2026, 1, 1), active_years=3)
    rule(effective_on=date(2030, 1, 1), active_years=9)
    assert selectors.schedule(cast.office, date(2026, 6, 1)) == {"izin_terbit": later}
    own = rule(office=cast.office, effective_on=date(2019, 1, 1), active_years=5)
    assert selectors.schedule(cast.office, date(2026, 6, 1)) == {"izin_terbit": own}
    assert selectors.schedule(None, date(2026, 6, 1)) == {"izin_terbit": later}


@pytest.mark.django_db
def test_the_common_rows_say_that_they_are_assumptions():
    assert load_schedule(FOLDER) == 4
    assert load_schedule(FOLDER) == 0
    assert all(row.assumed and row.ground for row in RetentionRule.objects.all())
    assert RetentionRule.objects.get(kind="register").fate == "permanen"


@pytest.mark.django_db
def test_a_broken_file_is_named(tmp_path):
    (tmp_path / "retention.toml").write_text("[[rules]]\nkind = 'lain'\n")
    with pytest.raises(CommandError, match=r"retention\.toml"):
        call_command("load_retention", folder=tmp_path)


@pytest.mark.django_db
def test_a_row_in_force_cannot_be_changed_in_the_administration(monday):
    client = Client()
    client.force_login(make_admin(), "django.contrib.auth.backends.ModelBackend")
    old = rule()
    coming = rule(effective_on=date(2099, 1, 1))
    for row, title in ((old, b'name="_save"'), (coming, b'name="_save"')):
        page = client.get(reverse("admin:archives_retentionrule_change", args=[row.pk]))
        assert (title in page.content) == (row is coming)
    client.post(reverse("admin:archives_retentionrule_delete", args=[old.pk]), {"post": "yes"})
    assert RetentionRule.objects.filter(pk=old.pk).exists()
