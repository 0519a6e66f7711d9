"""Results: the index of a period, what is mixed in, what is hidden."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from demo import paper_samples, samples
from permits.domain.certificates import OrderKind
from reports.domain.periods import Rhythm, period_of
from standards.services.publishing import publish_version
from surveys.content.open_data import document, records
from surveys.domain.elements import Kind
from surveys.domain.follow_up import to_follow_up
from surveys.models import Response, Suggestion
from surveys.presenters import results as presenter
from surveys.services.instruments import copy, publish
from surveys.services.results import figures, figures_of, suggestions
from surveys.services.settling import settle
from surveys.tables import weights_text
from tests.factories.base import base_cast
from tests.factories.permits import NOON, Cast, make_completed, make_issued, make_submitted
from tests.factories.standards import make_draft, make_service, make_standard
from tests.factories.surveys import (
    load_questionnaires,
    make_element_more,
    make_responses,
    scores,
    skm,
)

pytestmark = pytest.mark.django_db
PERIOD = period_of(NOON.date(), Rhythm.QUARTER)
OVER = PERIOD.ends_before


@pytest.fixture
def cast() -> Cast:
    return base_cast()


def now(cast: Cast):
    return figures(cast.office, PERIOD, Kind.SKM)


def test_the_index_of_a_period(cast):
    make_responses(cast.service, 3, 4)
    make_responses(cast.service, 2, 2)
    make_responses(cast.service, 9, 1, at=NOON + timedelta(days=60))  # the next quarter
    found = now(cast)
    assert found.result is not None
    assert (found.result.index, found.result.grade, found.answered) == (Decimal("80.00"), "B", 5)


def test_fewer_than_five_show_nothing(cast):
    make_responses(cast.service, 4, 4)
    found = now(cast)
    assert (found.result, found.answered) == (None, 4)
    assert dict(found.groups) == {}
    assert presenter.page(found, today=OVER).result is None


def test_an_element_that_fewer_than_five_answered_is_not_shown(cast):
    other = make_standard(make_service(cast.office)).service
    for service in (cast.service, other):
        make_responses(service, 6, 4)
    make_element_more(cast.office)
    make_responses(cast.service, 1, 1)
    make_responses(other, 3, 1)
    found = now(cast)
    assert found.result is not None
    assert "antrean" not in {one.key for one in found.result.elements}
    assert found.result.index == Decimal("81.25")  # (12 x 4 + 4 x 1) / 16 x 25
    assert [one.name for one in found.too_few] == ["Antrean"]
    page = presenter.page(found, today=OVER)
    assert "Antrean" not in {row.name for row in (*page.elements, *page.lowest)}
    assert page.too_few.endswith("kurang dari lima orang: Antrean.")
    assert "antrean" not in {row["unsur"] for row in records(cast.office, [PERIOD])}
    assert "antrean" not in dict(to_follow_up(found.result))
    make_responses(other, 1, 1)
    found = now(cast)  # five in all, four about one service and one about the other
    assert (len(found.result.elements), list(found.too_few)) == (10, [])
    assert found.result.lowest()[0].key == "antrean"
    assert {len(result.elements) for _service, result in found.services} == {9}


def test_an_office_without_answers_and_files_has_a_page(cast):
    found = now(cast)
    assert (found.answered, found.finished, found.target, found.result) == (0, 0, 0, None)


def test_the_open_survey_is_never_mixed_in(cast):
    make_responses(cast.service, 5, 4)
    make_responses(cast.service, 7, 1, source="terbuka")
    found = now(cast)
    assert found.result is not None
    assert (found.result.index, found.answered, found.elsewhere) == (Decimal("100.00"), 5, 7)


def test_the_open_survey_has_results_of_its_own(cast):
    make_responses(cast.service, 6, 4)
    make_responses(cast.service, 5, 2, source="terbuka", sex="P")
    make_responses(make_standard(make_service(cast.office)).service, 2, 1, source="terbuka")
    openly = figures(cast.office, PERIOD, Kind.SKM, openly=True)
    assert (openly.answered, openly.elsewhere, openly.is_open) == (7, 6, True)
    assert openly.result is not None
    assert openly.result.index == Decimal("42.86")  # (5 x 2 + 2 x 1) / 7 x 25
    assert openly.services == [], "the two could be computed from the five and the total"
    assert (openly.finished, openly.target, "source" in openly.groups) == (0, 0, False)
    assert now(cast).result.index == Decimal("100.00")
    few = figures(make_service().office, PERIOD, Kind.SKM, openly=True)
    assert (few.result, few.answered) == (None, 0)


def test_the_sample_is_counted_from_the_finished_files(cast):
    for _one in range(3):
        make_issued(cast)
    found = now(cast)
    assert (found.finished, found.target) == (3, 3)
    earlier = figures(cast.office, PERIOD.previous, Kind.SKM)
    assert earlier.finished == 0


def test_the_population_is_the_permits_given_and_does_not_move(cast):
    make_issued(cast)
    samples.refuse(make_submitted(cast), NOON, reason="Lokasi tidak sesuai")
    replaced, voided = make_completed(cast), make_issued(cast)
    make_responses(cast.service, 5, 3)
    periods = [period_of(OVER, Rhythm.QUARTER), PERIOD]
    before = records(cast.office, periods)
    assert {row["berkas_selesai"] for row in before} == {3}, "nobody is asked about a refusal"
    later = NOON + timedelta(days=70)
    paper_samples.replace(replaced, later, "BKK SMK Contoh Jaya")
    paper_samples.revoke(voided, later, OrderKind.VOID)
    assert samples.reload(replaced).certificate.issued_at == later
    assert records(cast.office, periods) == before
    assert [one.finished for one in figures_of(cast.office, periods, [Kind.SKM])] == [0, 3]


def test_a_small_service_cannot_be_computed_from_the_others(cast):
    large, small = (make_standard(make_service(cast.office)).service for _one in range(2))
    make_responses(cast.service, 9, 4)
    make_responses(large, 20, 3)
    make_responses(small, 2, 1)
    shown = [service.pk for service, _result in now(cast).services]
    assert shown == [large.pk]  # two alone would be the total less the others


def test_respondents_are_counted_in_groups_of_five_or_more(cast):
    make_responses(cast.service, 6, sex="L", age="30-39")
    make_responses(cast.service, 5, sex="P", age="60+")
    page = presenter.page(now(cast), today=OVER)
    sex = next(table for table in page.respondents if table.title == "Jenis kelamin")
    assert list(sex.rows) == [("Laki-laki", 6, 55), ("Perempuan", 5, 45)]


def test_the_page_names_elements_by_key(cast):
    make_responses(cast.service, 5, 3)
    page = presenter.page(now(cast), today=OVER)
    assert [row.number for row in page.elements] == [str(n) for n in range(1, 10)]
    assert page.chart is not None
    assert [bar.width for bar in page.chart.bars] == [300] * 9


def notes(cast: Cast, **period: Any) -> tuple[list[str], list[tuple[str, bool]]]:
    """Return the notes at the elements, and the services with whether they are free."""
    found = figures(cast.office, period.get("period", PERIOD), Kind.SKM)
    page = presenter.page(found, today=OVER)
    return (
        [f"{row.name}: {row.about_cost}" for row in page.elements if row.about_cost],
        [(row.name, row.is_free) for row in page.services],
    )


def test_the_cost_of_free_services_is_marked_by_their_fees(cast):
    paid = make_standard(make_service(cast.office, name="Izin berbayar"), fee=50_000).service
    make_responses(cast.service, 5, 4)
    said = "Biaya/tarif: Biaya tetap: semua jawaban tentang layanan gratis."
    assert notes(cast) == ([said], [(cast.service.name, True)])
    make_responses(paid, 6, 4)  # the same answers, of people who paid
    some = "Biaya/tarif: 5 dari 11 jawaban tentang layanan gratis, yang biayanya tetap."
    assert notes(cast)[0] == [some]
    assert sorted(notes(cast)[1]) == sorted([(cast.service.name, True), ("Izin berbayar", False)])


def test_free_services_with_few_answers_are_counted_and_not_told_apart(cast):
    small = make_standard(make_service(cast.office)).service
    make_responses(cast.service, 20, 4)
    make_responses(small, 3, 4)
    every = ["Biaya/tarif: Biaya tetap: semua jawaban tentang layanan gratis."]
    assert notes(cast)[0] == every
    make_responses(make_standard(make_service(cast.office)).service, 6, 4)
    assert notes(cast)[0] == every, "29 answers, all about free services"
    settle(NOON + timedelta(days=92))
    assert Response.objects.filter(service=None).count() == 3
    assert notes(cast)[0] == every
    paid = make_standard(make_service(cast.office), fee=50_000).service
    make_responses(paid, 7, 4)
    some = ["Biaya/tarif: Antara lain jawaban tentang layanan gratis, yang biayanya tetap."]
    assert notes(cast)[0] == some, "which service the three judged is not known any more"


def test_no_service_is_marked_where_the_cost_is_not_asked_about(cast):
    make_responses(cast.service, 5, 4, kind=Kind.IPAK)
    found = figures(cast.office, PERIOD, Kind.IPAK)
    assert [row.is_free for row in presenter.page(found, today=OVER).services] == [False]


def test_who_pays_is_not_marked_though_all_answers_are_equal(cast):
    make_responses(make_standard(make_service(cast.office), fee=50_000).service, 5, 4)
    assert notes(cast)[0] == []


@pytest.mark.parametrize(
    ("since", "marked"),
    [(PERIOD.begins, False), (OVER - timedelta(days=1), False), (OVER, True)],
)
def test_a_service_is_free_if_it_was_in_all_of_the_period(cast, since, marked):
    publish_version(make_draft(cast.service, fee=50_000, effective_on=since), actor=None, at=NOON)
    make_responses(cast.service, 5, 4)
    assert bool(notes(cast)[0]) is marked


def test_many_periods_cost_as_many_queries_as_one(cast, django_assert_num_queries):
    make_responses(cast.service, 5, 3)
    periods = [PERIOD, PERIOD.previous, PERIOD.previous.previous]
    with django_assert_num_queries(7):
        found = figures_of(cast.office, periods, list(Kind))
    assert len(found) == 6


def test_open_data_says_nothing_of_small_periods(cast):
    make_responses(cast.service, 5, 3)
    make_responses(cast.service, 4, 1, at=NOON - timedelta(days=92))
    rows = records(cast.office, [PERIOD, PERIOD.previous])
    assert {row["periode"] for row in rows} == {PERIOD.code}
    assert len(rows) == 9
    assert document(cast.office, [PERIOD])["baris"][0]["indeks"] == "75.00"


def test_the_weights_are_told_so_that_the_index_can_be_computed(cast):
    load_questionnaires()
    draft = copy(skm(cast.office), office=cast.office)
    draft.questions.exclude(key="waktu").update(weight="0,0625")
    draft.questions.filter(key="waktu").update(weight="1/2")
    publish(draft, actor=None, at=NOON)
    make_responses(cast.service, 5, 4, answers=scores(skm(cast.office), 4, waktu=2))
    rows = records(cast.office, [PERIOD])
    weighed = {row["unsur"]: Fraction(row["bobot"]) for row in rows}
    assert (weighed["waktu"], weighed["biaya"]) == (Fraction(1, 2), Fraction(1, 16))
    assert sum(weighed.values()) == 1
    total = sum(Fraction(row["nrr"]) * weighed[row["unsur"]] for row in rows)
    assert Decimal(rows[0]["indeks"]) == Decimal("75.00") == total * 25
    page = presenter.page(now(cast), today=OVER)
    assert [row.weight for row in page.elements] == ["1/16", "1/16", "1/2", *["1/16"] * 6]
    assert page.figures.has_own_weights
    words = weights_text(page.figures).split("; ")
    assert (words[2], len(words)) == ("Waktu penyelesaian 1/2", 9)


def test_equal_weights_are_one_ninth(cast):
    make_responses(cast.service, 5, 3)
    assert {row["bobot"] for row in records(cast.office, [PERIOD])} == {"1/9"}
    assert not now(cast).has_own_weights
    assert weights_text(now(cast)) == "sama untuk setiap unsur: 1/9"


def test_suggestions_are_shown_from_five_on(cast):
    month = NOON.date().replace(day=1)
    for number in range(4):
        Suggestion.objects.create(office=cast.office, month=month, text=f"Saran {number}")
    Suggestion.objects.create(office=cast.office, month=month, text="Terbuka", is_open=True)
    assert not suggestions(cast.office, PERIOD), "the one of the open survey is apart"
    assert not suggestions(cast.office, PERIOD, openly=True)
    Suggestion.objects.create(office=cast.office, month=month, text="Saran 4")
    assert len(suggestions(cast.office, PERIOD)) == 5
