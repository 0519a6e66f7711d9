"""An extension, a change or a closure names the permit that it is about."""

from __future__ import annotations

from copy import deepcopy
from datetime import date

import pytest
from time_machine import travel

from demo import paper_samples, samples
from permits.models import Application, Certificate
from permits.services import filling, orders
from permits.services.previous import refuse_unsound
from standards.domain.built_in import ApplicationKind
from standards.models import StandardVersion
from standards.services.built_in import set_built_in
from standards.services.publishing import publish_version
from tests.factories.filing import signed_in, url
from tests.factories.permits import NOON, Cast, make_cast, make_issued, make_keys
from tests.factories.standards import PUBLISHED_AT, make_draft, make_fact
from tests.permits.views.at_the_desk import get, words
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db
KINDS = (ApplicationKind.NEW, ApplicationKind.EXTENSION)
EXTENSION = {"jenis_permohonan": "Perpanjangan", "tenaga_asing": "tidak"}


def make_asking() -> Cast:
    """Make an office whose standard asks the previous permit and carries the area over."""
    cast = make_cast()
    procedure = cast.version.procedure_links.get().procedure
    draft = make_draft(cast.service, procedure, effective_on=date(2026, 2, 1))
    make_fact(draft, "luas", label="Luas", kind="luas", carried=True)
    make_fact(draft, "catatan", label="Catatan", required=False)
    set_built_in(draft, KINDS, represented=False, previous=True)
    version: StandardVersion = publish_version(draft, actor=None, at=PUBLISHED_AT)
    return Cast(cast.office, cast.service, version, cast.applicant, cast.stranger, cast.officers)


@pytest.fixture(scope="module")
def _made(module_world: None) -> tuple[Cast, int]:
    with travel(NOON, tick=False):
        cast = make_asking()
        return cast, make_issued(cast).pk


@pytest.fixture
def asking(_made, db) -> Cast:
    """That office: made once for the module."""
    return deepcopy(_made[0])


@pytest.fixture
def permit(_made, asking, monday, time_machine) -> Certificate:
    """The permit that was issued to the applicant: once for the module."""
    time_machine.move_to(monday, tick=False)
    return Certificate.objects.get(application=_made[1])


def extension(cast: Cast, at, number: str, **who) -> Application:
    """Return a filled draft that extends the permit with this ``number``."""
    draft = samples.draft(cast.service, who.get("applicant", cast.applicant), at)
    return filling.save_form(draft, at=at, answers={**EXTENSION, "izin_sebelumnya": number})


def test_chosen_from_ones_own_it_fills_the_holder_and_what_is_carried_over(asking, permit):
    browser = signed_in(asking.applicant)
    detail = browser.get(permit.application.get_absolute_url()).content.decode()
    link = f"/ajukan/{asking.office.code}/{asking.service.slug}/?izin="
    assert f'href="{link}' in detail or link in detail
    address = f"{link}{permit}"
    page = browser.get(address)
    assert page.context["form"]["previous"].value() == str(permit)
    assert browser.post(address, {"previous": str(permit), "_once": ""}).status_code == 302
    draft = Application.objects.get(status="konsep")
    assert draft.holder_name == permit.application.holder_name
    assert draft.answers == {"izin_sebelumnya": str(permit), "luas": "72"}


def test_typed_it_fills_only_what_is_still_empty(asking, permit, monday):
    draft = filling.start_draft(asking.service, actor=asking.applicant, at=monday)
    filling.save_form(draft, at=monday, identity={"holder_name": "Nama Baru"}, answers={"luas": ""})
    typed = str(permit).lower().replace("/", " ")
    answers = {**EXTENSION, "izin_sebelumnya": typed}
    draft = filling.save_form(samples.reload(draft), at=monday, answers=answers)
    assert (draft.holder_name, draft.answers["luas"]) == ("Nama Baru", "72")
    assert "catatan" not in draft.answers  # not marked
    draft = filling.save_form(draft, at=monday, answers={"luas": "90"})
    draft = filling.save_form(draft, at=monday, answers=answers)
    assert draft.answers["luas"] == "90"


