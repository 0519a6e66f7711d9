"""The linter: sentences with links, a score, a command with an exit code, the yearly evaluation."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from standards.domain.steps import StepKind
from standards.models import Evaluation, StandardComponent, StandardVersion
from standards.services import evaluation, linting, publishing
from tests.factories.accounts import make_admin, make_officer
from tests.factories.permits import Cast
from tests.factories.standards import make_draft, make_paper, make_standard

pytestmark = pytest.mark.django_db


def _contradict(version: StandardVersion) -> None:
    """The words of the draft promise eight days, its row six."""
    version.components.filter(key=StandardComponent.Key.TERM).update(body="8 hari kerja")


def _sentences(version: StandardVersion, at: datetime) -> dict[str, str]:
    report = linting.lint(version, at)
    return {each.sentence: each.url for each in (*report.faults, *report.warnings)}


def test_a_draft_gets_faults_and_warnings_with_their_fields(monday: datetime) -> None:
    draft = make_draft(product="")
    _contradict(draft)
    page = reverse("admin:standards_standardversion_change", args=[draft.pk])
    said = _sentences(draft, monday)
    assert said["Produk layanan belum diisi."] == f"{page}#id_product"
    (term,) = [url for sentence, url in said.items() if "Jangka waktu versi ini (6)" in sentence]
    assert term == f"{page}#id_term_amount"
    (key,) = [url for sentence, url in said.items() if "belum dapat menandatangani" in sentence]
    assert key.endswith(f"/office/{draft.service.office_id}/change/#kunci")


def test_a_vacant_signature_names_the_step_of_the_procedure(monday: datetime) -> None:
    version = make_standard()
    procedure = version.procedure_links.get().procedure
    place = list(procedure.steps.order_by("order")).index(procedure.steps.get(kind=StepKind.SIGN))
    url = reverse("admin:standards_procedure_change", args=[procedure.pk]) + f"#steps-{place}"
    said = _sentences(version, monday)
    assert [sentence for sentence, at in said.items() if at == url] == [
        "Jabatan Kepala dinas belum ada pelaksananya hari ini: dokumen tidak dapat "
        "ditandatangani (langkah 6 Tanda tangan pimpinan.)."
    ]
    head = procedure.roles.get(label="Kepala Dinas").position
    assert head
    make_officer(head)
    assert url not in _sentences(version, monday).values()


def test_a_fault_of_a_step_leads_to_the_step_and_one_of_a_paper_to_the_paper(
    monday: datetime,
) -> None:
    draft = make_draft()
    make_paper(draft, "surat", written_at="3", signed_at="4", number_pattern="503/{tahun}")
    make_paper(draft, "lain", written_at="99", signed_at="5")
    procedure = draft.procedure_links.get().procedure
    steps = list(procedure.steps.order_by("order", "pk"))
    drafted = next(step for step in steps if step.kind == StepKind.DRAFT)
    procedure.steps.filter(pk=drafted.pk).update(returns_to=steps[-1], optional=True)
    said = _sentences(draft, monday)
    page = reverse("admin:standards_standardversion_change", args=[draft.pk])
    sop = reverse("admin:standards_procedure_change", args=[procedure.pk])
    found = {
        url.rpartition("/")[2]
        for sentence, url in said.items()
        if url.startswith((f"{sop}#steps-", f"{page}#papers-"))
    }
    assert found >= {f"#steps-{steps.index(drafted)}", "#papers-0", "#papers-1"}
    assert f"{page}#papers-group" not in said.values()
    assert sop not in said.values()


def test_the_score_counts_what_was_found(monday: datetime) -> None:
    draft = make_draft()
    before = linting.lint(draft, monday)
    _contradict(draft)
    after = linting.lint(draft, monday)
    assert (before.score - after.score, len(after.warnings)) == (4, len(before.warnings) + 1)
    assert after.text().startswith(f"Skor pemeriksaan {after.score} dari 100.\n- ")


def test_the_command_reads_the_published_standards_of_one_office(
    capsys: pytest.CaptureFixture[str],
) -> None:
    draft, other = make_draft(), make_standard()
    _contradict(draft)
    publishing.publish_version(draft, actor=None, at=datetime.fromisoformat("2026-01-02T03:00Z"))
    office = draft.service.office
    with pytest.raises(CommandError, match=r"1 standar diperiksa, \d+ hal perlu diperhatikan"):
        call_command("lint_standards", office=office.code)
    printed = capsys.readouterr().out
    assert f"{office.code}/{draft.service.slug} versi 1" in printed
    assert "Jangka waktu versi ini (6)" in printed
    assert other.service.slug not in printed
    with pytest.raises(CommandError, match="Unit tidak-ada tidak dikenal"):
        call_command("lint_standards", office="tidak-ada")


def test_the_command_ends_well_when_there_is_nothing_to_say(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    office = make_standard().service.office
    monkeypatch.setattr(publishing, "found_warnings", lambda version, at: [])
    call_command("lint_standards", office=office.code)
    assert "1 standar diperiksa, 0 hal perlu diperhatikan." in capsys.readouterr().out


def test_the_page_of_a_version_says_score_and_links(client: Client) -> None:
    draft = make_draft(product="")
    client.force_login(make_admin())
    page = reverse("admin:standards_standardversion_change", args=[draft.pk])
    answer = client.get(page).content.decode()
    assert f'href="{page}#id_product"' in answer
    assert "Skor pemeriksaan standar:" in answer


def test_the_evaluation_shows_the_findings_and_keeps_them(
    cast: Cast, monday: datetime, client: Client
) -> None:
    evaluation.begin(cast.service, at=monday)
    due = Evaluation.objects.running().get(service=cast.service)
    client.force_login(make_admin())
    page = reverse("admin:standards_evaluation_change", args=[due.pk])
    assert "Skor pemeriksaan standar:" in client.get(page).content.decode()
    sent = {
        "evaluated_on": timezone.localdate().isoformat(), "evaluators": "Tim penilai",
        "result": "Tetap enam hari.", "decision": "tetap",
    }  # fmt: skip
    assert client.post(page, sent).status_code == 302
    due.refresh_from_db()
    assert due.findings.startswith("Skor pemeriksaan ")
    answer = client.get(page).content.decode()
    assert "Skor pemeriksaan standar:" not in answer
    assert due.findings.splitlines()[0] in answer
