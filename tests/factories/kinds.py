"""A standard whose changes and closures end in documents of their own, and files under it."""

from __future__ import annotations

from datetime import date, datetime

from demo import samples
from permits.models import Application, Certificate
from permits.services import filling
from standards.domain.built_in import ApplicationKind
from standards.domain.steps import StepKind
from standards.models import StandardVersion
from standards.services.built_in import set_built_in
from standards.services.publishing import publish_version
from tests.factories.permits import Cast, make_cast, make_keys
from tests.factories.standards import PUBLISHED_AT, make_draft, make_permit

CHANGED = "Perubahan Tanda Daftar"


def of_kind(name: ApplicationKind) -> str:
    """Return the condition that holds for applications of one kind."""
    return f"jenis_permohonan = {name}"


def make_draft_of_kinds() -> tuple[Cast, StandardVersion]:
    """Return an office that can sign, and a draft whose changes and closures differ."""
    cast = make_cast(validity_months=12)
    make_keys(cast)
    procedure = cast.version.procedure_links.get().procedure
    version = make_draft(cast.service, procedure, effective_on=date(2026, 2, 1), validity_months=12)
    kinds = (ApplicationKind.NEW, ApplicationKind.CHANGE, ApplicationKind.CLOSURE)
    set_built_in(version, kinds, represented=False, previous=True)
    make_permit(version, of_kind(ApplicationKind.CHANGE), title=CHANGED, validity_months=6)
    make_permit(version, of_kind(ApplicationKind.CLOSURE), is_closure=True)
    return cast, version


def published(cast: Cast, version: StandardVersion) -> Cast:
    """Return the same office with ``version`` published."""
    publish_version(version, actor=None, at=PUBLISHED_AT)
    return Cast(cast.office, cast.service, version, cast.applicant, cast.stranger, cast.officers)


def follow(
    cast: Cast,
    at: datetime,
    name: ApplicationKind,
    before: Certificate | str,
    until: StepKind = StepKind.HAND_OVER,
) -> Application:
    """Return an application of that kind about ``before``, walked to a step of kind ``until``."""
    answers = {
        "jenis_permohonan": str(name),
        "izin_sebelumnya": str(getattr(before, "number", before)),
    }
    file = samples.draft(cast.service, cast.applicant, at)
    filling.save_form(file, at=at, answers={**file.answers, **answers})
    return samples.advance(samples.submit(samples.reload(file), at), until, at)
