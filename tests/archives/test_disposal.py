"""Delete and destroy: two people, a report, what is left, what the database refuses."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Position, User
from archives.domain.retention import Act
from archives.models import Disposal, LegalHold
from archives.schedule import due_files, key_of, why_not_due
from archives.services import disposals, holds
from archives.services.loading import load_schedule
from demo import paper_samples, samples
from notices.models import Notice
from permits.domain.certificates import OrderKind
from permits.models import (
    Application,
    ApplicationRecord,
    Certificate,
    CertificateOrder,
    Document,
    Opening,
    RecordedFact,
)
from permits.services import disposal as files
from permits.services import openings
from tests.archives.test_own_data import signed_in
from tests.archives.test_retention import FOLDER
from tests.archives.world import found_in_database, found_in_files
from tests.factories.permits import NOON, Cast, make_completed, make_keys, make_submitted
from workflow import audit, destruction
from workflow.domain.errors import DomainError
from workflow.models import DestroyedRow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_storage")]
HEAD, SECRETARY = "kepala-dinas", "sekretaris"
INACTIVE = NOON.replace(year=2028) + timedelta(days=1)
OVER = NOON.replace(year=2037, month=1, day=2)  # the permit ended with 2026
EARLY = NOON.replace(year=2029)  # the keys of the tests still sign
CANARY = {
    "national id": "1471010101901234", "address": "kenarialamat", "responsible": "kenaripenanggung",
    "answer": "kenariisian", "note": "kenaricatatan", "file name": "kenariberkas",
    "telephone": "081277315599",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def office(cast: Cast) -> Cast:
    """An office whose secretary leads others, with keys and the common schedule."""
    load_schedule(FOLDER)
    make_keys(cast)
    secretary = cast.office.positions.get(code=SECRETARY)
    Position.objects.filter(office=cast.office, code="front-office").update(superior=secretary)
    return cast


def filled(cast: Cast) -> Application:
    """Return a completed file with canaries wherever a person's words stand."""
    application = make_completed(cast)
    Application.objects.filter(pk=application.pk).update(
        national_id=CANARY["national id"], address=CANARY["address"],
        responsible_name=CANARY["responsible"], answers={"nama": CANARY["answer"]},
        phone=CANARY["telephone"],
    )  # fmt: skip
    application.refresh_from_db()
    openings.record(
        application, Opening.Kind.UPLOAD, actor=cast.at("front-office"), at=NOON,
        what=CANARY["file name"], reason=CANARY["note"],
    )  # fmt: skip
    application.documents.update(original_name=CANARY["file name"] + ".pdf")
    ApplicationRecord.objects.create(
        subject=application, event="catatan", source="selesai", to="selesai",
        actor=cast.applicant, at=NOON, note=CANARY["note"],
    )  # fmt: skip
    RecordedFact.objects.create(
        application=application, visit=application.steps.all()[0], key="catatan",
        value=CANARY["note"], officer=cast.at("tim-teknis"), at=NOON,
    )  # fmt: skip
    for printout in application.printouts.all():
        printout.content["kenari"] = list(CANARY.values())
        printout.save(update_fields=["content"])
    Certificate.objects.filter(application=application).update(valid_until=date(2026, 12, 31))
    audit.extend_chains(NOON)
    return application


def done(cast: Cast, act: Act, at, application: Application) -> Disposal:
    """Propose, confirm and do one act."""
    approval = "045/12/BA/2036" if act is Act.DESTROY else ""
    proposal = disposals.propose(
        cast.office, act, [key_of(application)], actor=cast.at(SECRETARY), at=at, approval=approval
    )
    disposals.decide(proposal, agreed=True, actor=cast.at(HEAD), at=at)
    disposals.do_due(at)
    disposals.sign_due(at)
    return Disposal.objects.get(pk=proposal.pk)


# When -------------------------------------------------------------------------------------------