def test_a_number_shows_nobody_the_data_of_another_person(asking, permit, monday):
    draft = filling.start_draft(asking.service, actor=asking.stranger, at=monday)
    answers = {**EXTENSION, "izin_sebelumnya": str(permit)}
    draft = filling.save_form(draft, at=monday, answers=answers)
    assert (draft.holder_name, draft.answers.get("luas")) == ("", None)
    page = signed_in(asking.stranger).get(url("review", draft)).content.decode()
    assert str(permit) in page
    assert permit.application.holder_name not in page


def test_new_applications_are_asked_for_no_permit(asking, permit, monday):
    draft = samples.draft(asking.service, asking.applicant, monday)
    assert draft.answers["jenis_permohonan"] == "Baru"
    Application.objects.filter(pk=draft.pk).update(
        answers={**draft.answers, "izin_sebelumnya": "salah"}
    )
    assert samples.submit(samples.reload(draft), monday).number


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"state": "diminta"}, "previous_not_issued"),
        ({"state": "gugur"}, "previous_not_issued"),
    ],
)
def test_a_permit_that_was_not_issued_cannot_be_followed(asking, permit, monday, change, reason):
    Certificate.objects.filter(pk=permit.pk).update(**change)
    with pytest.raises(DomainError, match=reason):
        refuse_unsound(extension(asking, monday, str(permit)))


def test_a_permit_of_another_service_is_named_at_the_field(asking, permit, monday):
    other = make_draft(
        None, asking.version.procedure_links.get().procedure, number_pattern="X/{nomor}/{tahun}"
    )
    service = other.service
    service.office = asking.office
    service.save(update_fields=["office"])
    Application.objects.filter(pk=permit.application_id).update(service=service)
    draft = filling.start_draft(asking.service, actor=asking.applicant, at=monday)
    browser, address = signed_in(asking.applicant), url("questions", draft)
    sent = {"tanya_jenis_permohonan": "Perpanjangan", "tanya_tenaga_asing": "tidak"}
    browser.post(address, sent)
    page = browser.post(address, {**sent, "tanya_izin_sebelumnya": str(permit)})
    (said,) = page.context["form"].errors["tanya_izin_sebelumnya"]
    assert said == f"{permit} adalah izin layanan lain. Tulis nomor izin dari layanan ini."
    assert f'value="{permit}"' in page.content.decode()


def test_an_ended_permit_is_refused_when_sending_and_says_what_to_do(asking, permit, monday):
    draft = extension(asking, monday, str(permit))
    order = paper_samples.propose_ending(permit.application, monday)
    orders.confirm_order(
        permit.application, actor=asking.at("kepala-dinas"), at=monday, order=order.pk
    )
    with pytest.raises(DomainError, match="previous_ended"):
        samples.submit(samples.reload(draft), monday)
    assert samples.reload(draft).number is None


def test_a_permit_older_than_the_portal_is_taken_and_the_desk_is_told(asking, permit, monday):
    make_keys(asking)
    draft = extension(asking, monday, "503/12/BKK/2019")
    sent = samples.submit(draft, monday)
    page = words(get(asking.at("front-office"), "desk_application", sent))
    assert "Nomor ini tidak ada di daftar izin portal" in page
    assert "503/12/BKK/2019" in page


def test_desk_receipt_and_paper_name_it(asking, permit, monday):
    sent = samples.submit(extension(asking, monday, str(permit)), monday)
    page = words(get(asking.at("front-office"), "desk_application", sent))
    assert f"<p>{permit}</p> <p>Asli dan berlaku. Pemegang: BKK SMK Contoh.</p>" in page
    assert permit.application.get_desk_url() in page
    accepted = samples.act(samples.reload(sent), monday)
    receipt = accepted.printouts.get(kind="tanda_terima").content["applicant"]
    assert receipt[-2:] == [
        ["Jenis permohonan", "Perpanjangan"],
        ["Izin sebelumnya", str(permit)],
    ]
    issued = samples.advance(accepted, None, monday)
    assert issued.certificate is not None
    assert ["Nomor izin sebelumnya", str(permit)] in issued.certificate.content["data"]
