"""Every column with words about a person is in their copy, or is named here with the reason."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import models

from accounts.models import User
from archives.content.person import copy_of
from archives.models import DataCopy, DataRequest
from archives.services import copies, requests
from notices.models import Notice
from permits.domain.certificates import OrderBasis
from permits.models import (
    AnswerVerdict,
    Application,
    ApplicationClockEvent,
    ApplicationRecord,
    ApplicationStep,
    CertificateDraft,
    Charge,
    ChargeCorrection,
    Document,
    HandOver,
    Initial,
    Inspection,
    Opening,
    PartFile,
    Payment,
    RecordedFact,
    Refusal,
    RequirementVerdict,
    StepFile,
    StepPart,
)
from permits.services import openings, orders
from tests.factories.permits import NOON, Cast, make_issued, make_keys, make_submitted

APPS = ("accounts", "account", "archives", "notices", "permits")
HELD = {
    "accounts.User": {"email", "full_name", "phone", "employee_number", "rank"},
    "account.EmailAddress": {"email"},
    "notices.Notice": {"address", "subject", "body"},
    "permits.Application": {
        "number", "tracking_code", "holder_name", "responsible_name", "national_id",
        "business_number", "address", "phone", "answers",
    },
    "permits.ApplicationRecord": {"event", "note"},
    "permits.Document": {"original_name", "content_type", "sha256"},
    "permits.Opening": {"what", "capacity", "reason"},
    # what officers wrote in their work
    "permits.ApplicationStep": {"capacity", "note"},
    "permits.Refusal": {"reason", "ground", "proposed_capacity", "decision_note"},
    "permits.RequirementVerdict": {"reason"},
    "permits.AnswerVerdict": {"reason", "value", "key"},
    "permits.Charge": {"label", "set_capacity", "number"},
    "permits.ChargeCorrection": {"reason", "capacity"},
    "permits.Payment": {"original_name", "content_type", "sha256"},
    "permits.StepPart": {"capacity", "note"},
    "permits.PartFile": {"original_name", "content_type", "sha256"},
    "permits.StepFile": {"title", "original_name", "content_type", "sha256"},
    "permits.RecordedFact": {"value", "key"},
    "permits.Inspection": {"place", "team", "findings"},
    "permits.HandOver": {"receiver"},
    "permits.ApplicationClockEvent": {"reason", "ground"},
    "permits.CertificateDraft": {"content"},
    "permits.Initial": {"capacity"},
    "permits.CertificateOrder": {
        "reason", "ground", "decree_number", "proposed_capacity", "decided_capacity",
        "decision_note",
    },
    "permits.CertificateNumber": {"text"},
    "archives.DataRequest": {"text", "answer"},
}  # fmt: skip
# holds belong to a case (UU 27/2022 art. 15), disposals to the office; the reports have no names
OF_OFFICE = {
    "accounts.Appointment", "archives.LegalHold", "archives.Disposal", "archives.DisposalItem",
    "permits.Trial",  # sample words of a draft, played and never recorded
}  # fmt: skip
# keys, hashes and states of the portal, and printed copies of what the copy holds in words
OF_PORTAL = {
    "permits.Certificate", "permits.ApplicationDeadline", "permits.DueDateChange",
    "permits.Printout", "archives.DataCopy", "notices.Preference",
}  # fmt: skip
TECHNICAL = {
    "permits.ApplicationStep": {"calendar_version"},
    "permits.StepPart": {"calendar_version"},
    "permits.StepFile": {"key"},
    "accounts.User": {"password", "phone_e164"},
    "notices.Notice": {
        "last_error", "dedupe_key", "template", "context", "attachments", "about", "language",
        "message_id",
    },
    "permits.Application": {"phone_e164", "declared"},
    "permits.ApplicationRecord": {"source", "to", "capacity"},
    "permits.CertificateNumber": {"reason"},
    "archives.DataRequest": {"answered_capacity"},
    "permits.CertificateDraft": {"digest"},
    "permits.Initial": {"digest"},
    "permits.ApplicationClockEvent": {"key"},
}  # fmt: skip
_TEXTS = (models.CharField, models.TextField, models.JSONField)


def columns() -> Iterator[tuple[str, set[str]]]:
    """Yield each model about a person or an application with its columns of free text."""
    for model in apps.get_models():
        if model._meta.app_label not in APPS:
            continue
        about = [each for each in model._meta.fields if each.related_model in (User, Application)]
        if not about and model not in (User, Application):
            continue
        yield (
            model._meta.label,
            {
                each.name
                for each in model._meta.fields
                if isinstance(each, _TEXTS) and not each.choices
            },
        )


def test_every_column_with_words_about_a_person_is_accounted_for() -> None:
    for label, names in columns():
        if label in OF_OFFICE | OF_PORTAL or not names:
            continue
        assert names == HELD.get(label, set()) | TECHNICAL.get(label, set()), label


def planted(cast: Cast, person: User, mark: str) -> list[str]:
    """Write a word of its own into each column that people fill; return the words."""
    words: list[str] = []

    def word(column: str) -> str:
        words.append(f"kenari-{mark}-{column}")
        return words[-1]

    def fill(rows: Any, *names: str) -> None:
        rows.update(**{name: word(f"{rows.model.__name__}-{name}".lower()) for name in names})

    application = make_submitted(cast, applicant=person)
    mine: dict[str, Any] = {"pk": application.pk}
    people = User.objects.filter(pk=person.pk)
    people.update(full_name=word("nama"), rank=word("pangkat"), phone=f"0812{mark}5599")
    words.append(f"0812{mark}5599")
    EmailAddress.objects.create(user=person, email=f"{word('surel')}@contoh.id")
    names = ("holder_name", "responsible_name", "address")
    fill(Application.objects.filter(**mine), *names)
    Document.objects.filter(pk=application.documents.first().pk).update(
        original_name=word("berkas")
    )
    ApplicationRecord.objects.create(
        subject=application,
        event="catatan",
        source="a",
        to="a",
        actor=person,
        at=NOON,
        note=word("catatan"),
    )
    openings.record(
        application,
        Opening.Kind.UPLOAD,
        actor=cast.at("kepala-dinas"),
        at=NOON,
        what=word("dibuka"),
        reason=word("alasan"),
    )
    asked = requests.ask(person, cast.office, kind="pertanyaan", text=word("tanya"), at=NOON)
    requests.answer(
        asked,
        outcome=DataRequest.Outcome.GRANTED,
        answer=word("jawab"),
        actor=cast.at("kepala-dinas"),
        at=NOON,
    )
    notice = Notice.objects.filter(recipient=person).first()
    assert notice is not None
    Notice.objects.filter(pk=notice.pk).update(subject=word("perihal"), body=word("isi"))
    plant_notes(application, cast.at("kepala-dinas"), word)
    return words


def plant_notes(application: Application, officer: User, word: Callable[[str], str]) -> None:
    """Write a word into each column that officers fill about the file."""
    file = {"application": application}
    visit = application.current_step
    assert visit is not None
    ApplicationStep.objects.filter(pk=visit.pk).update(note=word("langkah"), capacity=word("meja"))
    by = {**file, "visit": visit, "officer": officer, "at": NOON}
    requirement = application.documents.first().requirement
    RequirementVerdict.objects.create(
        **by, requirement=requirement, result="ditolak", reason=word("berkas-salah")
    )
    AnswerVerdict.objects.create(
        **by, key="alamat", value=word("nilai"), result="ditolak", reason=word("isian-salah")
    )
    RecordedFact.objects.create(**by, key="luas_ukur", value=word("tercatat"))
    role = application.procedure.roles.exclude(position=None)[0]
    assert role.position is not None
    part = StepPart.objects.create(
        **file, visit=visit, role=role, position=role.position, asked_at=NOON,
        finished_at=NOON, finished_by=officer, outcome="selesai", opinion="dengan_catatan",
        capacity=word("pemberi"), note=word("pendapat"),
    )  # fmt: skip
    PartFile.objects.create(
        part=part,
        file="x",
        size=1,
        sha256=word("sidik-bagian"),
        original_name=word("lampiran"),
        content_type=word("jenis-bagian"),
    )
    StepFile.objects.create(
        visit=visit,
        file="x",
        size=1,
        title=word("surat-luar"),
        sha256=word("sidik-surat"),
        original_name=word("berkas-surat"),
        content_type=word("jenis-surat"),
    )
    Inspection.objects.create(
        **file, visit=visit, inspected_on=NOON.date(), place=word("tempat"), team=word("tim"),
        findings=word("temuan"), recommendation="sesuai", written_by=officer, written_at=NOON,
    )  # fmt: skip
    charge = Charge.objects.create(
        **file, rule=application.version.fees.all()[0], label=word("tagihan"),
        set_capacity=word("penetap"), number=word("skrd"),
    )  # fmt: skip
    ChargeCorrection.objects.create(
        charge=charge, before=1, after=2, reason=word("ralat"), capacity=word("peralat"),
        corrected_by=officer, corrected_at=NOON,
    )  # fmt: skip
    Payment.objects.create(
        **file, visit=visit, paid_on=NOON.date(), amount=1, file="x", size=1, sha256=word("sidik"),
        original_name=word("bukti"), content_type=word("jenis"), recorded_by=officer,
        recorded_at=NOON,
    )  # fmt: skip
    draft = CertificateDraft.objects.create(
        **file, revision=1, digest="x", written_by=officer, written_at=NOON,
        content={"statement": word("pernyataan"), "data": [["Baris", word("konsep")]]},
    )  # fmt: skip
    Initial.objects.create(
        draft=draft, visit=visit, digest="x", officer=officer, capacity=word("paraf"), at=NOON
    )
    Refusal.objects.create(
        **file, visit=visit, decision_visit=visit, reason=word("tolak"), ground=word("dasar"),
        proposed_by=officer, proposed_capacity=word("pengusul"), proposed_at=NOON,
    )  # fmt: skip
    HandOver.objects.create(
        **file, method="loket", receiver=word("penerima"), at=NOON, recorded_by=officer
    )
    ApplicationClockEvent.objects.create(
        **file, kind="extend", at=NOON, recorded_at=NOON, actor=officer, reason=word("jam"),
        ground=word("dasar-jam"),
    )  # fmt: skip


def in_the_paper(person: User) -> str:
    """Return the text of the PDF that the worker makes, without what breaks a word in lines."""
    copies.order(person, at=NOON)
    copies.print_due(NOON)
    with DataCopy.objects.get(person=person).file.open() as file:
        command = ["pdftotext", "-raw", "-", "-"]
        text = subprocess.run(command, input=file.read(), capture_output=True, check=True)
    return "".join(text.stdout.decode().split())


@pytest.mark.django_db
def test_each_word_of_the_person_is_in_the_copy_and_none_of_another(
    cast: Cast, time_machine: Any
) -> None:
    time_machine.move_to(NOON, tick=False)
    own = planted(cast, cast.applicant, "7311")
    others = planted(cast, cast.stranger, "8422")
    text = json.dumps(copy_of(User.objects.get(pk=cast.applicant.pk), NOON), ensure_ascii=False)
    assert [word for word in own if word not in text] == []
    assert [word for word in others if word in text] == []
    paper = in_the_paper(User.objects.get(pk=cast.applicant.pk))
    assert [word for word in own if word not in paper] == []
    assert [word for word in others if word in paper] == []


@pytest.mark.django_db
def test_an_order_that_was_proposed_about_a_paper_is_in_the_copy(
    cast: Cast, time_machine: Any
) -> None:
    time_machine.move_to(NOON, tick=False)
    make_keys(cast)
    application = make_issued(cast)
    orders.propose_ending(
        application, actor=cast.at("back-office"), at=NOON, kind="dicabut",
        basis=OrderBasis("kenari-alasan", "kenari-dasar", NOON.date(), "800/1", NOON.date()),
    )  # fmt: skip
    notes = copy_of(application.applicant, NOON)["permohonan"][0]["catatan_petugas"]
    assert notes["usul_pengakhiran"][0]["alasan"] == "kenari-alasan"
    assert notes["usul_pengakhiran"][0]["putusan"] == ""