def test_a_file_is_due_when_its_years_are_over(office: Cast):
    application = make_completed(office)
    Certificate.objects.filter(application=application).update(valid_until=None)
    assert due_files(office.office, Act.DELETE, NOON.replace(year=2028) - timedelta(days=1)) == []
    assert [due.file for due in due_files(office.office, Act.DELETE, INACTIVE)] == [application]
    assert due_files(office.office, Act.DESTROY, OVER) == []  # not deleted yet


def test_the_years_of_a_permit_begin_when_it_is_over(office: Cast):
    application = make_completed(office)
    Certificate.objects.filter(application=application).update(valid_until=date(2031, 1, 1))
    assert due_files(office.office, Act.DELETE, INACTIVE) == []
    assert why_not_due(application, Act.DELETE, INACTIVE) == "not_due"
    assert due_files(office.office, Act.DELETE, NOON.replace(year=2033, month=12))


def test_open_files_and_kinds_without_a_row_are_never_due(cast: Cast):
    make_submitted(cast)
    make_completed(cast)
    assert due_files(cast.office, Act.DELETE, OVER) == []


# Two people -------------------------------------------------------------------------------------


def test_one_proposes_and_another_confirms(office: Cast):
    application = filled(office)
    facts: dict[str, Any] = {"actor": office.at(SECRETARY), "at": OVER}
    proposal = disposals.propose(office.office, Act.DELETE, [key_of(application)], **facts)
    for person, code in (
        (office.at(SECRETARY), "disposal_own_proposal"),
        (office.at("front-office"), "not_an_archivist"),
    ):
        with pytest.raises(DomainError) as raised:
            disposals.decide(proposal, agreed=True, actor=person, at=OVER)
        assert raised.value.code == code
    disposals.do_due(OVER)
    application.refresh_from_db()
    assert application.deleted_at is None  # nothing happens before the second person
    disposals.decide(proposal, agreed=True, actor=office.at(HEAD), at=OVER)
    with pytest.raises(DomainError) as raised:
        disposals.decide(proposal, agreed=False, actor=office.at(HEAD), at=OVER, reason="Salah")
    assert raised.value.code == "disposal_decided"


def test_nobody_decides_about_an_own_file(office: Cast):
    application = filled(office)
    Application.objects.filter(pk=application.pk).update(applicant=office.at(HEAD))
    proposal = disposals.propose(
        office.office, Act.DELETE, [key_of(application)], actor=office.at(SECRETARY), at=OVER
    )
    with pytest.raises(DomainError) as raised:
        disposals.decide(proposal, agreed=True, actor=office.at(HEAD), at=OVER)
    assert raised.value.code == "disposal_own_matter"


def test_a_refused_proposal_does_nothing_and_frees_the_file(office: Cast):
    application = filled(office)
    facts: dict[str, Any] = {"actor": office.at(SECRETARY), "at": OVER}
    proposal = disposals.propose(office.office, Act.DELETE, [key_of(application)], **facts)
    assert due_files(office.office, Act.DELETE, OVER) == []
    with pytest.raises(DomainError) as raised:
        disposals.decide(proposal, agreed=False, actor=office.at(HEAD), at=OVER)
    assert raised.value.code == "refusal_without_reason"
    disposals.decide(proposal, agreed=False, actor=office.at(HEAD), at=OVER, reason="Masih dipakai")
    disposals.do_due(OVER)
    application.refresh_from_db()
    assert application.deleted_at is None
    assert due_files(office.office, Act.DELETE, OVER)


def test_to_destroy_needs_an_approval(office: Cast):
    application = filled(office)
    done(office, Act.DELETE, OVER, application)
    with pytest.raises(DomainError) as raised:
        disposals.propose(
            office.office, Act.DESTROY, [key_of(application)], actor=office.at(SECRETARY), at=OVER
        )
    assert raised.value.code == "approval_missing"


# Delete -----------------------------------------------------------------------------------------


