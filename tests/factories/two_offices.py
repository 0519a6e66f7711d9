"""Two offices with rows behind every page of the administration, and what only one of them has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import admin
from django.db import models

from accounts.admin_scope import OfOffices, Scope
from accounts.models import Office, Position, User
from archives.models import Fate, Kind, RetentionRule
from authority.models import OperatorAct
from boards.models import BoardReader
from complaints.models import ComplaintTerm
from notices.models import MessageHours, MessageTemplate, Notice
from permits.models import SamplePaper, Trial
from reports.models import ReportRole
from standards.models import Service
from surveys.models import Instrument, InstrumentVersion, SurveyRules
from tests.factories.accounts import make_office_admin, make_user
from tests.factories.authority import propose_stand_in
from tests.factories.complaints import make_complaint_desk
from tests.factories.permits import NOON, Cast, make_cast, make_issued
from tests.factories.publicity import make_consultation, make_pledge, make_proof
from tests.factories.standards import make_draft, make_procedure
from workflow import admin_tasks
from workflow.models import AdminTask, Holiday, HolidayKind, Recount, TermMark

CANARY = "Kenarikantor"


@dataclass(frozen=True)
class TwoOffices:
    """``own`` is kept by ``clerk``, ``other`` by somebody else."""

    own: Cast
    other: Cast
    clerk: User

    def rows(self, model: type[models.Model]) -> list[Any]:
        """Return the rows of the other office behind a page, which ``clerk`` may not see."""
        page: Any = admin.site.get_model_admin(model)
        of_other = page.kept(self.other_clerk, model._default_manager.all())
        shared = page.shared_rows
        rows = of_other.exclude(shared) if shared else of_other
        mine = page.kept(self.clerk, model._default_manager.all())
        return list(rows.exclude(pk__in=mine.order_by().values("pk")))

    @property
    def other_clerk(self) -> User:
        return User.objects.get(administers=self.other.office)


def make_two_offices() -> TwoOffices:
    """Fill two offices, one after the other, and give each an administrator."""
    own = _filled("Sendiri", date(2026, 12, 9))
    other = _filled(CANARY, date(2026, 12, 10))
    clerk = make_office_admin(own.office, full_name="Admin Sendiri")
    other_clerk = make_office_admin(other.office, full_name=f"{CANARY} Admin")
    _proposed("Sendiri", own, clerk)
    _proposed(CANARY, other, other_clerk)
    return TwoOffices(own, other, clerk)


def pages_of_offices() -> list[type[models.Model]]:
    """Return the models whose pages are divided by office."""
    return [
        model
        for model, page in admin.site._registry.items()
        if isinstance(page, OfOffices) and not isinstance(page.offices, Scope)
    ]


def _filled(word: str, day: date) -> Cast:
    cast = make_cast()
    office = cast.office
    Office.objects.filter(pk=office.pk).update(
        name=f"{word} Dinas", short_name=f"{word} singkat", government=f"{word} kota",
        address=f"{word} alamat", city=f"{word} tempat", motto=f"{word} motto",
    )  # fmt: skip
    for number, position in enumerate(Position.objects.filter(office=office)):
        Position.objects.filter(pk=position.pk).update(name=f"{word} jabatan {number}")
    for number, user in enumerate([*cast.officers.values(), cast.applicant]):
        User.objects.filter(pk=user.pk).update(full_name=f"{word} orang {number}")
    Service.objects.filter(pk=cast.service.pk).update(name=f"{word} layanan")
    office.refresh_from_db()
    make_complaint_desk(cast)
    make_issued(cast)
    draft = make_draft(cast.service)
    Trial.objects.create(version=draft, started_by=cast.at("kepala-dinas"), started_at=NOON)
    SamplePaper.objects.create(
        version=draft, template=SamplePaper.Template.RECEIPT, content={"title": word}, digest=word,
        created_at=NOON, next_try_at=NOON, last_error=f"{word} galat", job_status="gagal",
    )  # fmt: skip
    make_procedure(office, name=f"{word} konsep SOP")
    make_user(full_name=f"{word} diundang", workplace=office)
    _settings(word, office, day)
    return cast


def _proposed(word: str, cast: Cast, clerk: User) -> None:
    person = make_user(full_name=f"{word} ditunjuk", workplace=cast.office)
    propose_stand_in(person, cast.office, actor=clerk, at=NOON)
    OperatorAct.objects.create(
        what=OperatorAct.What.KEY, office=cast.office, names=[word], detail=word, at=NOON
    )


def _settings(word: str, office: Office, day: date) -> None:
    ComplaintTerm.objects.create(
        office=office, kind=ComplaintTerm.Kind.ANSWER, amount=14, source=f"{word} dasar"
    )
    MessageHours.objects.create(office=office)
    MessageTemplate.objects.create(
        office=office, kind="permits/accepted", subject=f"{word} perihal", body=f"{word} isi"
    )
    Notice.objects.filter(office=office).update(last_error=f"{word} galat", job_status="gagal")
    Holiday.objects.create(
        on=day, name=f"{word} hari jadi", kind=HolidayKind.REGIONAL, office=office
    )
    RetentionRule.objects.create(
        office=office, kind=Kind.PERMIT, effective_on=date(2027, 1, 1), active_years=1,
        inactive_years=1, fate=Fate.DESTROY, ground=f"{word} dasar",
    )  # fmt: skip
    BoardReader.objects.create(position=office.positions.order_by("pk")[0])
    ReportRole.objects.create(position=office.positions.order_by("pk")[0], role="sekretaris")
    SurveyRules.objects.create(office=office, source=f"{word} dasar")
    make_pledge(office, text=f"{word} sanggup", signed_by=f"{word} penanda tangan")
    make_consultation(office, topic=f"{word} dibahas", groups=f"{word} kelompok")
    make_proof(office, title=f"{word} bukti")
    questionnaire = Instrument.objects.create(
        office=office, kind=Instrument.Kind.SKM, name=f"{word} kuesioner", source=word
    )
    InstrumentVersion.objects.create(instrument=questionnaire, number=1)
    TermMark.objects.create(office=office, term="permits.layanan", share=50, act="remind")
    Recount.objects.create(
        office=office, calendar_version=word, asked_at=NOON, next_try_at=NOON, total=1,
        last_error=f"{word} galat", job_status="gagal",
    )  # fmt: skip
    admin_tasks.open_task(
        f"berkas-{word}", "file_missing", at=NOON, office=office, name=f"{word} berkas", what=word
    )
    assert AdminTask.objects.filter(office=office).exists()
