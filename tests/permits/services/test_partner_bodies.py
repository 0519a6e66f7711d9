"""A partner body: an agency with desks in an SOP, its own calendar, sight of its desks' files."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Office, User
from demo import samples
from documents.keys import look_at_keys
from documents.models import SigningKey
from permits.models import Application, Document
from permits.selectors import visit_calendars
from permits.services import visits
from permits.services.calendar_moves import Counter
from portal.readiness import readiness
from standards.domain.steps import StepKind
from standards.services import exporting, publishing
from standards.services.importing import read_arrival
from tests.factories.accounts import make_admin, make_officer
from tests.factories.partners import Partner, make_partner_cast
from tests.factories.permits import NOON, Cast, make_accepted
from tests.factories.standards import (
    STEPS,
    make_draft,
    make_paper,
    make_procedure,
    make_service,
)
from tests.permits.views.at_the_desk import get, press, said, words
from workflow.calendars import calendar_of
from workflow.domain.errors import DomainError
from workflow.models import Holiday

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 11, 17)


@pytest.fixture
def story(time_machine) -> tuple[Cast, Partner]:
    """An office whose technical examination is done by the public works agency."""
    time_machine.move_to(NOON, tick=False)
    return make_partner_cast()


def seen_by(user: User) -> list[Application]:
    return list(Application.objects.visible_to(user).order_by("pk"))


def test_a_step_without_a_standard_time_keeps_the_calendar_of_its_hand_over(time_machine):
    time_machine.move_to(NOON, tick=False)
    untimed = (StepKind.INSPECT, "Tim Teknis", "", None, "", StepKind.CHECK)
    cast, partner = make_partner_cast((*STEPS[:2], untimed, *STEPS[3:]))
    file = make_accepted(cast)
    visit = file.current_step
    assert not visit.deadlines.exists()
    assert visit.calendar_version == calendar_of(partner.body).version
    Holiday.objects.create(on=TUESDAY, name="Baru", kind="libur_daerah", office=partner.body)
    [kept] = visit_calendars([file], {visit.step_id: partner.body}).values()
    assert kept.is_workday(TUESDAY)
    assert not calendar_of(partner.body).is_workday(TUESDAY)
    assert not file.steps.exclude(pk=visit.pk).exclude(calendar_version="").exists()


def test_the_body_sees_only_what_lies_at_its_desks(story):
    cast, partner = story
    waiting, elsewhere = make_accepted(cast), samples.draft(cast.service, cast.applicant, NOON)
    samples.submit(elsewhere, NOON)
    assert waiting.desk == partner.desk
    assert seen_by(partner.officer) == seen_by(partner.superior) == [waiting]
    assert seen_by(partner.stranger) == []
    assert seen_by(cast.at("back-office")) == [waiting, elsewhere]
    assert Document.objects.visible_to(partner.officer).exclude(application=waiting).count() == 0
    samples.act(waiting, NOON)
    assert seen_by(partner.officer) == []


def test_pages_of_others_are_not_there_for_the_body(story):
    cast, partner = story
    waiting = make_accepted(cast)
    assert get(partner.officer, "desk_application", waiting).status_code == 200
    assert get(partner.stranger, "desk_application", waiting).status_code == 404
    listed = words(get(partner.officer, "worklist"))
    assert str(waiting.number) in listed
    assert "Dinas PUPR" in listed
    assert 'href="/meja/register' not in listed
    register = words(get(partner.officer, "register"))
    assert str(waiting.number) not in register
    document = waiting.documents.first()
    client = Client()
    client.force_login(partner.stranger)
    assert client.get(reverse("permits:document", args=[document.public_id])).status_code == 404
    moved = samples.act(waiting, NOON)
    assert get(partner.officer, "desk_application", moved).status_code == 404


def test_the_body_gives_its_part_and_the_card_names_it(story):
    cast, partner = story
    waiting = make_accepted(cast)
    detail = Client()
    detail.force_login(cast.applicant)
    page = words(detail.get(waiting.get_absolute_url()))
    assert "Kepala Seksi Tata Ruang, Dinas PUPR" in page
    samples.act(waiting, NOON)
    visit = waiting.steps.get(step__kind=StepKind.INSPECT)
    assert visit.finished_by == partner.officer
    assert visit.capacity == "Kepala Seksi Tata Ruang, Dinas PUPR"
    card = words(get(cast.at("back-office"), "routing_card", waiting))
    assert "Kepala Seksi Tata Ruang, Dinas PUPR" in card


MINUTES: dict[str, Any] = {
    "inspected_on": "2026-11-16", "place": "Jalan Melati", "team": "Rahmat", "findings": "Sesuai.",
    "recommendation": "layak",
}  # fmt: skip


def test_who_passed_the_file_on_comes_to_the_worklist(story):
    cast, partner = story
    waiting = make_accepted(cast)
    first = press(partner.officer, "inspect", waiting, **MINUTES)
    assert (first.status_code, first["Location"]) == (302, reverse("permits:worklist"))
    again = press(partner.officer, "inspect", waiting, **MINUTES)
    assert (again.status_code, again["Location"]) == (302, reverse("permits:worklist"))
    assert "sudah" in " ".join(said(again))
    assert press(partner.stranger, "inspect", waiting, **MINUTES).status_code == 404
    assert waiting.steps.filter(step__kind=StepKind.INSPECT).count() == 1


def test_the_office_returns_to_the_page_of_the_file(story):
    cast, _partner = story
    waiting = samples.act(make_accepted(cast), NOON)
    answer = press(cast.at("back-office"), "receive", waiting)
    assert answer["Location"] == waiting.get_desk_url()


def test_nobody_of_the_office_acts_at_the_desk_of_the_body(story):
    cast, _partner = story
    waiting = make_accepted(cast)
    with pytest.raises(DomainError, match="not_your_desk"):
        visits.send_back(waiting, actor=cast.at("tim-teknis"), at=NOON, note="Saya saja.")
    answer = press(cast.at("back-office"), "receive", waiting)
    assert answer.status_code == 403


def test_two_officers_of_the_body_at_once_finish_the_step_once(story):
    cast, partner = story
    waiting = make_accepted(cast)
    second = make_officer(partner.desk, full_name="Rina Teknis")
    visit = waiting.current_step_id
    samples.act(waiting, NOON)
    with pytest.raises(DomainError, match="step_moved"):
        visits.send_back(waiting, actor=second, at=NOON, note="Terlambat", visit=visit)


def test_its_steps_are_counted_with_its_own_calendar(story):
    cast, partner = story
    Holiday.objects.create(
        on=TUESDAY, name="Hari jadi dinas", kind="libur_daerah", office=partner.body
    )
    step = make_accepted(cast).deadlines.get(kind="langkah", met_at=None)
    service = step.application.deadlines.get(kind="layanan")
    assert step.due_on == date(2026, 11, 19)  # two working days from Monday, without Tuesday
    assert service.due_on == date(2026, 11, 24)  # six, with Tuesday: the promise is the office's


def test_list_and_page_show_the_time_left_in_its_own_calendar(story, time_machine):
    cast, partner = story
    Holiday.objects.create(
        on=date(2026, 11, 18), name="Hari jadi dinas", kind="libur_daerah", office=partner.body
    )
    waiting = make_accepted(cast)  # due on Thursday
    time_machine.move_to(NOON + timedelta(days=1), tick=False)
    for user in (partner.officer, cast.at("back-office")):
        assert "Sisa 1 hari kerja" in words(get(user, "worklist", tampil="semua"))
    assert "Sisa 1 hari kerja" in words(get(partner.officer, "desk_application", waiting))


def test_a_later_holiday_of_the_body_moves_its_steps_only(story):
    cast, partner = story
    make_accepted(cast)
    assert not Counter(partner.body, NOON).outdated().exists()
    Holiday.objects.create(
        on=TUESDAY, name="Hari jadi dinas", kind="libur_daerah", office=partner.body
    )
    counter = Counter(partner.body, NOON)
    keys = list(counter.outdated().values_list("pk", flat=True))
    (move,) = counter.count(keys)[0]
    assert (move.row.kind, move.new_on) == ("langkah", date(2026, 11, 19))
    assert not Counter(cast.office, NOON).outdated().exists()


def test_a_body_serves_no_citizen(story):
    cast, partner = story
    assert partner.body not in Office.objects.public()
    home = Client().get("/").content.decode()
    assert cast.office.short_name in home
    assert "Dinas PUPR" not in home
    assert [line.label for line in readiness(partner.body, timezone.now())] == [
        "Pelaksana jabatan", "Jam kerja", "Kalender",
    ]  # fmt: skip


def test_what_makes_the_permit_is_not_done_by_a_body(story):
    cast, partner = story
    procedure = make_procedure(cast.office, STEPS)
    procedure.roles.filter(label="Kepala Dinas").update(position=partner.desk)
    draft = make_draft(make_service(cast.office), procedure)
    (fault,) = publishing.faults(draft)
    assert fault.endswith(
        "dikerjakan lembaga mitra. Lembaga mitra hanya mengerjakan pekerjaan biasa, pemeriksaan, "
        "dan pembayaran."
    )
    assert fault in publishing.procedure_faults(procedure)


@pytest.mark.parametrize(
    "named",
    [
        {"written_at": "3", "signed_at": "4"},
        {"written_at": "3", "initialed_at": "4", "signed_at": "5"},
    ],
)
def test_a_paper_of_the_office_is_not_signed_at_a_body(story, named):
    cast, partner = story
    work = ("Back Office", "Tim Teknis", "Sekretaris")
    steps = (
        *STEPS[:2],
        *((StepKind.WORK, who, "", 1, "hari_kerja", None) for who in work),
        *STEPS[3:],
    )
    procedure = make_procedure(cast.office, steps)
    procedure.roles.filter(label="Tim Teknis").update(position=partner.desk)
    draft = make_draft(make_service(cast.office), procedure)
    paper = make_paper(draft, "rekomendasi", **named)
    (found,) = publishing.faults(draft)
    assert found.endswith("Dokumen kantor diparaf dan ditandatangani pejabat kantor sendiri.")
    paper.delete()
    assert publishing.faults(draft) == []


def test_no_key_is_looked_for_at_a_body(story):
    _cast, partner = story
    look_at_keys(timezone.now())
    assert not SigningKey.objects.filter(office=partner.body).exists()
    assert SigningKey.objects.filter(office=partner.body.partner_of).exists()


def test_a_body_is_made_and_put_into_an_sop_in_the_pages(story, client: Client):
    cast, partner = story
    admin = make_admin()
    client.force_login(admin)
    page = client.get(reverse("admin:accounts_office_add")).content.decode()
    assert 'name="partner_of"' in page
    assert f">{partner.body.short_name}<" not in page  # no partner of a partner
    own = client.get(reverse("admin:accounts_office_change", args=[partner.body.pk]))
    assert 'name="partner_of"' not in own.content.decode()
    assert "Kunci tanda tangan" not in own.content.decode()
    procedure = make_procedure(cast.office, STEPS)
    shown = client.get(reverse("admin:standards_procedure_change", args=[procedure.pk]))
    assert "Kepala Seksi Tata Ruang, Dinas PUPR" in shown.content.decode()
    add = client.get(reverse("admin:standards_service_add")).content.decode()
    assert "Dinas PUPR" not in add


def test_a_standard_with_a_body_goes_out_and_in_as_a_file(story):
    cast, partner = story
    text = exporting.export_version(cast.version)
    arrival = read_arrival(text.encode(), "standar.toml", cast.office)
    suggested = arrival.suggested(cast.office)
    assert suggested[f"{partner.body.code}-tata-ruang"] == partner.desk