def test_deleting_takes_the_file_out_of_daily_work(
    office: Cast, django_capture_on_commit_callbacks
):
    application = filled(office)
    with django_capture_on_commit_callbacks(execute=True):
        report = done(office, Act.DELETE, INACTIVE.replace(year=2029), application)
    for user in (office.applicant, office.at("front-office"), office.at(HEAD)):
        assert not Application.objects.visible_to(user).filter(pk=application.pk).exists()
    assert not Application.objects.public().filter(pk=application.pk).exists()
    token = application.certificate.token
    assert Client().get(f"/v/{token}/").status_code == 200  # the permit can still be checked
    assert report.done_at
    assert default_storage.exists(str(report.report.file.name))
    own = signed_in(office.applicant).get(reverse("archives:own")).content.decode()
    assert "Tersimpan sebagai arsip" in own
    assert application.get_absolute_url() not in own  # no link to a page that is gone
    kept = Application.objects.get(pk=application.pk)
    assert kept.national_id == CANARY["national id"]
    assert kept.phone == ""
    assert kept.documents.exists()


# Destroy ----------------------------------------------------------------------------------------


def test_after_destruction_nothing_is_found_but_what_the_list_says(
    office: Cast, django_capture_on_commit_callbacks
):
    application = filled(office)
    holder = application.holder_name
    assert found_in_database("kenari")  # the search finds what is there
    with django_capture_on_commit_callbacks(execute=True):
        done(office, Act.DELETE, OVER, application)
        names = list(application.documents.values_list("file", flat=True))
        report = done(office, Act.DESTROY, OVER, application)
    for word in CANARY.values():
        assert found_in_database(word) == [], word
    assert found_in_files(CANARY) == {}
    assert names
    assert not any(default_storage.exists(name) for name in names)
    kept = Application.objects.get(pk=application.pk)
    assert (kept.number, kept.holder_name) == (application.number, holder)  # the register
    assert kept.applicant != office.applicant
    assert report.items.get().files >= len(names)
    page = Client().get(f"/v/{application.certificate.token}/")
    assert page.status_code == 200
    assert holder in page.content.decode()
    assert Client().get(f"/lacak/{application.tracking_code}/").status_code != 200


def test_the_chain_tells_destroyed_from_broken(office: Cast, django_capture_on_commit_callbacks):
    application = filled(office)
    other = filled(office)
    with django_capture_on_commit_callbacks(execute=True):
        done(office, Act.DELETE, OVER, application)
        report = done(office, Act.DESTROY, OVER, application)
    audit.extend_chains(OVER)
    assert list(audit.verify()) == []
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert f"menurut berita acara {report.number}" in out.getvalue()
    with connection.cursor() as cursor:  # somebody who owns the database
        from workflow import guards

        guards.lift(connection)
        cursor.execute(
            "UPDATE permits_applicationrecord SET note = 'diubah' WHERE subject_id = %s",
            [other.pk],
        )
    broken = {(problem.source, problem.what) for problem in audit.verify()}
    assert ("permits.ApplicationRecord", "row") in broken
    with pytest.raises(CommandError, match="diubah atau dihapus"):
        call_command("verify_audit", stdout=StringIO())


def test_what_was_left_of_a_destroyed_row_is_evidence_too(office: Cast):
    application = filled(office)
    done(office, Act.DELETE, OVER, application)
    done(office, Act.DESTROY, OVER, application)
    from workflow import guards

    guards.lift(connection)
    application.records.update(note="dikarang sesudahnya")
    assert any(problem.source == "permits.ApplicationRecord" for problem in audit.verify())


# Papers that an order ended ----------------------------------------------------------------------


