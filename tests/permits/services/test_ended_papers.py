"""A paper beside the permit is ended by order, and made anew at its steps."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from demo import paper_samples
from documents.rendering import render_pdf
from notices.models import Notice
from permits import policies, selectors
from permits.content.letters import routing_card
from permits.domain.lifecycle import Status
from permits.models import Application, Certificate, CertificateOrder
from permits.presenters.routing_card import routing_sheet
from permits.presenters.validity import validity_text
from permits.services import certificates, further_papers, orders, visits
from standards.domain.papers import PaperAct
from tests.documents.test_rendering import words
from tests.factories.filing import signed_in
from tests.factories.permits import NOON, Cast, make_keys
from tests.permits.services.test_further_papers import cast_of, fresh, to_signer, write
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db
State = Certificate.State


def signed(cast: Cast) -> tuple[Application, Certificate]:
    """A file behind the step that signed its letter; nobody has drafted the permit yet."""
    make_keys(cast)
    application, draft = to_signer(cast)
    return fresh(application), sign(cast, application, draft)


def sign(cast: Cast, application: Application, draft: Any) -> Certificate:
    paper = further_papers.sign_paper(
        application, actor=cast.at("sekretaris"), at=NOON, digest=draft.digest
    )
    certificates.sign_due(NOON)
    paper.refresh_from_db()
    assert paper.state == State.ISSUED
    return paper


def propose(cast: Cast, application: Application, paper: Certificate | None) -> CertificateOrder:
    return orders.propose_ending(
        application,
        actor=cast.at("back-office"),
        at=NOON,
        kind="dicabut",
        basis=paper_samples.basis(application, NOON),
        paper=paper.pk if paper else None,
    )


def ended(cast: Cast, application: Application, paper: Certificate) -> Certificate:
    order = propose(cast, application, paper)
    orders.confirm_order(application, actor=cast.at("kepala-dinas"), at=NOON, order=order.pk)
    return Certificate.objects.with_validity().get(pk=paper.pk)


def test_a_letter_is_revoked_by_two_while_the_file_goes_on(client: Any) -> None:
    cast = cast_of()
    application, paper = signed(cast)
    application = fresh(application)
    assert application.certificate is None
    assert policies.may_propose_order(cast.at("back-office"), application, NOON)
    verdict = policies.may_propose_replacement(cast.at("back-office"), application, NOON)
    assert verdict.reason == "not_issued_yet"
    with pytest.raises(DomainError, match="paper_moved"):
        orders.propose_ending(
            application, actor=cast.at("back-office"), at=NOON, kind="dicabut",
            basis=paper_samples.basis(application, NOON), paper=paper.pk + 1,
        )  # fmt: skip
    order = propose(cast, application, paper)
    paper.refresh_from_db()
    assert paper.state == State.ISSUED, "the head has not confirmed"
    with pytest.raises(DomainError, match="not_the_head_of_papers"):
        orders.confirm_order(application, actor=cast.at("sekretaris"), at=NOON, order=order.pk)
    step = fresh(application).current_step
    orders.confirm_order(application, actor=cast.at("kepala-dinas"), at=NOON, order=order.pk)

    paper.refresh_from_db()
    assert (paper.state, paper.ended_by) == (State.REVOKED, order)
    application = fresh(application)
    assert (application.status, application.current_step) == (Status.IN_PROCESS, step)
    page = client.get(reverse("permits:verified", args=[paper.token])).content.decode()
    assert "Kantor mencabut dokumen ini" in page
    assert order.decree_number in page
    notice = Notice.objects.get(template="permits/paper_ended", channel="email")
    assert notice.recipient == cast.applicant
    assert notice.context["title"] == paper.content["title"]
    for person, address in (
        (cast.applicant, application.get_absolute_url()),
        (cast.at("back-office"), application.get_paper_url()),
    ):
        assert "Dicabut" in signed_in(person).get(address).content.decode()
    verdict = policies.may_propose_order(cast.at("back-office"), application, NOON)
    assert verdict.reason == "not_issued_yet", "nothing is left to end"


def test_a_revoked_letter_is_written_anew_with_another_number(client: Any) -> None:
    cast = cast_of()
    application, paper = signed(cast)
    old = ended(cast, fresh(application), paper)
    back = next(
        row.step for row in fresh(application).steps.all() if row.step.printed_number == "3"
    )
    at_desk = fresh(application)
    actor = next(iter(cast_holder(cast, at_desk)))
    visits.send_back(at_desk, actor=actor, at=NOON, note="Surat dibuat lagi", target=back.pk)
    here = selectors.paper_at_step(fresh(application))
    assert here is not None
    assert (here.act, here.draft, here.ended) == (PaperAct.WRITE, None, old)
    draft = write(cast, application, "Isi yang sudah benar.")
    assert draft.revision == 2
    assert f"Menggantikan dokumen Nomor {old.number}" in draft.content["replaces"]
    visits.pass_on(application, actor=cast.at("back-office"), at=NOON)
    new = sign(cast, fresh(application), draft)
    assert new.number != old.number
    found = validity_text(Certificate.objects.with_validity().get(pk=old.pk), NOON.date())
    assert found.ended is not None
    assert found.ended.replacement == new
    page = client.get(reverse("permits:verified", args=[old.token])).content.decode()
    assert str(new.number) in page


def test_a_letter_that_is_not_needed_any_more_is_left_out() -> None:
    cast = cast_of()
    application, paper = signed(cast)
    ended(cast, fresh(application), paper)
    at_desk = fresh(application)
    back = next(row.step for row in at_desk.steps.all() if row.step.printed_number == "3")
    visits.send_back(
        at_desk, actor=next(iter(cast_holder(cast, at_desk))), at=NOON, note="Lain", target=back.pk
    )
    visits.pass_on(application, actor=cast.at("back-office"), at=NOON)
    assert selectors.paper_at_step(fresh(application)) is None, "the old text is not signed again"
    visits.pass_on(application, actor=cast.at("sekretaris"), at=NOON)
    assert Certificate.objects.filter(state=State.ISSUED).count() == 0


def cast_holder(cast: Cast, application: Application) -> Any:
    """Return who holds the desk where the file lies."""
    assert application.desk is not None
    return [row.user for row in application.desk.appointments.all()]


def test_the_office_page_ends_what_is_chosen_and_says_what_is_wrong() -> None:
    cast = cast_of()
    application, paper = signed(cast)
    officer = signed_in(cast.at("back-office"))
    address = reverse("permits:propose_ending", args=[application.public_id])
    typed = {
        "paper": str(paper.pk), "kind": "dicabut", "reason": "Salah alamat", "ground": "",
        "found_on": "2026-11-16", "decree_number": "1/2026", "decree_date": "2026-11-16",
    }  # fmt: skip
    page = officer.post(address, typed).content.decode()
    assert "Salah alamat" in page
    for wrong in ("99999", "x", ""):
        answer = officer.post(address, {**typed, "ground": "Pasal 64", "paper": wrong})
        assert answer.status_code in (200, 302)
    assert not CertificateOrder.objects.exists()
    assert officer.post(address, {**typed, "ground": "Pasal 64"}).status_code == 302
    assert CertificateOrder.objects.get().certificate == paper
    head = signed_in(cast.at("kepala-dinas"))
    waiting = head.get(reverse("permits:orders")).content.decode()
    assert str(paper.number) in waiting
    assert "Setujui dan cabut dokumen" in head.get(application.get_paper_url()).content.decode()


def test_the_routing_card_says_who_wrote_and_who_signed() -> None:
    cast = cast_of()
    application, paper = signed(cast)
    title = paper.content["title"]
    lines = {row.number: row.initials for row in routing_sheet(fresh(application), NOON).lines}
    assert any(f"menulis “{title}”" in words for words in lines["3"])
    assert any(f"menandatangani “{title}”" in words for words in lines["4"])
    assert not any(title in words for words in lines["5"])
    printed = routing_card(fresh(application), NOON)
    assert any(title in words for row in printed["steps"] for words in row["initials"])


def test_minutes_name_who_attended() -> None:
    cast = cast_of(kind="berita_acara", title="Berita acara rapat", addressee="")
    make_keys(cast)
    application, draft = to_signer(cast)
    assert draft.content["attendees"] == []
    draft = cast_minutes(cast)
    assert draft.content["attendees"] == ["Rina, S.H., Dinas Kesehatan", "Budi"]
    pdf = render_pdf("certificates/further_paper.html", {**draft.content, "number": "1"})
    said = words(pdf)
    assert "Yang hadir" in said or "YANG HADIR" in said
    assert "Rina, S.H., Dinas Kesehatan" in said
    assert "Hal" not in said.split(), "minutes have no subject line"


def cast_minutes(cast: Cast) -> Any:
    from tests.factories.permits import make_accepted

    other = make_accepted(cast)
    officer = signed_in(cast.at("back-office"))
    page = officer.get(other.get_desk_url()).content.decode()
    assert "Yang hadir" in page
    return further_papers.write_paper(
        other, actor=cast.at("back-office"), at=NOON, statement="Rapat.",
        attendees="Rina, S.H., Dinas Kesehatan\n\n Budi",
    )  # fmt: skip
