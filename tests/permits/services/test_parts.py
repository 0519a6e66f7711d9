"""Several performers of one step: each gives a part, one of them a partner body."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Appointment, Position
from boards.selectors import now as board
from boards.services.facts import tallies
from demo import samples
from documents import uploads
from notices.models import Notice
from permits import selectors
from permits.content.letters import routing_card
from permits.models import Application, ApplicationDeadline, PartFile, StepPart
from permits.presenters.acts import all_acts
from permits.services import applications, disposal, orphans, parts, visits
from permits.services.terms import _deadlines
from standards.domain.steps import StepKind
from tests.factories.accounts import make_officer
from tests.factories.hearings import FINE, Hearing, make_hearing
from tests.factories.permits import NOON
from tests.factories.standards import position_of
from tests.permits.views.at_the_desk import get, press, said, words
from workflow import admin_tasks, alarms, vacancies
from workflow.calendars import calendars_of
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(time_machine) -> Hearing:
    time_machine.move_to(NOON, tick=False)
    return make_hearing()


def refused(code: str, act: Any, *args: Any, **facts: Any) -> DomainError:
    with pytest.raises(DomainError) as caught:
        act(*args, **facts)
    assert caught.value.code == code
    return caught.value


def waiting_on(*seats: Position | int) -> list[Application]:
    return list(Application.objects.waiting_on(list(seats)))


def test_the_desk_goes_on_when_every_part_is_in_in_any_order(story: Hearing) -> None:
    assert [part.role.label for part in selectors.missing_parts(story.file)] == [
        "Tim Teknis", "Sekretaris",
    ]  # fmt: skip
    error = refused("parts_missing", visits.pass_on, story.file, actor=story.coordinator, at=NOON)
    assert error.facts["who"] == "Tim Teknis, Sekretaris"
    story.give("Sekretaris")
    assert not Notice.objects.filter(template="permits/parts_in").exists()
    error = refused("parts_missing", visits.pass_on, story.file, actor=story.coordinator, at=NOON)
    assert error.facts["who"] == "Tim Teknis"
    refused("note_missing", story.give, "Tim Teknis", opinion=StepPart.Opinion.OBJECTION)
    story.give("Tim Teknis", opinion=StepPart.Opinion.OBJECTION, note="Garis sempadan.")
    told = Notice.objects.filter(template="permits/parts_in").values_list("recipient", flat=True)
    assert set(told) == {story.coordinator.pk}
    visits.pass_on(story.file, actor=story.coordinator, at=NOON)
    assert story.fresh().current_step.step.kind == StepKind.INSPECT


def test_nobody_gives_a_part_of_others_twice_or_too_late(story: Hearing) -> None:
    part = story.part("Sekretaris")
    with_part = {"at": NOON, "part": part.pk, "opinion": FINE}
    refused("not_your_part", parts.give_part, story.file, actor=story.coordinator, **with_part)
    story.give("Sekretaris")
    refused("part_is_in", story.give, "Sekretaris")
    with pytest.raises(DatabaseError), transaction.atomic():
        StepPart.objects.filter(pk=part.pk).update(note="lain")
    late = story.part("Tim Teknis")
    samples_of = {"actor": story.body, "at": NOON, "opinion": FINE, "part": late.pk}
    visits.send_back(story.fresh(), actor=story.coordinator, at=NOON, note="Periksa lagi.")
    refused("step_moved", parts.give_part, story.file, **samples_of)
    late.refresh_from_db()
    assert (late.outcome, late.finished_by) == ("dihentikan", None)
    # the file comes again: new parts, also of who has given one before
    samples.act(story.fresh(), NOON)
    assert len(selectors.missing_parts(story.fresh())) == 2
    refused("step_moved", parts.give_part, story.file, **samples_of)


def test_a_file_that_ends_ends_its_open_parts(story: Hearing) -> None:
    story.give("Sekretaris")
    applications.withdraw_application(
        story.fresh(), actor=story.cast.applicant, at=NOON, note="Batal."
    )
    outcomes = set(story.file.parts.values_list("role__label", "outcome"))
    assert outcomes == {("Sekretaris", "selesai"), ("Tim Teknis", "dihentikan")}
    assert waiting_on(story.desk) == []


def test_a_file_lies_at_the_desk_of_everybody_who_owes_a_part(story: Hearing) -> None:
    office = story.cast.office
    secretary, back = (position_of(office, code) for code in ("sekretaris", "back-office"))
    assert waiting_on(secretary) == waiting_on(story.desk) == waiting_on(back) == [story.file]
    assert waiting_on(secretary, back, story.desk) == [story.file]
    seen = Application.objects.visible_to(story.body)
    assert list(seen) == [story.file]
    for person in (story.secretary, story.body):
        page = words(get(person, "worklist"))
        assert "beri bagian Anda" in page
        assert str(story.file.number) in page
    asked = get(story.secretary, "worklist", tugas="beri_bagian")
    assert 'Beri bagian Anda <span class="count">1</span>' in words(asked)
    assert str(story.file.number) in words(asked)
    as_desk = words(get(story.secretary, "worklist", tugas=StepKind.WORK))
    assert str(story.file.number) not in as_desk
    assert "menunggu bagian pelaksana lain" in words(get(story.coordinator, "worklist"))
    assert selectors.desks_of(story.fresh()) == [back, story.desk, secretary]
    story.give("Tim Teknis")
    story.give("Sekretaris")
    assert waiting_on(secretary) == waiting_on(story.desk) == []
    assert list(seen.all()) == []
    assert waiting_on(back) == [story.file]


def test_the_page_of_the_desk_asks_each_for_what_is_theirs(story: Hearing) -> None:
    mine = words(get(story.coordinator, "desk_application", story.file))
    assert "Belum masuk: Tim Teknis, Sekretaris" in mine
    assert "Selesai, teruskan berkas" not in mine
    theirs = words(get(story.body, "desk_application", story.file))
    assert "Kirim bagian Anda" in theirs
    assert "berada di meja jabatan lain" not in theirs
    other = words(get(story.cast.at("front-office"), "desk_application", story.file))
    assert "Kirim bagian Anda" not in other

    part = story.part("Tim Teknis")
    empty = press(story.body, "give_part", story.file, part=part.pk)
    assert "Pilih pendapat Anda." in empty.content.decode()
    lacking = press(story.body, "give_part", story.file, part=part.pk, opinion="keberatan")
    assert "Tulis alasannya" in lacking.content.decode()
    answer = press(
        story.body, "give_part", story.file, part=part.pk, opinion="dengan_catatan",
        note="Sisakan <b>jalan</b>.", document=samples.pdf_upload("rekomendasi.pdf", "PUPR"),
    )  # fmt: skip
    assert answer.url == reverse("permits:worklist")  # the body sees it no longer
    again = press(story.body, "give_part", story.file, part=part.pk, opinion="dengan_catatan")
    assert again.status_code == 302
    assert "tombol tertekan dua kali" in said(again)[0]
    foreign = press(story.secretary, "give_part", story.file, part=part.pk, opinion=FINE)
    assert "tidak meminta bagian dari jabatan Anda" in said(foreign)[0]
    shown = words(get(story.coordinator, "desk_application", story.file))
    assert "Sisakan &lt;b&gt;jalan&lt;/b&gt;." in shown
    assert "rekomendasi.pdf" in shown

    document = PartFile.objects.get()
    where = reverse("permits:part_file", args=[document.public_id])
    client = Client()
    for person, status in (
        (story.coordinator, 200),
        (story.body, 404),
        (story.cast.applicant, 404),
    ):
        client.force_login(person)
        assert client.get(where).status_code == status
    assert story.file.openings.filter(what="rekomendasi.pdf").count() == 1


def test_the_card_and_the_history_have_every_performer(story: Hearing) -> None:
    checked = uploads.check(samples.pdf_upload("rekomendasi.pdf", "PUPR"))
    noted = StepPart.Opinion.WITH_NOTES
    story.give("Tim Teknis", opinion=noted, note="Sisakan jalan.", document=checked)
    [line] = [step for step in routing_card(story.fresh(), NOON)["steps"] if "Tim" in step["note"]]
    assert line["performer"] == "Back Office, Tim Teknis, Sekretaris"
    said = "Tim Teknis: Dengan catatan. Sisakan jalan. Berkas: rekomendasi.pdf (Tono Teknis)"
    assert said in line["note"]
    assert "Sekretaris: belum masuk" in line["note"]
    assert "Tim Teknis TT" in line["initials"]
    history = words(get(story.coordinator, "history", story.file))
    assert "Bagian Tim Teknis pada langkah 3: Dengan catatan" in history
    assert "Berkas dari Tim Teknis pada langkah 3: rekomendasi.pdf" in history
    assert all_acts(story.fresh(), [])


def test_a_late_step_is_told_to_whoever_owes_a_part_and_to_their_superior(story: Hearing) -> None:
    story.give("Sekretaris")
    late = NOON + timedelta(days=9)
    alarms.watch_terms(late)
    told = Notice.objects.filter(template="permits/overdue").values_list("recipient", flat=True)
    assert {story.coordinator.pk, story.body.pk} <= set(told)
    assert story.secretary.pk not in set(told)
    above = Notice.objects.filter(template="permits/escalated", recipient=story.superior)
    assert above.count() == 1
    assert above.get().context["desk"] == "Kepala Seksi Tata Ruang"
    step = _deadlines(ApplicationDeadline.Kind.STEP)().get(application=story.file, met_at=None)
    assert step.breached_at == late


def test_a_vacant_performer_is_asked_for_and_a_successor_gives_the_part(story: Hearing) -> None:
    Appointment.objects.filter(position=story.desk).update(ended_on=NOON.date() - timedelta(days=1))
    vacancies.watch_desks(NOON)
    [task] = admin_tasks.waiting().filter(kind=vacancies.VACANT, key__endswith=f":{story.desk.pk}")
    assert task.facts["files"] == 1
    refused("not_your_part", story.give, "Tim Teknis")
    successor = make_officer(story.desk, full_name="Putri Pengganti")
    vacancies.watch_desks(NOON)
    assert not admin_tasks.waiting().filter(pk=task.pk).exists()
    assert story.give("Tim Teknis", actor=successor).finished_by == successor


def test_boards_say_what_a_file_waits_for_and_whose_work_it_was(story: Hearing) -> None:
    office = story.cast.office
    found = board.open_files(office, board.conditions(office, NOON, calendars_of([office])))
    [(step, tally)] = found.steps
    assert (step.kind, tally.numbers[selectors.Show.PARTS]) == (StepKind.WORK, 1)
    secretary, back = (position_of(office, code) for code in ("sekretaris", "back-office"))
    desks = {desk: tally.numbers[selectors.Show.OFFICE] for desk, tally in found.desks}
    assert desks == {secretary: 1, back: 1, story.desk: 1}
    story.give("Sekretaris", at=NOON + timedelta(hours=1))
    month = NOON.date().replace(day=1)
    sums = next(
        one
        for key, one in tallies(office, month, month, NOON + timedelta(hours=2)).hands.items()
        if key[2:] == (secretary.pk, story.secretary.pk)
    )
    assert (sums["held"], sums["finished"], sums["minutes"]) == (1, 1, 60)


def test_files_of_parts_are_kept_by_their_rows_and_destroyed_with_the_file(story: Hearing) -> None:
    checked = uploads.check(samples.pdf_upload("surat.pdf", "rahasia"))
    story.give("Tim Teknis", document=checked, note="Catatan tentang pemohon.")
    document = PartFile.objects.get()
    assert "parts" in orphans._OWNERS
    stored = document.file.name
    orphans.clear_orphans(NOON + timedelta(days=30))
    assert document.file.storage.exists(str(stored))
    gone = disposal.Gone()
    disposal._take_papers(story.fresh(), gone)
    assert stored in gone.files
    assert not PartFile.objects.exists()


def test_the_whole_walk_gives_the_parts(story: Hearing) -> None:
    step = samples.act(story.fresh(), NOON).current_step
    assert step is not None
    assert step.step.kind == StepKind.INSPECT
    assert story.file.parts.filter(outcome="selesai").count() == 2