@pytest.mark.parametrize("kind", [OrderKind.VOID, OrderKind.REVOKE])
def test_a_file_whose_refusal_was_ended_comes_to_an_end(
    office: Cast, django_capture_on_commit_callbacks, kind: OrderKind
):
    refused = samples.refuse(make_submitted(office), NOON, reason="Di luar wilayah kabupaten.")
    ended = NOON + timedelta(days=40)
    proposal = paper_samples.propose_ending(refused, NOON, kind, reason=CANARY["note"])
    assert why_not_due(refused, Act.DELETE, OVER) == "has_order"  # it waits for the head
    assert due_files(office.office, Act.DELETE, OVER) == []
    refused = paper_samples.confirm(proposal, ended)
    audit.extend_chains(ended)
    (due,) = due_files(office.office, Act.DELETE, OVER)
    assert (due.file, due.closed_on) == (refused, office.office.local_date(ended))
    with django_capture_on_commit_callbacks(execute=True):
        done(office, Act.DELETE, OVER, refused)
        report = done(office, Act.DESTROY, OVER, refused)
    kept = Application.objects.get(pk=refused.pk)
    order = CertificateOrder.objects.get()
    assert kept.destroyed_at
    assert found_in_database(CANARY["note"]) == []
    assert (order.decree_number, order.reason) == (proposal.decree_number, files.DESTROYED)
    assert kept.certificate.state == kind  # the register still says that it is ended
    assert Client().get(f"/v/{kept.certificate.token}/").status_code == 200
    audit.extend_chains(OVER)
    assert list(audit.verify()) == []
    assert report.items.get().done_at
    for change in (
        lambda: CertificateOrder.objects.update(reason="x"),
        lambda: Certificate.objects.update(state="terbit", ended_by=None),
    ):
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            change()


def test_a_file_whose_permit_was_replaced_loses_both_papers(
    office: Cast, django_capture_on_commit_callbacks
):
    application = filled(office)
    application = paper_samples.replace(application, NOON, "BKK SMK Contoh Jaya")
    Certificate.objects.filter(application=application, ended_by=None).update(
        valid_until=date(2026, 12, 31)
    )
    audit.extend_chains(NOON)
    papers = [row.file.name for row in application.certificates.all()]
    assert len(papers) == 2
    with django_capture_on_commit_callbacks(execute=True):
        done(office, Act.DELETE, OVER, application)
        done(office, Act.DESTROY, OVER, application)
    assert not any(default_storage.exists(name) for name in papers)
    for word in CANARY.values():
        assert found_in_database(word) == [], word
    audit.extend_chains(OVER)
    assert list(audit.verify()) == []


def test_the_years_of_a_revoked_permit_begin_when_it_was_revoked(office: Cast):
    application = make_completed(office)
    Certificate.objects.filter(application=application).update(valid_until=date(2031, 1, 1))
    paper_samples.revoke(application, NOON)
    assert [due.closed_on for due in due_files(office.office, Act.DELETE, INACTIVE)] == [
        office.office.local_date(NOON)
    ]


# What the database refuses ----------------------------------------------------------------------


