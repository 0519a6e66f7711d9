"""The pages by which an administrator changes what an office asks."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import TimeMachineFixture

from surveys.models import InstrumentVersion, Question, SurveyRules
from tests.factories.accounts import make_office, make_office_admin
from tests.factories.admin import problems, typed
from tests.factories.base import base_cast
from tests.factories.filing import signed_in
from tests.factories.permits import NOON, Cast
from tests.factories.surveys import load_questionnaires, make_invitation, skm

pytestmark = pytest.mark.django_db
LIST = reverse("admin:surveys_instrumentversion_changelist")
RULES = reverse("admin:surveys_surveyrules_changelist")


@pytest.fixture
def cast(time_machine: TimeMachineFixture) -> Cast:
    time_machine.move_to(NOON, tick=False)
    load_questionnaires()
    cast = base_cast()
    SurveyRules.objects.create(office=cast.office)
    return cast


@pytest.fixture
def admin(cast: Cast) -> Client:
    return signed_in(make_office_admin(cast.office))


def act(client: Client, page: str, name: str, row: Any) -> str:
    """Choose one row of a list, do what the list offers; return what the page says then."""
    chosen = {"action": name, "_selected_action": [row.pk]}
    return str(client.post(page, chosen, follow=True).content.decode())


def page_of(version: InstrumentVersion) -> str:
    return reverse("admin:surveys_instrumentversion_change", args=[version.pk])


def fields_of(question: Question, page: Any) -> str:
    """Return the prefix of the fields of one question on its page."""
    [formset] = [one.formset for one in page.context["inline_admin_formsets"]]
    return next(form.prefix for form in formset.forms if form.instance.pk == question.pk)


def test_an_office_changes_the_scale_of_its_cost_question_and_publishes_it(cast, admin, issued):
    rules = SurveyRules.objects.get(office=cast.office)
    assert "konsep kuesioner dibuat" in act(admin, RULES, "copy_skm", rules)
    draft = InstrumentVersion.objects.get(instrument__office=cast.office)
    page = admin.get(page_of(draft))
    asked = {question.key: fields_of(question, page) for question in draft.questions.all()}
    scale = ["Sangat tidak wajar", "Tidak wajar", "Wajar", "Sangat wajar"]
    changes = {f"{asked['biaya']}-choice_{nth}": said for nth, said in enumerate(scale, start=1)}
    changes |= {f"{asked['sarana']}-number": "9", f"{asked['pengaduan']}-number": "8"}
    sent = admin.post(page_of(draft), typed(page, **changes))
    assert problems(sent) == []
    assert "ditetapkan" in act(admin, LIST, "publish_selected", draft)
    assert skm(cast.office) == draft
    _invitation, secret = make_invitation(issued)
    shown = Client().get(reverse("surveys:invited", args=[secret])).content.decode()
    assert all(said in shown for said in scale)
    assert "Gratis" not in shown
    assert "9. Bagaimana pendapat Saudara tentang kualitas sarana dan prasarana?" in shown


def test_two_questions_change_places(cast, admin, issued):
    act(admin, RULES, "copy_skm", SurveyRules.objects.get(office=cast.office))
    draft = InstrumentVersion.objects.get(instrument__office=cast.office)
    page = admin.get(page_of(draft))
    rows = {key: draft.questions.get(key=key) for key in ("pengaduan", "sarana")}
    swap = {"pengaduan": rows["sarana"].order, "sarana": rows["pengaduan"].order}
    changes = {f"{fields_of(rows[key], page)}-order": str(order) for key, order in swap.items()}
    changes[f"{fields_of(rows['sarana'], page)}-key"] = "pengaduan"  # a key stays what it is
    before = list(draft.questions.values_list("key", flat=True))
    assert problems(admin.post(page_of(draft), typed(page, **changes))) == []
    after = list(draft.questions.values_list("key", flat=True))
    assert (after[:7], after[7:]) == (before[:7], before[:6:-1])
    assert list(draft.questions.values_list("order", flat=True)) == list(range(1, 10))
    assert "ditetapkan" in act(admin, LIST, "publish_selected", draft)
    _invitation, secret = make_invitation(issued)
    shown = Client().get(reverse("surveys:invited", args=[secret])).content.decode()
    first, second = (shown.index(rows[key].text) for key in after[7:])
    assert first < second


def test_what_is_published_is_read_and_not_changed(cast, admin):
    rules = SurveyRules.objects.get(office=cast.office)
    act(admin, RULES, "copy_skm", rules)
    draft = InstrumentVersion.objects.get(instrument__office=cast.office)
    sent = typed(admin.get(page_of(draft)))
    act(admin, LIST, "publish_selected", draft)
    page = admin.get(page_of(draft))
    [inline] = page.context["inline_admin_formsets"]
    allowed = (
        inline.has_add_permission,
        inline.has_change_permission,
        inline.has_delete_permission,
    )
    assert (page.status_code, allowed) == (200, (False, False, False))
    before = list(draft.questions.values())
    changed = {name: "Lain" if name.endswith("-text") else value for name, value in sent.items()}
    assert admin.post(page_of(draft), changed).status_code == 403
    assert list(draft.questions.values()) == before
    assert "sudah ditetapkan" in act(admin, LIST, "publish_selected", draft)


def test_a_faulty_draft_stays_one_and_the_fault_is_named(cast, admin):
    act(admin, RULES, "copy_skm", SurveyRules.objects.get(office=cast.office))
    draft = InstrumentVersion.objects.get(instrument__office=cast.office)
    page = admin.get(page_of(draft))
    cost = fields_of(draft.questions.get(key="biaya"), page)
    for field, value, why in (
        ("weight", "satu", "Tulis bobot sebagai pecahan"),
        ("choice_4", "", "Pertanyaan yang masuk indeks mempunyai empat jawaban."),
    ):
        answer = admin.post(page_of(draft), typed(page, **{f"{cost}-{field}": value}))
        assert why in answer.content.decode(), field
    admin.post(page_of(draft), typed(page, **{f"{cost}-weight": "1/9"}))
    assert "berjumlah tepat 1" in act(admin, LIST, "publish_selected", draft)
    draft.refresh_from_db()
    assert not draft.is_published
    again = act(admin, RULES, "copy_skm", SurveyRules.objects.get(office=cast.office))
    assert "Masih ada konsep" in again


def test_another_office_is_not_touched_and_the_built_in_one_is_read(cast, admin):
    other = SurveyRules.objects.create(office=make_office(code="lain"))
    act(admin, RULES, "copy_skm", other)
    assert not InstrumentVersion.objects.exclude(instrument__office=None).exists()
    built_in = skm(cast.office)
    assert admin.get(page_of(built_in)).status_code == 200
    assert admin.post(page_of(built_in), {}).status_code == 403


def test_a_draft_is_looked_at_as_a_sheet_before_it_is_published(cast, admin):
    act(admin, RULES, "copy_skm", SurveyRules.objects.get(office=cast.office))
    draft = InstrumentVersion.objects.get(instrument__office=cast.office)
    draft.questions.filter(key="biaya").update(choice_4="Sangat wajar")
    address = reverse("admin:surveys_instrumentversion_sheet", args=[draft.pk])
    assert address in admin.get(page_of(draft)).content.decode()
    shown = admin.get(address).content.decode()
    assert "<li>Sangat wajar</li>" in shown
    assert "Pratinjau konsep" in shown
    stranger = signed_in(make_office_admin(make_office(code="asing")))
    assert stranger.get(address).status_code == 404
    assert signed_in(cast.at("front-office")).get(address).status_code == 302
    act(admin, LIST, "publish_selected", draft)
    assert "Pratinjau konsep" not in admin.get(address).content.decode()
