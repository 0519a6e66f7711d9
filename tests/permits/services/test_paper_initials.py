"""Initials on a paper beside the permit: between its writing and its signature."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from archives.content.person import copy_of
from demo import paper_samples
from permits import policies, selectors
from permits.models import Application, Certificate, CertificateDraft, Initial
from permits.presenters.routing_card import routing_sheet
from permits.services import certificates, further_papers, orders, visits
from standards.domain.conditions import parse
from standards.domain.papers import PaperAct
from standards.domain.steps import StepKind
from standards.models import SopStep
from standards.services.publishing import publish_version
from tests.factories.accounts import PASSWORD, appoint
from tests.factories.permits import (
    NOON,
    Cast,
    lose_keys,
    make_accepted,
    make_cast,
    make_keys,
)
from tests.factories.standards import (
    PUBLISHED_AT,
    STEPS,
    make_draft,
    make_paper,
    make_procedure,
    make_service,
    position_of,
)
from tests.permits.services.test_further_papers import LETTER, fresh, number_of_step
from tests.permits.views.at_the_desk import get, press, said, words
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db
FILE, CHECK, _INSPECT, *REST = STEPS
WRITES, FIRST, SECOND, SIGNS = "3", "4", "5", "6"


def cast_of(*, first: dict[str, Any] | None = None, **fields: Any) -> Cast:
    """Return a cast whose SOP writes a letter at 3, initials it at 4 and 5 and signs it at 6.

    ``first`` are further columns of step 4.
    """
    cast = make_cast()
    work = tuple(
        (StepKind.WORK, role, "", 1, "hari_kerja", None, more or {})
        for role, more in (
            ("Back Office", None), ("Front Office", first), ("Sekretaris", None),
            ("Tim Teknis", None),
        )
    )  # fmt: skip
    draft = make_draft(
        make_service(cast.office), make_procedure(cast.office, (FILE, CHECK, *work, *REST))
    )
    named = {"written_at": WRITES, "initialed_at": f"{FIRST}\n{SECOND}", "signed_at": SIGNS}
    make_paper(draft, "pertimbangan", **{**LETTER, **named, **fields})
    version = publish_version(draft, actor=None, at=PUBLISHED_AT)
    return Cast(**{**cast.__dict__, "service": draft.service, "version": version})


def written(cast: Cast, text: str = "Mohon pertimbangan.") -> tuple[Application, CertificateDraft]:
    """Return a file at the first step of initials, and its letter."""
    application = make_accepted(cast)
    return application, write(cast, application, text)


def write(cast: Cast, application: Application, text: str) -> CertificateDraft:
    draft = further_papers.write_paper(
        application, actor=cast.at("back-office"), at=NOON, statement=text
    )
    visits.pass_on(application, actor=cast.at("back-office"), at=NOON)
    return draft


def initial(cast: Cast, application: Application, post: str, digest: str) -> Application:
    return further_papers.initial_paper(application, actor=cast.at(post), at=NOON, digest=digest)


def initialed(cast: Cast) -> tuple[Application, CertificateDraft]:
    """Return a file at the step of the signature, and its letter with both initials."""
    application, draft = written(cast)
    initial(cast, application, "front-office", draft.digest)
    initial(cast, application, "sekretaris", draft.digest)
    return fresh(application), draft


def sign(cast: Cast, application: Application, draft: CertificateDraft) -> Certificate:
    return further_papers.sign_paper(
        application, actor=cast.at("tim-teknis"), at=NOON, digest=draft.digest
    )


def send_back(cast: Cast, application: Application, post: str, **more: Any) -> None:
    visits.send_back(application, actor=cast.at(post), at=NOON, note="Ada salah ketik.", **more)


def test_a_letter_is_initialed_by_two_and_signed_by_a_third() -> None:
    cast = cast_of()
    make_keys(cast)
    application, draft = written(cast)
    assert number_of_step(application) == FIRST
    here = selectors.paper_at_step(fresh(application))
    assert here is not None
    assert (here.act, here.draft) == (PaperAct.INITIAL, draft)
    assert policies.may_initial_paper(cast.at("front-office"), fresh(application), NOON)
    assert policies.may_write_paper(cast.at("front-office"), fresh(application), NOON).reason
    assert policies.may_sign_paper(cast.at("front-office"), fresh(application), NOON).reason

    initial(cast, application, "front-office", draft.digest)
    assert number_of_step(application) == SECOND
    assert [step.order for step in selectors.missing_initials(fresh(application), draft)] == [5]
    initial(cast, application, "sekretaris", draft.digest)
    assert number_of_step(application) == SIGNS
    assert selectors.missing_initials(fresh(application), draft) == []
    given = Initial.objects.filter(draft=draft).order_by("pk")
    assert [(row.officer, row.digest) for row in given] == [
        (cast.at("front-office"), draft.digest), (cast.at("sekretaris"), draft.digest),
    ]  # fmt: skip
    assert all(row.capacity for row in given)

    paper = sign(cast, fresh(application), draft)
    certificates.sign_due(NOON + timedelta(seconds=1))
    paper.refresh_from_db()
    assert paper.state == Certificate.State.ISSUED
    assert number_of_step(application) == "7"


def test_the_initials_stand_on_the_routing_card_and_in_the_archive() -> None:
    cast = cast_of()
    application, draft = initialed(cast)
    lines = {line.number: line.initials for line in routing_sheet(application, NOON).lines}
    title = LETTER["title"]
    first, second = (
        next(text for text in lines[number] if "memaraf" in text) for number in (FIRST, SECOND)
    )
    assert first.startswith(f"memaraf “{title}” ")
    assert second.startswith(f"memaraf “{title}” ")
    assert not any("konsep" in text for texts in lines.values() for text in texts)
    kept = copy_of(application.applicant, NOON)["permohonan"][0]["catatan_petugas"]
    (text,) = kept["konsep"]
    assert [row["oleh"] for row in text["paraf"]] == [row.capacity for row in draft.initials.all()]


def test_a_step_of_initials_is_not_just_passed_on() -> None:
    cast = cast_of()
    application, draft = written(cast)
    officer = cast.at("front-office")
    with pytest.raises(DomainError, match="paper_not_initialed"):
        visits.pass_on(application, actor=officer, at=NOON)
    with pytest.raises(DomainError, match="not_this_step"):
        further_papers.sign_paper(application, actor=officer, at=NOON, digest=draft.digest)
    with pytest.raises(DomainError, match="step_is_needed"):
        visits.skip(application, actor=officer, at=NOON, note="Tidak perlu.")
    assert number_of_step(application) == FIRST


def test_only_the_text_that_was_shown_is_initialed() -> None:
    cast = cast_of()
    application, draft = written(cast)
    with pytest.raises(DomainError, match="draft_changed"):
        initial(cast, application, "front-office", "lain")
    with pytest.raises(DomainError, match="not_your_desk"):
        initial(cast, application, "sekretaris", draft.digest)
    assert not Initial.objects.exists()


def test_a_new_text_needs_initials_anew() -> None:
    cast = cast_of()
    application, draft = initialed(cast)
    back = selectors.step_to_return_to(application)
    assert back is not None
    assert back.order == 3, "without an edge of the SOP: to the step that wrote the text"
    send_back(cast, application, "tim-teknis")
    assert number_of_step(application) == WRITES
    new = write(cast, application, "Mohon pertimbangan teknis.")
    assert new.digest != draft.digest
    assert number_of_step(application) == FIRST
    missing = selectors.missing_initials(fresh(application), new)
    assert [step.order for step in missing] == [4, 5]
    with pytest.raises(DomainError, match="draft_changed"):
        initial(cast, application, "front-office", draft.digest)
    initial(cast, application, "front-office", new.digest)
    initial(cast, application, "sekretaris", new.digest)
    assert selectors.missing_initials(fresh(application), new) == []


def test_a_letter_sent_back_unchanged_passes_the_desks_again() -> None:
    cast = cast_of()
    application, draft = initialed(cast)
    step = SopStep.objects.get(procedure=application.procedure, printed_number=SECOND)
    send_back(cast, application, "tim-teknis", target=step.pk)
    assert number_of_step(application) == SECOND
    initial(cast, application, "sekretaris", draft.digest)
    assert number_of_step(application) == SIGNS
    assert draft.initials.count() == 3


def test_the_signature_is_refused_while_initials_are_missing() -> None:
    """An answer that changed since opens a step that nobody passed."""
    cast = cast_of(first={"when": parse("tenaga_asing = ya")})
    lose_keys(cast)
    application = make_accepted(cast)
    Application.objects.filter(pk=application.pk).update(
        answers={**application.answers, "tenaga_asing": "tidak"}
    )
    draft = write(cast, fresh(application), "Mohon pertimbangan.")
    assert number_of_step(application) == SECOND, "step 4 is none of this file"
    initial(cast, application, "sekretaris", draft.digest)
    assert selectors.missing_initials(fresh(application), draft) == []
    Application.objects.filter(pk=application.pk).update(
        answers={**application.answers, "tenaga_asing": "ya"}
    )
    with pytest.raises(DomainError, match="initials_missing"):
        sign(cast, fresh(application), draft)
    page = words(get(cast.at("tim-teknis"), "desk_application", fresh(application)))
    assert "Belum semua paraf lengkap untuk konsep ini." in page
    pressed = press(
        cast.at("tim-teknis"), "sign_paper", fresh(application),
        password=PASSWORD, digest=draft.digest,
    )  # fmt: skip
    assert not Certificate.objects.further().exists()
    assert "Belum semua paraf lengkap" in words(pressed) + " ".join(said(pressed))


def test_initials_of_a_step_that_was_skipped_with_a_reason_are_not_missed() -> None:
    cast = cast_of(first={"optional": True})
    lose_keys(cast)
    application, draft = written(cast)
    visits.skip(application, actor=cast.at("front-office"), at=NOON, note="Surat rutin.")
    initial(cast, application, "sekretaris", draft.digest)
    assert sign(cast, fresh(application), draft).draft == draft


def test_who_wrote_may_initial_and_never_sign() -> None:
    cast = cast_of()
    application, draft = written(cast)
    writer = cast.at("back-office")
    for post in ("front-office", "sekretaris", "tim-teknis"):
        appoint(writer, position_of(cast.office, post))
    for _each in range(2):
        further_papers.initial_paper(application, actor=writer, at=NOON, digest=draft.digest)
    assert number_of_step(application) == SIGNS
    assert policies.may_sign_paper(writer, fresh(application), NOON).reason == "four_eyes"
    with pytest.raises(DomainError, match="four_eyes"):
        further_papers.sign_paper(application, actor=writer, at=NOON, digest=draft.digest)


def test_who_initialed_signs_unless_the_office_bars_it() -> None:
    cast = cast_of()
    make_keys(cast)
    application, draft = initialed(cast)
    secretary = cast.at("sekretaris")
    appoint(secretary, position_of(cast.office, "tim-teknis"))
    page = words(get(secretary, "desk_application", application))
    assert "Penanda tangan juga memberi paraf pada konsep ini" in page
    office = application.office
    office.initials_bar_signing = True
    office.save(update_fields=["initials_bar_signing"])
    why = policies.may_sign_paper(secretary, fresh(application), NOON).reason
    assert why == "initials_bar_signing"
    with pytest.raises(DomainError, match="initials_bar_signing"):
        further_papers.sign_paper(application, actor=secretary, at=NOON, digest=draft.digest)
    office.initials_bar_signing = False
    office.save(update_fields=["initials_bar_signing"])
    further_papers.sign_paper(application, actor=secretary, at=NOON, digest=draft.digest)
    certificates.sign_due(NOON + timedelta(seconds=1))
    signed = fresh(application).steps.get(step__printed_number=SIGNS)
    assert "Penanda tangan juga memberi paraf" in signed.note


def test_pressed_twice_and_by_two_officers_it_is_initialed_once() -> None:
    cast = cast_of()
    application, draft = written(cast)
    shown = fresh(application)
    first, other = cast.at("front-office"), cast.at("sekretaris")
    appoint(other, position_of(cast.office, "front-office"))
    for officer in (first, first, other):
        press(officer, "initial_paper", shown, digest=draft.digest)
    assert [row.officer for row in Initial.objects.all()] == [first]
    assert number_of_step(application) == SECOND
    late = press(first, "initial_paper", shown, digest=draft.digest)
    assert said(late), "told that the file has gone on"


def test_an_officer_who_left_initials_nothing() -> None:
    cast = cast_of()
    application, draft = written(cast)
    officer = cast.at("front-office")
    officer.appointments.update(ended_on=NOON.date() - timedelta(days=1))
    with pytest.raises(DomainError, match="not_your_desk"):
        further_papers.initial_paper(application, actor=officer, at=NOON, digest=draft.digest)


def test_a_revoked_letter_is_initialed_anew() -> None:
    cast = cast_of()
    make_keys(cast)
    application, draft = initialed(cast)
    paper = sign(cast, application, draft)
    certificates.sign_due(NOON)
    order = orders.propose_ending(
        fresh(application), actor=cast.at("back-office"), at=NOON, kind="dicabut",
        basis=paper_samples.basis(application, NOON), paper=paper.pk,
    )  # fmt: skip
    orders.confirm_order(application, actor=cast.at("kepala-dinas"), at=NOON, order=order.pk)
    step = SopStep.objects.get(procedure=application.procedure, printed_number=WRITES)
    send_back(cast, fresh(application), "back-office", target=step.pk)
    new = write(cast, application, "Mohon pertimbangan.")
    assert number_of_step(application) == FIRST
    missing = selectors.missing_initials(fresh(application), new)
    assert [step.order for step in missing] == [4, 5]
    initial(cast, application, "front-office", new.digest)
    initial(cast, application, "sekretaris", new.digest)
    assert sign(cast, fresh(application), new).draft == new


def test_a_revoked_letter_that_is_not_written_anew_asks_for_no_initials() -> None:
    cast = cast_of()
    make_keys(cast)
    application, draft = initialed(cast)
    paper = sign(cast, application, draft)
    certificates.sign_due(NOON)
    order = orders.propose_ending(
        fresh(application), actor=cast.at("back-office"), at=NOON, kind="dicabut",
        basis=paper_samples.basis(application, NOON), paper=paper.pk,
    )  # fmt: skip
    orders.confirm_order(application, actor=cast.at("kepala-dinas"), at=NOON, order=order.pk)
    step = SopStep.objects.get(procedure=application.procedure, printed_number=WRITES)
    send_back(cast, fresh(application), "back-office", target=step.pk)
    visits.pass_on(application, actor=cast.at("back-office"), at=NOON)
    assert selectors.paper_at_step(fresh(application)) is None
    visits.pass_on(application, actor=cast.at("front-office"), at=NOON)
    assert number_of_step(application) == SECOND


def test_the_desk_reads_the_letter_and_initials_it() -> None:
    cast = cast_of()
    application, draft = written(cast)
    officer = cast.at("front-office")
    page = words(get(officer, "desk_application", fresh(application)))
    for text in (LETTER["title"], "Paraf untuk konsep ini", "Bubuhkan paraf", draft.digest):
        assert text in page
    listed = words(get(officer, "worklist", tugas="paraf_dokumen"))
    assert str(application.number) in listed
    assert "Diproses - baca dokumen, lalu paraf" in listed
    changed = press(officer, "initial_paper", fresh(application), digest="lain")
    assert "Konsep sudah berubah" in " ".join(said(changed))
    done = press(officer, "initial_paper", fresh(application), digest=draft.digest)
    assert said(done) == ["Paraf dibubuhkan dan berkas diteruskan."]
    assert number_of_step(application) == SECOND