def test_the_guards_let_go_through_the_service_alone(office: Cast):
    application = filled(office)
    with pytest.raises(DatabaseError), transaction.atomic():
        application.records.update(note="")
    with pytest.raises(IntegrityError), transaction.atomic():  # no act of two people
        destruction.name_rows("permits.ApplicationRecord", [1], act=1, report="BA 1")
    facts: dict[str, Any] = {"actor": office.at(SECRETARY), "at": OVER}
    proposal = disposals.propose(office.office, Act.DELETE, [key_of(application)], **facts)
    with pytest.raises(IntegrityError), transaction.atomic():  # neither confirmed nor to destroy
        destruction.name_rows(
            "permits.ApplicationRecord", [1], act=proposal.pk, report=proposal.number
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Disposal.objects.filter(pk=proposal.pk).update(
            state="disetujui", decided_by=office.at(SECRETARY), decided_at=OVER
        )
    with pytest.raises(DomainError) as raised:
        files.destroy(application, act=proposal.pk, report=proposal.number, at=OVER)
    assert raised.value.code == "not_deleted"


def test_afterwards_everything_is_closed_again(office: Cast):
    application = filled(office)
    done(office, Act.DELETE, OVER, application)
    report = done(office, Act.DESTROY, OVER, application)
    for change in (
        lambda: application.records.update(note="x"),
        lambda: DestroyedRow.objects.update(report="lain"),
        lambda: DestroyedRow.objects.all().delete(),
        lambda: Disposal.objects.filter(pk=report.pk).update(number="lain"),
        lambda: Disposal.objects.filter(pk=report.pk).delete(),
        lambda: report.items.all().delete(),
        lambda: destruction.name_rows(
            "permits.ApplicationRecord", [99999], act=report.pk, report=report.number
        ),
    ):
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            change()


# Holds and bad days -----------------------------------------------------------------------------


@pytest.mark.parametrize("of_person", [False, True])
def test_a_hold_blocks_both_acts_until_it_is_lifted(office: Cast, of_person):
    application = filled(office)
    subject = {"person": office.applicant} if of_person else {"application": application}
    facts: dict[str, Any] = {"actor": office.at(SECRETARY), "at": OVER}
    proposal = disposals.propose(office.office, Act.DELETE, [key_of(application)], **facts)
    hold = holds.place(office.office, ground="Perkara 12/G/2036/PTUN", **facts, **subject)
    assert due_files(office.office, Act.DELETE, OVER) == []
    disposals.decide(proposal, agreed=True, actor=office.at(HEAD), at=OVER)
    disposals.do_due(OVER)
    item = proposal.items.get()
    assert (item.done_at, item.left_out) == (None, "is_held")
    application.refresh_from_db()
    assert application.deleted_at is None
    holds.lift(hold, reason="Perkara selesai", **facts)
    with pytest.raises(DomainError) as raised:
        holds.lift(hold, reason="Lagi", **facts)
    assert raised.value.code == "hold_lifted"
    assert due_files(office.office, Act.DELETE, OVER)


def test_a_hold_ends_with_its_last_day(office: Cast):
    application = filled(office)
    holds.place(
        office.office, ground="Pemeriksaan", until=OVER.date(), application=application,
        actor=office.at(HEAD), at=OVER,
    )  # fmt: skip
    assert due_files(office.office, Act.DELETE, OVER) == []
    assert due_files(office.office, Act.DELETE, OVER + timedelta(days=1))


def test_only_those_who_lead_place_a_hold(office: Cast):
    application = filled(office)
    with pytest.raises(DomainError) as raised:
        holds.place(
            office.office, ground="x", application=application, actor=office.at("front-office"),
            at=OVER,
        )  # fmt: skip
    assert raised.value.code == "not_an_archivist"


def test_a_worker_that_dies_goes_on_where_it_was(office: Cast, monkeypatch):
    first, second = filled(office), filled(office)
    facts: dict[str, Any] = {"actor": office.at(SECRETARY), "at": OVER}
    proposal = disposals.propose(
        office.office, Act.DELETE, [key_of(first), key_of(second)], **facts
    )
    disposals.decide(proposal, agreed=True, actor=office.at(HEAD), at=OVER)
    real = files.delete

    def dies(application, **more):
        if application.pk == second.pk:
            raise RuntimeError("power cut")
        return real(application, **more)

    monkeypatch.setattr(disposals.files, "delete", dies)
    disposals.do_due(OVER)
    assert [item.done_at is not None for item in proposal.items.all()] == [True, False]
    assert not Disposal.objects.get(pk=proposal.pk).done_at
    monkeypatch.setattr(disposals.files, "delete", real)
    disposals.do_due(OVER + timedelta(minutes=10))
    assert all(item.done_at for item in proposal.items.all())
    assert Disposal.objects.get(pk=proposal.pk).done_at


def test_the_account_may_go_when_its_files_are_destroyed(office: Cast):
    from archives.policies import may_erase_account

    application = filled(office)
    person = User.objects.get(pk=office.applicant.pk)
    assert may_erase_account(person).reason == "account_has_files"
    done(office, Act.DELETE, OVER, application)
    assert may_erase_account(person).reason == "account_has_files"
    done(office, Act.DESTROY, OVER, application)
    assert may_erase_account(person)
    assert not Document.objects.filter(application=application).exists()


# Pages ------------------------------------------------------------------------------------------


def test_two_people_go_through_the_pages(office: Cast, time_machine):
    application = filled(office)
    time_machine.move_to(EARLY, tick=False)
    secretary = signed_in(office.at(SECRETARY))
    assert "1 berkas sudah waktunya" in secretary.get(reverse("archives:desk")).content.decode()
    address = reverse("archives:propose", args=["hapus"])
    assert str(application.number) in secretary.get(address).content.decode()
    nothing = secretary.post(address, {}).content.decode()
    assert "Pilih sedikitnya satu berkas" in nothing
    secretary.post(address, {"berkas": [key_of(application)]})
    proposal = Disposal.objects.get()
    own = secretary.get(proposal.get_absolute_url()).content.decode()
    assert "Yang mengusulkan tidak boleh menyetujui usulnya sendiri" in own
    secretary.post(proposal.get_absolute_url(), {"agreed": "ya"})
    assert Disposal.objects.get().state == "diusulkan"
    head = signed_in(office.at(HEAD))
    head.post(proposal.get_absolute_url(), {"agreed": "ya"})
    head.post(proposal.get_absolute_url(), {"agreed": "tidak", "reason": "Kedua kali"})
    assert Disposal.objects.get().state == "disetujui"
    disposals.do_due(EARLY)
    paper = reverse("archives:report", args=[proposal.public_id])
    assert head.get(paper).status_code == 404  # not signed yet
    disposals.sign_due(EARLY)
    assert head.get(paper)["Content-Type"] == "application/pdf"
    assert "Unduh berita acara" in head.get(proposal.get_absolute_url()).content.decode()
    assert signed_in(office.at("tim-teknis")).get(paper).status_code == 404


def test_to_destroy_the_page_asks_for_the_approval(office: Cast, time_machine):
    application = filled(office)
    done(office, Act.DELETE, OVER, application)
    time_machine.move_to(OVER, tick=False)
    secretary = signed_in(office.at(SECRETARY))
    address = reverse("archives:propose", args=["musnah"])
    page = secretary.post(address, {"berkas": [key_of(application)]}).content.decode()
    assert "id_approval" in page
    assert Disposal.objects.filter(act="musnah").count() == 0
    none = secretary.post(address, {"approval": "045/1/2037"}).content.decode()
    assert 'id="id_berkas_error"' in none
    assert " checked" not in none  # what was left out stays left out
    gone = secretary.post(address, {"berkas": ["p0"], "approval": "045/1/2037"}).content.decode()
    assert "Daftar ini sudah berubah" in gone
    secretary.post(address, {"berkas": [key_of(application)], "approval": "045/1/2037"})
    assert Disposal.objects.filter(act="musnah").count() == 1


def test_a_hold_is_placed_and_lifted_on_its_page(office: Cast):
    application = filled(office)
    client = signed_in(office.at(HEAD))
    address = reverse("archives:hold")
    wrong = client.post(address, {"number": "TIDAK-ADA", "ground": "Perkara"}).content.decode()
    assert "Tidak ada permohonan atau pengaduan dengan nomor ini" in wrong
    client.post(address, {"number": application.number, "ground": "Perkara 1/G/2027"})
    hold = LegalHold.objects.get()
    assert hold.application == application
    assert "Perkara 1/G/2027" in client.get(address).content.decode()
    wrong = client.post(reverse("archives:lift", args=[hold.pk]), {"reason": ""}).content.decode()
    assert f'id="cabut_{hold.pk}_reason_error"' in wrong
    assert not LegalHold.objects.get().lifted_at
    client.post(reverse("archives:lift", args=[hold.pk]), {"reason": "Perkara selesai"})
    assert LegalHold.objects.get().lifted_reason == "Perkara selesai"


def test_what_is_due_is_told_once_a_month(office: Cast):
    filled(office)
    disposals.notify_due(NOON)
    assert not Notice.objects.filter(template="archives/due").exists()
    disposals.notify_due(OVER)
    disposals.notify_due(OVER + timedelta(days=3))
    told = Notice.objects.filter(template="archives/due")
    assert {row.recipient for row in told} == {office.at(HEAD), office.at(SECRETARY)}
    assert len(told) == 2
