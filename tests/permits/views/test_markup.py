"""What is typed into a standard is text on every page and paper that shows it, never markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from html import escape

import pytest
from django.apps import apps
from django.db import models
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from accounts.models import User
from demo import samples
from permits.content.letters import routing_card
from permits.services import moving, sample_papers, trials
from standards.models import (
    ClosedKind,
    EligibilityRule,
    Evaluation,
    Fact,
    FeeRule,
    Kbli,
    LegalBasis,
    OfficeDocument,
    OfficeProof,
    Paper,
    PermitRule,
    Procedure,
    ProcedureRole,
    Publication,
    PublicConsultation,
    Regulation,
    Requirement,
    RequirementGroup,
    SearchEntry,
    SearchWord,
    Service,
    ServicePledge,
    SopStep,
    StandardComponent,
    StandardVersion,
)
from standards.services import drafting
from standards.services.publishing import publish_version
from tests.factories.accounts import make_admin, make_officer, make_user
from tests.factories.filing import signed_in, url
from tests.factories.permits import NOON
from tests.factories.standards import (
    ROLES,
    STEPS,
    make_draft,
    make_fact,
    make_fee,
    make_hindrance,
    make_paper,
    make_permit,
    make_procedure,
    make_question,
    make_revoked,
    make_service,
    position_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("now")]
WRITTEN: tuple[type[models.Model], ...] = (
    Service, ClosedKind, Publication, StandardVersion, StandardComponent, LegalBasis, Regulation,
    Fact, FeeRule, EligibilityRule, RequirementGroup, Requirement, PermitRule, Paper, Procedure,
    ProcedureRole, SopStep,
)  # fmt: skip
NOT_OF_A_STANDARD: tuple[type[models.Model], ...] = (
    Kbli, Evaluation, OfficeDocument, OfficeProof, PublicConsultation, ServicePledge,
    SearchEntry, SearchWord,  # words without signs, made of the others
)  # fmt: skip
NAMES = {  # of other rows, checked when the standard is published
    "asked_at", "step", "units", "written_at", "initialed_at", "signed_at",
    "SopStep.printed_number",
}  # fmt: skip
TOMORROW = NOON + timedelta(days=1)


def columns(
    rows: Iterable[type[models.Model]] = WRITTEN,
) -> Iterator[tuple[type[models.Model], str]]:
    """Every column in which somebody types words."""
    for model in rows:
        for field in model._meta.concrete_fields:
            words = isinstance(field, models.CharField | models.TextField)
            code = isinstance(field, models.SlugField) or field.choices or not field.editable
            named = {field.name, f"{model.__name__}.{field.name}"} & NAMES
            if words and not code and not named:
                yield model, field.name


MARKS = {
    f"{model.__name__}.{name}": f"<b id={number}>"
    for number, (model, name) in enumerate(columns(), 10)
}


BELOW = (
    Service,
    ClosedKind,
    Publication,
    Regulation,
    Procedure,
    ProcedureRole,
    SopStep,
)  # not of the version


def rows_of(model: type[models.Model], version: StandardVersion) -> models.QuerySet[models.Model]:
    """The rows of ``model`` that the pages of ``version`` show."""
    found: dict[type[models.Model], dict[str, object]] = {
        Service: {"pk": version.service_id},
        ClosedKind: {"service": version.service_id},
        Publication: {"service": version.service_id},
        Regulation: {},
        StandardVersion: {"pk": version.pk},
        Procedure: {"version_links__version": version},
        ProcedureRole: {"procedure__version_links__version": version},
        SopStep: {"procedure__version_links__version": version},
    }
    return model._default_manager.filter(**found.get(model, {"version": version})).order_by("pk")


def write(version: StandardVersion, models_left_out: tuple[type[models.Model], ...] = ()) -> None:
    """Write its mark into every column of ``version`` and of what belongs to it."""
    for model, name in columns():
        if model in models_left_out:
            continue
        mark, longest = MARKS[f"{model.__name__}.{name}"], model._meta.get_field(name).max_length
        for number, row in enumerate(rows_of(model, version)):
            text = f"{mark}{number}{version.number}"[: longest or 1000]
            if name.endswith("number_pattern"):
                text = f"{mark}/{{nomor}}/{{tahun}}"
            elif name == "choices_text":
                text = f"{mark}\nLain" if row.serializable_value(name) else ""
            model._default_manager.filter(pk=row.pk).update(**{name: text})


@pytest.fixture
def draft() -> StandardVersion:
    """A draft with a row of every kind, and its mark in each of their columns."""
    work = [("kerjakan", role, "", 1, "hari_kerja", None) for role in ("Tim Teknis", "Sekretaris")]
    service = make_service()
    draft = make_draft(service, make_procedure(service.office, (*STEPS[:2], *work, *STEPS[2:])))
    make_fact(draft, "bentuk", kind=Fact.Kind.CHOICE, choices_text="Baru", on_certificate=True)
    make_question(draft, "badan_jalan")
    make_hindrance(draft, "badan_jalan = ya")
    make_fee(draft, "tenaga_asing = tidak", amount=5000)
    make_paper(draft, "surat", written_at="3", signed_at="4")
    make_permit(draft, "tenaga_asing = ya")
    revoked = make_revoked("Peraturan Lama", by="Peraturan Baru")
    draft.legal_bases.update(regulation=revoked)
    later = NOON.date() + timedelta(days=9)
    ClosedKind.objects.create(service=service, kind="penutupan", closed_from=later)
    Publication.objects.create(service=service, channel="loket", seen_on=NOON.date())
    write(draft)
    return StandardVersion.objects.get(pk=draft.pk)


def test_every_model_of_standards_with_words_is_written_or_is_none_of_a_standard() -> None:
    found = {model for model, _name in columns(apps.get_app_config("standards").get_models())}
    assert found == {*WRITTEN, *NOT_OF_A_STANDARD}


def test_every_text_of_a_standard_is_text(client: Client, draft: StandardVersion) -> None:
    shown: dict[str, str] = {}

    def look(name: str, html: str) -> None:
        shown[name] = html

    def papers(name: str, made: list[tuple[str, dict[str, object]]]) -> None:
        for number, (template, content) in enumerate(made):
            look(f"{name} {number}", render_to_string(template, content))

    def get(browser: Client, where: str, **query: str) -> None:
        answer = browser.get(where, query, follow=True)
        assert answer.status_code == 200, where
        look(f"{where} {query or ''}", answer.content.decode())

    admin = make_admin()
    clerk = signed_in(admin)
    for page in (
        "standards_standardversion_change", "standards_standardversion_tetapkan",
        "permits_samplepaper_service", "permits_samplepaper_form", "permits_samplepaper_papers",
    ):  # fmt: skip
        get(clerk, reverse(f"admin:{page}", args=[draft.pk]))
    get(clerk, reverse("admin:standards_service_change", args=[draft.service_id]))
    for law in Regulation.objects.all():
        get(clerk, reverse("admin:standards_regulation_change", args=[law.pk]))
    trials.begin(draft, actor=admin, at=NOON)
    get(clerk, reverse("admin:permits_trial_page", args=[draft.pk]))
    papers("sample", sample_papers.contents_of(draft, NOON))
    trials.remove(draft)

    version = publish_version(draft, actor=None, at=NOON)
    service = version.service
    desks = {
        code: make_officer(position_of(service.office, code))
        for code in filter(None, ROLES.values())
    }
    browser = signed_in(make_user())
    mine = samples.draft(service, User.objects.get(pk=browser.session["_auth_user_id"]), NOON)
    for page in ("questions", "form", "requirements", "review"):
        get(browser, url(page, mine))
    sent = samples.reload(samples.submit(samples.draft(service, make_user(), NOON), NOON))
    get(signed_in(desks["front-office"]), url("desk_application", sent))
    sent = samples.act(sent, NOON)
    for page in ("desk_application", "history", "routing_card"):
        get(signed_in(desks["tim-teknis"]), url(page, sent))
    get(client, reverse("permits:tracked", args=[sent.tracking_code]))
    get(signed_in(sent.applicant), url("application", sent))
    papers("card", [("certificates/routing_card.html", routing_card(sent, NOON))])

    later = drafting.new_draft(version, actor=None, at=NOON)
    write(later, models_left_out=BELOW)
    StandardVersion.objects.filter(pk=later.pk).update(effective_on=TOMORROW.date())
    get(clerk, reverse("admin:standards_standardversion_perbandingan", args=[later.pk]))
    publish_version(StandardVersion.objects.get(pk=later.pk), actor=None, at=NOON)
    names = [service.office.code, service.slug]
    get(
        client,
        reverse("permits:needs", args=names),
        tanya_badan_jalan="ya",
        tanya_tenaga_asing="ya",
    )
    for page in ("service", "service_print", "service_versions"):
        get(client, reverse(f"standards:{page}", args=names))
    get(client, reverse("standards:service_list"))
    get(client, reverse("standards:office", args=[service.office.code]))
    assert moving.move_drafts(TOMORROW).done == 1
    get(browser, url("application", mine))
    get(browser, reverse("notices:messages"))
    Service.objects.filter(pk=service.pk).update(closed_from=NOON.date())
    get(client, reverse("standards:service", args=names))

    assert [name for name, html in shown.items() if "<b id=" in html] == []
    everything = "\n".join(shown.values())
    assert [name for name, mark in MARKS.items() if escape(mark) not in everything] == []
