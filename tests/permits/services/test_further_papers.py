"""A letter in mid-process: written at one step, signed by another position, numbered, verified."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from demo import paper_samples, samples
from notices.models import Notice
from permits import policies, selectors
from permits.content.places import filled_text
from permits.domain.lifecycle import Event, Status
from permits.models import Application, Certificate, CertificateNumber, Charge, Printout
from permits.services import (
    applications,
    certificates,
    charges,
    further_papers,
    orders,
    printouts,
    visits,
)
from standards.domain.steps import StepKind
from standards.services.publishing import publish_version
from tests.factories.accounts import appoint
from tests.factories.permits import NOON, Cast, lose_keys, make_accepted, make_cast, make_keys
from tests.factories.standards import (
    PUBLISHED_AT,
    STEPS,
    make_draft,
    make_paper,
    make_procedure,
    make_service,
    position_of,
)
from tests.permits.views.at_the_desk import get, words
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db
FILE, CHECK, _INSPECT, *REST = STEPS
WORK = tuple(
    (StepKind.WORK, role, "", 1, "hari_kerja", None)
    for role in ("Back Office", "Sekretaris", "Tim Teknis")
)
LETTER = {
    "title": "Permintaan pertimbangan teknis",
    "addressee": "Kepala Dinas Kesehatan\ndi tempat",
    "body": "Mohon pertimbangan atas {layanan} oleh {pemegang}, berkas {nomor_permohonan}.",
    "on_behalf_of": "Kepala Dinas",
    "written_at": "3",
    "signed_at": "4",
}


def cast_of(when: str = "", **fields: Any) -> Cast:
    """Return a cast whose SOP has three steps of work behind the check: 3 writes, 4 signs."""
    cast = make_cast()
    service = make_service(cast.office)
    draft = make_draft(service, make_procedure(cast.office, (FILE, CHECK, *WORK, *REST)))
    make_paper(draft, "pertimbangan", when, **{**LETTER, **fields})
    version = publish_version(draft, actor=None, at=PUBLISHED_AT)
    return Cast(**{**cast.__dict__, "service": service, "version": version})


def fresh(application: Application) -> Application:
    return Application.objects.get(pk=application.pk)


def number_of_step(application: Application) -> str:
    visit = fresh(application).current_step
    return visit.step.printed_number if visit else ""


def write(cast: Cast, application: Application, text: str = "") -> Any:
    here = selectors.paper_at_step(fresh(application))
    assert here is not None
    text = text or filled_text(fresh(application), here.paper.body)
    return further_papers.write_paper(
        application, actor=cast.at("back-office"), at=NOON, statement=text
    )


def to_signer(cast: Cast) -> tuple[Application, Any]:
    application = make_accepted(cast)
    draft = write(cast, application)
    visits.pass_on(application, actor=cast.at("back-office"), at=NOON)
    return fresh(application), draft


def test_a_letter_without_words_has_those_of_its_standard() -> None:
    cast = cast_of()
    application = make_accepted(cast)
    draft = further_papers.write_paper(application, actor=cast.at("back-office"), at=NOON)
    assert f"atas {cast.service.name} oleh {application.holder_name}" in draft.content["statement"]
    assert "{" not in draft.content["statement"]


def test_a_letter_is_written_signed_by_another_position_and_verified(client) -> None:
    cast = cast_of()
    make_keys(cast)
    application, draft = to_signer(cast)
    assert number_of_step(application) == "4"
    assert f"atas {cast.service.name} oleh {application.holder_name}" in draft.content["statement"]

    officer = cast.at("sekretaris")
    paper = further_papers.sign_paper(application, actor=officer, at=NOON, digest=draft.digest)
    again = further_papers.sign_paper(application, actor=officer, at=NOON, digest=draft.digest)
    assert again == paper
    certificates.sign_due(NOON + timedelta(seconds=1))
    paper.refresh_from_db()
    assert paper.state == Certificate.State.ISSUED
    assert paper.number.state == CertificateNumber.State.ISSUED
    assert paper.number.register.kind == "surat"
    assert paper.content["signer"]["on_behalf_of"] == "Kepala Dinas"
    assert paper.content["addressee"] == "Kepala Dinas Kesehatan\ndi tempat"
    assert default_storage.exists(str(paper.file.name))

    application = fresh(application)
    assert number_of_step(application) == "5"
    assert application.certificate is None
    assert application.status == Status.IN_PROCESS
    assert selectors.further_papers(application) == [paper]

    page = client.get(reverse("permits:verified", args=[paper.token])).content.decode()
    assert paper.content["title"] in page
    assert "dokumen ini bukan izin" in page
    assert "Berlaku sampai" not in page
    client.force_login(cast.applicant)
    shown = client.get(application.get_absolute_url()).content.decode()
    assert "Dokumen kantor dalam proses" in shown
    pdf = client.get(reverse("permits:paper_pdf", args=[application.public_id, paper.pk]))
    assert pdf["Content-Type"] == "application/pdf"
    client.force_login(cast.stranger)
    assert (
        client.get(reverse("permits:paper_pdf", args=[application.public_id, paper.pk])).status_code
        == 404
    )


def test_who_writes_or_signs_a_letter_finds_it_among_other_work() -> None:
    cast = cast_of()
    waiting, other = to_signer(cast)[0], make_accepted(cast)
    officer = cast.at("sekretaris")
    appoint(officer, position_of(cast.office, "back-office"))
    seen = words(get(officer, "worklist"))
    chips = re.findall(r'tugas=(\w+)">\s*([^<]+?) <span class="count">(\d+)', seen)
    assert chips == [
        ("tulis_dokumen", "Susun dokumen", "1"), ("ttd_dokumen", "Tanda tangani dokumen", "1"),
    ]  # fmt: skip
    for task, shown, hidden in (
        ("ttd_dokumen", waiting, other), ("tulis_dokumen", other, waiting),
    ):  # fmt: skip
        page = words(get(officer, "worklist", tugas=task))
        assert str(shown.number) in page
        assert str(hidden.number) not in page
    nothing = words(get(officer, "worklist", tugas="kerjakan"))
    assert str(waiting.number) not in nothing
    client = Client()
    client.force_login(officer)
    assert "baca dokumen, lalu tanda tangani" in words(client.get(reverse("portal:waiting")))


def test_the_permit_is_drafted_and_signed_as_before_beside_the_letter() -> None:
    cast = cast_of(number_pattern="094/{nomor:03}/DPMPTSP/{tahun}")
    make_keys(cast)
    application, draft = to_signer(cast)
    paper = further_papers.sign_paper(
        application, actor=cast.at("sekretaris"), at=NOON, digest=draft.digest
    )
    certificates.sign_due(NOON)
    assert paper.number.text == "094/001/DPMPTSP/2026"
    application = samples.advance(samples.reload(application), StepKind.HAND_OVER, NOON)
    permit = application.certificate
    assert permit is not None
    assert permit.is_permit
    assert permit.draft is not None
    assert permit.draft.revision == 1
    assert permit.state == Certificate.State.ISSUED
    assert selectors.earlier_papers(application) == []
    assert list(Certificate.objects.permits_issued()) == [permit]


def test_a_file_waits_until_the_letter_is_written_and_signed() -> None:
    cast = cast_of()
    make_keys(cast)
    application = make_accepted(cast)
    back, secretary = cast.at("back-office"), cast.at("sekretaris")
    with pytest.raises(DomainError, match="draft_missing"):
        visits.pass_on(application, actor=back, at=NOON)
    draft = write(cast, application)
    assert write(cast, application) == draft
    assert write(cast, application, "Isi lain.").revision == 2
    visits.pass_on(application, actor=back, at=NOON)
    with pytest.raises(DomainError, match="paper_unsigned"):
        visits.pass_on(application, actor=secretary, at=NOON)
    with pytest.raises(DomainError, match="draft_changed"):
        further_papers.sign_paper(application, actor=secretary, at=NOON, digest=draft.digest)
    with pytest.raises(DomainError, match="not_your_desk"):
        further_papers.sign_paper(application, actor=back, at=NOON, digest=draft.digest)


def test_nothing_moves_the_file_while_the_letter_is_being_signed() -> None:
    cast = cast_of()
    lose_keys(cast)
    application, draft = to_signer(cast)
    secretary = cast.at("sekretaris")
    paper = further_papers.sign_paper(application, actor=secretary, at=NOON, digest=draft.digest)
    verdict = policies.may_sign_paper(secretary, fresh(application), NOON)
    assert verdict.reason == "paper_being_signed"
    with pytest.raises(DomainError, match="paper_being_signed"):
        visits.send_back(application, actor=secretary, at=NOON, note="Ada salah ketik.")
    applications.end(
        fresh(application), Event.WITHDRAW, actor=cast.applicant, at=NOON, note="Ditarik."
    )
    paper.refresh_from_db()
    assert paper.state == Certificate.State.DROPPED
    assert paper.number.state == CertificateNumber.State.VOID
    make_keys(cast)
    certificates.sign_due(NOON + timedelta(days=1))
    paper.refresh_from_db()
    assert paper.signed_at is None


def test_the_drafter_does_not_sign() -> None:
    cast = cast_of()
    application, draft = to_signer(cast)
    type(draft).objects.filter(pk=draft.pk).update(written_by=cast.at("sekretaris"))
    secretary = cast.at("sekretaris")
    assert policies.may_sign_paper(secretary, fresh(application), NOON).reason == "four_eyes"
    with pytest.raises(DomainError, match="four_eyes"):
        further_papers.sign_paper(application, actor=secretary, at=NOON, digest=draft.digest)


def test_a_letter_whose_condition_does_not_hold_is_not_asked_for() -> None:
    cast = cast_of("tenaga_asing = ya")
    application = make_accepted(cast)
    application.answers["tenaga_asing"] = "tidak"
    application.save(update_fields=["answers"])
    assert selectors.paper_at_step(fresh(application)) is None
    visits.pass_on(application, actor=cast.at("back-office"), at=NOON)
    visits.pass_on(application, actor=cast.at("sekretaris"), at=NOON)
    assert number_of_step(application) == "5"


@pytest.mark.parametrize(("kind", "title"), [("ketetapan", "SKRD"), ("berita_acara", "BAP")])
def test_assessments_and_minutes_go_the_same_way(kind: str, title: str) -> None:
    cast = cast_of(kind=kind, title=title, addressee="", body="{tagihan} {hasil_peninjauan}")
    make_keys(cast)
    application, draft = to_signer(cast)
    assert draft.content["statement"] == "- -"
    assert draft.content["addressee"] == ""
    paper = further_papers.sign_paper(
        application, actor=cast.at("sekretaris"), at=NOON, digest=draft.digest
    )
    certificates.sign_due(NOON)
    paper.refresh_from_db()
    assert (paper.state, paper.content["title"]) == (Certificate.State.ISSUED, title)


@pytest.mark.parametrize("typed", ["", "974/7/KASDA"])
def test_the_number_of_an_assessment_stands_at_its_charges(typed: str) -> None:
    cast = cast_of(kind="ketetapan", title="SKRD", addressee="")
    make_keys(cast)
    application, draft = to_signer(cast)
    charge = Charge.objects.create(
        application=application, rule=cast.version.fees.get(), label="Retribusi",
        amount=150_000, set_at=NOON, number=typed,
    )  # fmt: skip
    head = cast.at("sekretaris")
    paper = further_papers.sign_paper(application, actor=head, at=NOON, digest=draft.digest)
    certificates.sign_due(NOON)
    charge.refresh_from_db()
    assert charge.number == (typed or str(paper.number))


def test_an_assessment_made_anew_takes_the_place_of_the_old_number() -> None:
    cast = cast_of(kind="ketetapan", title="SKRD", addressee="")
    make_keys(cast)
    application, draft = to_signer(cast)
    rule, head = cast.version.fees.get(), cast.at("sekretaris")
    charge = Charge.objects.create(
        application=application, rule=rule, label="Retribusi", amount=1, set_at=NOON
    )
    first = further_papers.sign_paper(application, actor=head, at=NOON, digest=draft.digest)
    certificates.sign_due(NOON)
    order = orders.propose_ending(
        fresh(application),
        actor=cast.at("back-office"),
        at=NOON,
        kind="dicabut",
        basis=paper_samples.basis(application, NOON),
        paper=first.pk,
    )
    paper_samples.confirm(order, NOON)
    anew = CertificateNumber(text="SKRD/2")
    charges.take_number(Certificate(application=application, number=anew, paper=first.paper))
    charge.refresh_from_db()
    assert charge.number == "SKRD/2"


def test_the_pages_of_both_desks(client) -> None:
    cast = cast_of()
    make_keys(cast)
    application = make_accepted(cast)
    client.force_login(cast.at("back-office"))
    url = application.get_desk_url()
    page = client.get(url).content.decode()
    assert "Isi dokumen" in page
    assert f"oleh {application.holder_name}" in page
    assert 'name="note"' not in page.split("Simpan konsep")[0]
    sent = client.post(
        reverse("permits:write_paper", args=[application.public_id]),
        {"statement": "Isi <b>surat</b>.", "visit": fresh(application).current_step_id},
        follow=True,
    )
    assert "Konsep tersimpan" in sent.content.decode()
    printouts.print_due(timezone.now() + timedelta(minutes=1))
    assert Printout.objects.get(kind=Printout.Kind.PAPER).file
    page = client.get(url).content.decode()
    assert "Buka konsep (PDF)" in page
    assert "Isi &lt;b&gt;surat&lt;/b&gt;." in page
    visits.pass_on(application, actor=cast.at("back-office"), at=NOON)
    client.force_login(cast.at("sekretaris"))
    page = client.get(url).content.decode()
    assert "Tanda tangani dokumen" in page
    assert reverse("permits:sign_paper", args=[application.public_id]) in page
    wrong = client.post(
        reverse("permits:sign_paper", args=[application.public_id]),
        {"password": "salah", "visit": fresh(application).current_step_id, "digest": "x"},
    )
    assert wrong.status_code == 200
    assert not Certificate.objects.further().exists()


def test_lists_and_pages_say_what_is_done_with_the_letter(client) -> None:
    cast = cast_of()
    lose_keys(cast)
    first, second = make_accepted(cast), make_accepted(cast)
    back, secretary = cast.at("back-office"), cast.at("sekretaris")

    def shown(officer: User) -> str:
        client.force_login(officer)
        return str(client.get(reverse("permits:worklist")).content.decode())

    assert shown(back).count("Diproses - susun dokumen, lalu teruskan") == 2
    draft = write(cast, first)
    visits.pass_on(first, actor=back, at=NOON)
    assert shown(back).count("Diproses - susun dokumen, lalu teruskan") == 1
    page = shown(secretary)
    assert "Diproses - baca dokumen, lalu tanda tangani" in page
    assert "kerjakan, lalu teruskan" not in page
    assert "Diproses - baca dokumen, lalu tanda tangani" in client.get("/meja/").content.decode()
    further_papers.sign_paper(first, actor=secretary, at=NOON, digest=draft.digest)
    assert "Sedang ditandatangani secara elektronik" in shown(secretary)
    assert set(selectors.papers_at_steps([fresh(first), fresh(second)])) == {first.pk, second.pk}


def test_a_list_asks_as_often_for_two_letters_as_for_one(django_assert_num_queries) -> None:
    cast = cast_of("tenaga_asing = ya")
    rows = [fresh(make_accepted(cast)) for _each in range(3)]
    for row in rows:
        assert row.current_step is not None
        assert row.current_step.step.kind == StepKind.WORK
    with CaptureQueriesContext(connection) as one:
        selectors.papers_at_steps(rows[:1])
    with django_assert_num_queries(len(one)):
        selectors.papers_at_steps(rows)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"kind": "ketetapan", "title": "SKRD", "addressee": ""}, True),
        ({"addressee": "{penanggung_jawab}\n{alamat}"}, True),
        ({}, False),
        ({"kind": "berita_acara", "addressee": ""}, False),
    ],
)
def test_the_applicant_is_told_of_a_letter_to_them(fields: dict[str, str], told: bool) -> None:
    cast = cast_of(**fields)
    make_keys(cast)
    application, draft = to_signer(cast)
    paper = further_papers.sign_paper(
        application, actor=cast.at("sekretaris"), at=NOON, digest=draft.digest
    )
    messages = Notice.objects.filter(template="permits/paper_signed")
    assert not messages.exists()
    certificates.sign_due(NOON)
    paper.refresh_from_db()
    assert paper.state == Certificate.State.ISSUED
    assert [row.recipient for row in messages] == [cast.applicant] * told
    for row in messages:
        assert row.context["letter"] == str(paper.number)
        assert row.context["title"] == paper.content["title"]


def test_the_page_of_the_service_names_the_letter_and_who_signs(client) -> None:
    page = client.get(cast_of("tenaga_asing = ya").service.get_absolute_url()).content.decode()
    assert "Dokumen lain yang dibuat dalam alur ini" in page
    assert LETTER["title"] in page
    assert "ditandatangani Sekretaris" in page
