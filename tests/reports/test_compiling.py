"""A report from its figures to its publication: compiled, returned, approved, signed, published."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from accounts.models import User
from notices.models import Addressee, Notice
from reports import kinds, policies
from reports.domain import content as contents
from reports.domain.lifecycle import ReportStatus
from reports.domain.periods import Period, Rhythm
from reports.models import Report, ReportDeadline, ReportPaper, ReportRole
from reports.services import compiling, signing, terms
from reports.wording import period_name
from tests.factories.permits import NOON, Cast, lose_keys, make_keys
from tests.factories.reports import (
    COMPILER,
    HEAD,
    KIND,
    QUARTER,
    QUOTE,
    SECRETARY,
    make_approved,
    make_report,
)
from workflow.alarms import watch_terms
from workflow.domain.errors import DomainError, TransitionRefused
from workflow.models import JobStatus

pytestmark = pytest.mark.django_db


def told(what: str) -> list[str]:
    rows = Notice.objects.filter(template=f"reports/{what}").select_related("recipient")
    return sorted({row.recipient.full_name for row in rows})


def signed(cast: Cast) -> Report:
    report = make_approved(cast)
    return signing.sign(report, actor=cast.at(HEAD), at=NOON, seen=report.digest)


def test_it_goes_from_the_compiler_to_the_secretary_to_the_head_to_the_public(cast):
    make_keys(cast)
    report = signed(cast)
    assert told("check") == ["Petugas sekretaris"]
    assert told("sign") == ["Petugas kepala-dinas"]
    assert not Report.objects.public().exists()
    signing.sign_papers(NOON)
    report = compiling.publish(report, actor=cast.at(COMPILER), at=NOON)
    assert report.status == ReportStatus.PUBLISHED
    assert list(Report.objects.public()) == [report]
    assert [row.event for row in report.records.all()] == [
        "susun", "ubah", "ajukan", "setujui", "tandatangani", "terbitkan",
    ]  # fmt: skip


def test_a_second_officer_finds_the_report_of_the_first(cast):
    first = compiling.compile_report(KIND, cast.office, QUARTER, actor=cast.at(COMPILER), at=NOON)
    again = compiling.compile_report(KIND, cast.office, QUARTER, actor=cast.at(COMPILER), at=NOON)
    assert (first.pk, Report.objects.count(), first.records.count()) == (again.pk, 1, 1)


@pytest.mark.parametrize("desk", ["front-office", SECRETARY, HEAD])
def test_who_has_no_part_compiles_nothing(cast, desk):
    with pytest.raises(DomainError, match="report_not_compiler"):
        compiling.compile_report(KIND, cast.office, QUARTER, actor=cast.at(desk), at=NOON)


def test_without_a_named_compiler_whoever_leads_or_checks_compiles_but_not_the_head(cast):
    ReportRole.objects.filter(role="penyusun").delete()
    assert policies.may_write(cast.at("front-office"), cast.office, NOON).reason == (
        "report_not_compiler"
    )
    with pytest.raises(DomainError, match="report_head_signs"):
        compiling.compile_report(KIND, cast.office, QUARTER, actor=cast.at(HEAD), at=NOON)
    leader = cast.at(COMPILER)
    below = cast.at("front-office").appointments.get().position
    below.superior = leader.appointments.get().position
    below.save()
    assert policies.may_write(leader, cast.office, NOON)
    assert compiling.compile_report(KIND, cast.office, QUARTER, actor=cast.at(SECRETARY), at=NOON)


def test_a_period_that_runs_is_not_reported(cast):
    from reports.domain.periods import Rhythm, period_of

    running = period_of(NOON.date(), Rhythm.QUARTER)
    with pytest.raises(DomainError, match="report_period_open"):
        compiling.compile_report(KIND, cast.office, running, actor=cast.at(COMPILER), at=NOON)


def test_words_of_citizens_are_read_before_anybody_else_sees_them(cast):
    report = compiling.compile_report(KIND, cast.office, QUARTER, actor=cast.at(COMPILER), at=NOON)
    with pytest.raises(DomainError, match="report_quotes_unread"):
        compiling.submit(report, actor=cast.at(COMPILER), at=NOON, seen=report.digest)
    report.refresh_from_db()
    assert report.status == ReportStatus.COMPILED
    words = {"satu": "Terima kasih di loket dua.", "dua": ""}
    report = compiling.change_words(
        report, words, actor=cast.at(COMPILER), at=NOON, seen=report.digest
    )
    printed = signing.paper_content(report, cast.at(HEAD), "Kepala", NOON)
    assert "Bu Ani" not in str([row["words"] for row in contents.editable(printed)])


def test_changed_words_stay_when_the_figures_are_the_same(cast):
    report = make_report(cast)
    report = compiling.change_words(
        report, {"pembuka": "Kalimat kami."}, actor=cast.at(COMPILER), at=NOON, seen=report.digest
    )
    report = compiling.compile_again(report, actor=cast.at(COMPILER), at=NOON)
    assert next(contents.editable(report.content))["words"] == "Kalimat kami."
    other = kinds.ReportKind(
        KIND.code, KIND.name, KIND.rhythm,
        lambda *_facts: contents.report(contents.chapter("x", contents.text("Baru.", "pembuka"))),
    )  # fmt: skip
    kinds.register(other)
    report = compiling.compile_again(report, actor=cast.at(COMPILER), at=NOON)
    assert next(contents.editable(report.content))["words"] == "Baru."


def test_initials_are_for_what_was_on_the_screen(cast):
    report = make_report(cast)
    with pytest.raises(DomainError, match="report_content_changed"):
        compiling.submit(report, actor=cast.at(COMPILER), at=NOON, seen="lain")
    report.refresh_from_db()
    assert (report.status, report.initials.count()) == (ReportStatus.COMPILED, 0)


def test_the_secretary_returns_it_and_so_may_the_head(cast):
    report = make_report(cast)
    report = compiling.submit(report, actor=cast.at(COMPILER), at=NOON, seen=report.digest)
    with pytest.raises(DomainError, match="report_not_secretary"):
        compiling.send_back(report, actor=cast.at(HEAD), at=NOON, note="x")
    report = compiling.send_back(report, actor=cast.at(SECRETARY), at=NOON, note="Lengkapi")
    assert (report.status, told("returned")) == (ReportStatus.RETURNED, ["Petugas back-office"])
    report = compiling.compile_again(report, actor=cast.at(COMPILER), at=NOON)
    report = compiling.change_words(
        report, {}, actor=cast.at(COMPILER), at=NOON, seen=report.digest
    )
    report = compiling.submit(report, actor=cast.at(COMPILER), at=NOON, seen=report.digest)
    report = compiling.approve(report, actor=cast.at(SECRETARY), at=NOON, seen=report.digest)
    report = compiling.send_back(report, actor=cast.at(HEAD), at=NOON, note="Lengkapi lagi")
    assert report.status == ReportStatus.RETURNED


def test_nobody_checks_their_own_work(cast):
    position = cast.at(COMPILER).appointments.get().position
    ReportRole.objects.create(position=position, role="sekretaris")
    report = make_report(cast)
    report = compiling.submit(report, actor=cast.at(COMPILER), at=NOON, seen=report.digest)
    with pytest.raises(DomainError, match="report_own_work"):
        compiling.approve(report, actor=cast.at(COMPILER), at=NOON, seen=report.digest)


def stand_in(cast: Cast, desk: str, at_desk: str) -> None:
    """Whoever sits at ``desk`` holds the position of ``at_desk``, too."""
    position = cast.at(at_desk).appointments.get().position
    cast.at(desk).appointments.create(
        position=position, started_on=NOON.date() - timedelta(days=9), capacity="plh"
    )


def test_who_wrote_an_earlier_version_checks_it_no_more_than_who_wrote_the_last(cast):
    stand_in(cast, "front-office", COMPILER)
    first, second = cast.at("front-office"), cast.at(COMPILER)
    compiling.compile_report(KIND, cast.office, QUARTER, actor=first, at=NOON)
    report = make_report(cast)  # the same one: the second officer changes and initials it
    report = compiling.compile_again(report, actor=second, at=NOON)
    report = compiling.change_words(report, {}, actor=second, at=NOON, seen=report.digest)
    report = compiling.submit(report, actor=second, at=NOON, seen=report.digest)
    assert (report.status, report.compiled_by) == (ReportStatus.CHECKED, second)
    stand_in(cast, "front-office", SECRETARY)
    first = User.objects.get(pk=first.pk)
    assert not Report.objects.waiting_for(first, NOON).exists()
    with pytest.raises(DomainError, match="report_own_work"):
        compiling.approve(report, actor=first, at=NOON, seen=report.digest)
    assert Report.objects.waiting_for(cast.at(SECRETARY), NOON).exists()
    assert compiling.approve(report, actor=cast.at(SECRETARY), at=NOON, seen=report.digest)


def test_who_compiled_it_does_not_sign_it_as_acting_head(cast):
    report = make_approved(cast)
    stand_in(cast, COMPILER, HEAD)
    acting = User.objects.get(pk=cast.at(COMPILER).pk)
    assert not Report.objects.waiting_for(acting, NOON).exists()
    with pytest.raises(DomainError, match="report_own_signature"):
        signing.sign(report, actor=acting, at=NOON, seen=report.digest)
    assert compiling.send_back(report, actor=acting, at=NOON, note="Ulangi")


def test_an_office_without_a_secretary_goes_straight_to_its_head(cast):
    ReportRole.objects.filter(role="sekretaris").delete()
    report = make_report(cast)
    report = compiling.submit(report, actor=cast.at(COMPILER), at=NOON, seen=report.digest)
    assert (report.status, told("sign")) == (ReportStatus.APPROVED, ["Petugas kepala-dinas"])


def leave(cast: Cast, desk: str) -> None:
    """Whoever sat at a desk is there no more; the position stays."""
    cast.at(desk).appointments.update(ended_on=NOON.date() - timedelta(days=1))


def test_a_vacant_secretary_stops_nothing(cast):
    leave(cast, SECRETARY)
    report = make_report(cast)
    report = compiling.submit(report, actor=cast.at(COMPILER), at=NOON, seen=report.digest)
    assert report.status == ReportStatus.APPROVED
    assert signing.paper_content(report, cast.at(HEAD), "Kepala", NOON)["without_secretary"]


def test_the_only_secretary_compiled_it_and_it_goes_to_the_head(cast):
    position = cast.at(SECRETARY).appointments.get().position
    ReportRole.objects.create(position=position, role="penyusun")
    person = cast.at(SECRETARY)
    report = compiling.compile_report(KIND, cast.office, QUARTER, actor=person, at=NOON)
    report = compiling.change_words(report, {}, actor=person, at=NOON, seen=report.digest)
    report = compiling.submit(report, actor=person, at=NOON, seen=report.digest)
    assert report.status == ReportStatus.APPROVED


def test_while_the_post_of_the_compiler_is_vacant_the_secretary_compiles(cast):
    leave(cast, COMPILER)
    terms.expect_due(NOON)
    assert not ReportDeadline.objects.waiting_for(cast.at(HEAD), NOON).exists()
    assert ReportDeadline.objects.waiting_for(cast.at(SECRETARY), NOON).exists()
    compiling.compile_report(KIND, cast.office, QUARTER, actor=cast.at(SECRETARY), at=NOON)
    assert Report.objects.waiting_for(cast.at(SECRETARY), NOON).exists()
    assert not Report.objects.waiting_for(cast.at(HEAD), NOON).exists()


def test_compiled_again_the_words_of_citizens_are_read_again(cast):
    report = make_report(cast)
    report = compiling.compile_again(report, actor=cast.at(COMPILER), at=NOON)
    with pytest.raises(DomainError, match="report_quotes_unread"):
        compiling.submit(report, actor=cast.at(COMPILER), at=NOON, seen=report.digest)


def test_only_the_head_signs_and_only_once(cast):
    report = make_approved(cast)
    with pytest.raises(DomainError, match="report_not_head"):
        signing.sign(report, actor=cast.at(SECRETARY), at=NOON, seen=report.digest)
    signing.sign(report, actor=cast.at(HEAD), at=NOON, seen=report.digest)
    with pytest.raises(TransitionRefused, match="out_of_turn"):
        signing.sign(report, actor=cast.at(HEAD), at=NOON, seen=report.digest)
    assert ReportPaper.objects.count() == 1


def test_what_is_signed_is_closed_in_the_database_too(cast):
    report = signed(cast)
    for change in (
        lambda: Report.objects.filter(pk=report.pk).update(digest="x"),
        lambda: report.delete(),
        lambda: report.initials.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(TransitionRefused):
        compiling.compile_again(report, actor=cast.at(COMPILER), at=NOON)


def test_the_paper_waits_for_the_key_of_the_office_and_is_made_once(cast):
    lose_keys(cast)
    report = signed(cast)
    signing.sign_papers(NOON)
    paper = ReportPaper.objects.get()
    assert (paper.job_status, paper.file.name) == (JobStatus.QUEUED, "")
    with pytest.raises(DomainError, match="report_paper_missing"):
        compiling.publish(report, actor=cast.at(COMPILER), at=NOON)
    report.refresh_from_db()
    assert report.status == ReportStatus.SIGNED
    make_keys(cast)
    later = NOON + timedelta(days=1)
    signing.sign_papers(later)
    signing.sign_papers(later)
    paper.refresh_from_db()
    assert paper.job_status == JobStatus.DONE
    with paper.file.open("rb") as stored:
        from documents.verification import examine

        assert examine(stored.read()).valid


# The term ------------------------------------------------------------------------------------


def test_a_report_is_owed_when_its_period_is_over_and_late_ten_working_days_after(cast):
    terms.expect_due(NOON)
    terms.expect_due(NOON)
    due = ReportDeadline.objects.get(kind=KIND.code, office=cast.office)
    assert (due.period, due.term_amount) == (QUARTER.code, 10)
    waiting = ReportDeadline.objects.waiting_for(cast.at(COMPILER), NOON)
    assert list(waiting) == [due]
    assert not ReportDeadline.objects.waiting_for(cast.at("front-office"), NOON).exists()
    watch_terms(NOON)  # the middle of November: October's tenth working day is over
    due.refresh_from_db()
    assert due.breached_at == NOON
    assert told("late") == ["Petugas back-office", "Petugas kepala-dinas", "Petugas sekretaris"]
    watch_terms(NOON + timedelta(days=1))
    assert Notice.objects.filter(template="reports/late").count() == 3


def test_a_month_is_named_in_the_language_of_the_reader(cast):
    month = Period(Rhythm.MONTH, 2026, 10)
    Addressee.objects.create(user=cast.at(COMPILER), language="en")
    terms.expect_due(NOON)
    ReportDeadline.objects.filter(kind=KIND.code).update(period=month.code)
    with translation.override("en"):
        assert period_name(month) == "October 2026"
    watch_terms(NOON)
    titles = {
        row.recipient: row.context["report"]
        for row in Notice.objects.filter(template="reports/late")
    }
    assert titles[cast.at(COMPILER)].endswith(", October 2026")
    assert titles[cast.at(HEAD)].endswith(", Oktober 2026")


def test_the_signature_ends_the_term(cast):
    terms.expect_due(NOON)
    signed(cast)
    assert ReportDeadline.objects.get(kind=KIND.code, office=cast.office).met_at == NOON


def test_each_waits_for_what_they_have_to_do(cast):
    def waits(desk: str) -> int:
        return Report.objects.waiting_for(cast.at(desk), NOON).count()

    report = make_report(cast)
    assert [waits(desk) for desk in (COMPILER, SECRETARY, HEAD)] == [1, 0, 0]
    report = compiling.submit(report, actor=cast.at(COMPILER), at=NOON, seen=report.digest)
    assert [waits(desk) for desk in (COMPILER, SECRETARY, HEAD)] == [0, 1, 0]
    compiling.approve(report, actor=cast.at(SECRETARY), at=NOON, seen=report.digest)
    assert [waits(desk) for desk in (COMPILER, SECRETARY, HEAD)] == [0, 0, 1]


def test_the_quote_is_in_the_report_as_it_was_written(cast):
    assert QUOTE in str(make_report(cast).content)


def test_what_was_taken_out_of_a_quote_is_not_kept(cast):
    report = make_report(cast)
    [quote] = [one for one in contents.editable(report.content) if one["words"] == QUOTE]
    report = compiling.change_words(
        report, {quote["key"]: "(tanpa nama)"}, actor=cast.at(COMPILER), at=NOON, seen=report.digest
    )
    report.refresh_from_db()
    assert QUOTE not in str(report.content)
    report = compiling.compile_again(report, actor=cast.at(COMPILER), at=NOON)
    assert QUOTE not in str(report.content), "the same words are not brought back"
