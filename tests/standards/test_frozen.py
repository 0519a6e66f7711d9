"""A published standard cannot be changed: not by the ORM, not by SQL, on either database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction

from standards.models import (
    EligibilityRule,
    Fact,
    FeeRule,
    LegalBasis,
    Paper,
    Procedure,
    ProcedureRole,
    Requirement,
    RequirementGroup,
    SopStep,
    StandardComponent,
    StandardVersion,
    VersionProcedure,
)
from standards.services import publishing
from tests.factories.standards import (
    make_draft,
    make_hindrance,
    make_paper,
    make_standard,
    make_term,
)

pytestmark = pytest.mark.django_db
CHILDREN: tuple[type[models.Model], ...] = (
    StandardComponent, Fact, RequirementGroup, Requirement, LegalBasis, FeeRule,
    VersionProcedure,
)  # fmt: skip
OF_PROCEDURE: tuple[type[models.Model], ...] = (ProcedureRole, SopStep)


def refused(change: Callable[[], Any]) -> None:
    with pytest.raises(DatabaseError, match="standar yang sudah ditetapkan"), transaction.atomic():
        change()


def sql(statement: str, row: models.Model, key: int) -> None:
    """Run ``statement`` on the table of ``row`` for the row with this key."""
    table = connection.ops.quote_name(row._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(statement.replace("TABLE", table), [key])


@pytest.mark.parametrize("model", CHILDREN)
def test_rows_below_a_published_version_are_fixed(model: type[models.Model]) -> None:
    version = make_standard()
    rows = model._default_manager.filter(version=version)
    row = rows.first()
    assert row is not None
    key = row.pk
    refused(lambda: rows.update(version=version))
    refused(lambda: row.save())
    refused(lambda: sql("UPDATE TABLE SET version_id = version_id WHERE id = %s", row, key))
    refused(lambda: sql("DELETE FROM TABLE WHERE id = %s", row, key))
    row.pk = None
    refused(lambda: row.save(force_insert=True))
    assert publishing.is_intact(version)


@pytest.mark.parametrize("model", CHILDREN)
def test_rows_cannot_be_moved_into_or_out_of_a_published_version(model: type[models.Model]) -> None:
    version, draft = make_standard(), make_draft()
    rows = model._default_manager
    refused(lambda: rows.filter(version=draft).update(version=version))
    refused(lambda: rows.filter(version=version).update(version=draft))


def test_a_published_version_gets_no_further_paper() -> None:
    version, draft = make_standard(), make_draft()
    refused(lambda: make_paper(version, "surat"))
    paper = make_paper(draft, "surat")
    refused(lambda: Paper.objects.filter(pk=paper.pk).update(version=version))


def test_a_published_version_gets_no_further_rule_of_eligibility_or_term() -> None:
    version, draft = make_standard(), make_draft()
    refused(lambda: make_hindrance(version, "tenaga_asing = ya"))
    refused(lambda: make_term(version, 14, "tenaga_asing = ya"))
    rule = make_hindrance(draft, "tenaga_asing = ya")
    refused(lambda: EligibilityRule.objects.filter(pk=rule.pk).update(version=version))


@pytest.mark.parametrize("model", OF_PROCEDURE)
def test_rows_of_a_frozen_procedure_are_fixed(model: type[models.Model]) -> None:
    version = make_standard()
    rows = model._default_manager.filter(procedure=version.procedure_links.get().procedure)
    row = rows.first()
    assert row is not None
    key = row.pk
    refused(lambda: row.save())
    refused(lambda: sql('UPDATE TABLE SET "order" = "order" WHERE id = %s', row, key))
    refused(lambda: sql("DELETE FROM TABLE WHERE id = %s", row, key))
    row.pk = None
    refused(lambda: row.save(force_insert=True))


def test_the_version_and_its_procedure_are_fixed() -> None:
    version = make_standard()
    procedure = version.procedure_links.get().procedure
    versions = StandardVersion.objects.filter(pk=version.pk)
    refused(lambda: versions.update(status="konsep"))
    refused(lambda: versions.update(product="lain"))
    refused(lambda: version.save())
    refused(lambda: version.delete())
    refused(lambda: sql("DELETE FROM TABLE WHERE id = %s", version, version.pk))
    refused(lambda: Procedure.objects.filter(pk=procedure.pk).update(published_at=None))
    refused(lambda: sql("DELETE FROM TABLE WHERE id = %s", procedure, procedure.pk))
    assert publishing.is_intact(version)


def test_a_draft_is_free_even_beside_a_published_version() -> None:
    version = make_standard()
    draft = make_draft(version.service)
    draft.components.update(body="lain")
    draft.procedure_links.get().procedure.steps.update(activity="lain")
    draft.delete()
    assert version.service.versions.get() == version
