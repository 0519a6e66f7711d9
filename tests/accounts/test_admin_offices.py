"""An administrator of one office sees and changes that office alone, at every address."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages import get_messages
from django.core import serializers
from django.db import models, transaction
from django.forms import ModelChoiceField
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.admin_scope import PORTAL, SHARED, OfOffices
from accounts.models import Appointment, Office, User
from accounts.officers import officer_of
from authority.models import Proposal
from authority.services import proposals
from notices.models import Notice
from notices.services import report_failures, report_tasks
from portal.waiting_counts import counts
from tests.factories.accounts import PASSWORD, appoint, make_admin, make_office_admin, make_user
from tests.factories.admin import problems, typed
from tests.factories.base import base_cast
from tests.factories.permits import NOON
from tests.factories.standards import position_of
from tests.factories.two_offices import CANARY, TwoOffices, make_two_offices, pages_of_offices
from workflow.models import AdminTask, Holiday

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.no_cover]
PAGES = sorted(admin.site._registry, key=lambda model: model._meta.label)
OFFICES = sorted(pages_of_offices(), key=lambda model: model._meta.label)
IDS = [model._meta.label for model in OFFICES]
UNKNOWN = 987654321


@pytest.fixture(scope="module")
def two(django_db_setup: None, django_db_blocker: Any) -> Iterator[TwoOffices]:
    """Two filled offices; no test of this module may change them."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            yield make_two_offices()
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


@pytest.fixture
def client(two: TwoOffices) -> Client:
    client = Client()
    client.force_login(two.clerk, "django.contrib.auth.backends.ModelBackend")
    return client


def address(model: type[models.Model], what: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{what}", args=args)


def addresses_of(model: type[models.Model], key: object, version: object = None) -> list[str]:
    """Return every address of one row: page, history, deletion, buttons.

    Pages of a draft that make such rows are found by its key, ``version``.
    """
    page = admin.site.get_model_admin(model)
    found = []
    for pattern in page.get_urls():
        try:
            of_draft = list(pattern.pattern.converters) == ["version"]
            found.append(reverse(f"admin:{pattern.name}", args=[version if of_draft else key]))
        except NoReverseMatch:
            continue
    return found


def said(response: Any) -> str:
    """Return what a page tells, in its text, its messages and where it leads."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body.startswith(b"PK"):  # a workbook: its parts are XML
        with ZipFile(BytesIO(body)) as book:
            body = b" ".join(map(book.read, book.namelist()))
    told = " ".join(map(str, get_messages(response.wsgi_request)))
    return html.unescape(f"{body.decode()} {told} {response.get('Location', '')}")


def words_of(two: TwoOffices) -> set[str]:
    """Return what stands in rows of the other office and nowhere else."""
    words = {CANARY}
    for model in OFFICES:
        columns = [
            column.attname
            for column in model._meta.concrete_fields
            if isinstance(column, models.CharField) and not column.choices
        ]
        keys = [row.pk for row in two.rows(model)]
        for column in columns:
            theirs = model._default_manager.filter(pk__in=keys).order_by()
            others = model._default_manager.exclude(pk__in=keys).order_by()
            words |= set(theirs.values_list(column, flat=True)) - set(
                others.values_list(column, flat=True)
            )
    return {word for word in words if word and len(word) > 8}


@pytest.fixture(scope="module")
def words(two: TwoOffices, django_db_blocker: Any) -> set[str]:
    with django_db_blocker.unblock():
        return words_of(two)


def leaked(words: set[str], response: Any) -> set[str]:
    text = said(response)
    return {word for word in words if word in text}


def rows_as_text(model: type[models.Model]) -> str:
    return str(serializers.serialize("json", model._default_manager.order_by("pk")))


# --- what every page says of itself ---


@pytest.mark.parametrize("model", PAGES, ids=[model._meta.label for model in PAGES])
def test_every_page_says_whose_its_rows_are(model: type[models.Model]) -> None:
    page = admin.site.get_model_admin(model)
    assert isinstance(page, OfOffices)
    assert page.offices in (SHARED, PORTAL) or all(
        path == "pk"
        or model._default_manager.filter(**{f"{path}__in": Office.objects.all()}) is not None
        for path in page.offices
    )


def test_a_page_without_a_declaration_is_an_error(two: TwoOffices) -> None:
    class Undeclared(OfOffices, admin.ModelAdmin):
        pass

    with pytest.raises(AttributeError, match="offices"):
        Undeclared(Office, admin.site).kept(two.clerk, Office.objects.all())


@pytest.mark.parametrize("model", OFFICES, ids=IDS)
def test_both_offices_have_rows_behind_the_page(two: TwoOffices, model: Any) -> None:
    assert two.rows(model), "make one in tests/factories/two_offices.py"
    page: Any = admin.site.get_model_admin(model)
    assert page.kept(two.clerk, model._default_manager.all()).exists()


# --- what is shown ---


@pytest.mark.parametrize("model", PAGES, ids=[model._meta.label for model in PAGES])
def test_a_list_names_nothing_of_another_office(
    two: TwoOffices, words: set[str], client: Client, model: Any
) -> None:
    page: Any = admin.site.get_model_admin(model)
    answer = client.get(address(model, "changelist"))
    if page.offices is PORTAL:
        assert answer.status_code == 403
        return
    assert answer.status_code == 200
    assert leaked(words, answer) == set()
    if page.search_fields:
        found = client.get(address(model, "changelist"), {"q": CANARY})
        assert found.context["cl"].result_count == 0
    for row in two.rows(model)[:3]:
        assert str(row.pk) not in [str(each.pk) for each in answer.context["cl"].result_list]


def test_filters_by_another_office_are_those_by_none(two: TwoOffices, client: Client) -> None:
    asked = 0
    for model in OFFICES:
        page: Any = admin.site.get_model_admin(model)
        for item in page.list_filter:
            name = item if isinstance(item, str) else ""
            if name.endswith("office"):
                key, url = f"{name}__id__exact", address(model, "changelist")
                found = client.get(url, {key: two.other.office.pk}).context["cl"]
                expected = client.get(url, {key: UNKNOWN}).context["cl"]
                assert list(found.queryset) == list(expected.queryset), model
                asked += 1
    assert asked > 10


@pytest.mark.parametrize("model", OFFICES, ids=IDS)
def test_pages_of_the_own_office_name_nothing_of_another(
    two: TwoOffices, words: set[str], client: Client, model: Any
) -> None:
    page: Any = admin.site.get_model_admin(model)
    own = list(page.kept(two.clerk, model._default_manager.order_by("-pk"))[:2])
    assert own
    for row in own:
        for url in addresses_of(model, row.pk):
            answer = client.get(url)
            assert answer.status_code < 500
            assert leaked(words, answer) == set(), url
        # a proposal leads to its own page
        shown = client.get(address(model, "change", row.pk), follow=model is Proposal)
        assert shown.status_code == 200
        assert leaked(words, shown) == set()
    assert leaked(words, client.get(address(model, "add"))) == set()


def test_the_first_page_names_nothing_of_another_office(
    two: TwoOffices, words: set[str], client: Client
) -> None:
    answer = client.get(reverse("admin:index"))
    assert leaked(words, answer) == set()
    assert "Sendiri" in said(answer)
    root = Client()
    root.force_login(make_admin(), "django.contrib.auth.backends.ModelBackend")
    assert CANARY in said(root.get(reverse("admin:index")))


# --- rows of another office are unknown ---


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("model", OFFICES, ids=IDS)
def test_a_row_of_another_office_is_unknown_at_every_address(
    two: TwoOffices, words: set[str], client: Client, model: Any, method: str
) -> None:
    """The answer is that for a key which nobody has."""
    before = rows_as_text(model)
    for row in two.rows(model)[:4]:
        for url, unknown in zip(
            addresses_of(model, row.pk, getattr(row, "version_id", None)),
            addresses_of(model, UNKNOWN, UNKNOWN),
            strict=True,
        ):
            given = {"post": "yes", "_save": "1"} if method == "post" else {}
            answer = getattr(client, method)(url, given)
            expected = getattr(client, method)(unknown, given)
            assert (answer.status_code, answer.get("Location")) == (
                expected.status_code,
                str(expected.get("Location")).replace(str(UNKNOWN), str(row.pk))
                if expected.get("Location")
                else None,
            ), url
            assert answer.status_code in (302, 403, 404), url
            assert leaked(words - {str(row.pk)}, answer) == set(), url
    assert rows_as_text(model) == before


@pytest.mark.parametrize("model", OFFICES, ids=IDS)
def test_nor_does_the_full_form_change_it(two: TwoOffices, client: Client, model: Any) -> None:
    """The form as an administrator of the portal would send it."""
    root = Client()
    root.force_login(make_admin(), "django.contrib.auth.backends.ModelBackend")
    row = two.rows(model)[0]
    url = address(model, "change", row.pk)
    if model._meta.label == "permits.Application":  # who is shown the row says why first
        root.post(url, {"reason": "Diminta kepala dinas lewat surat 7/2026"})
    shown = root.get(url)
    before = rows_as_text(model)
    answer = client.post(url, {} if model is Proposal else typed(shown))
    assert answer.status_code in (302, 403)
    assert leaked({CANARY}, answer) == set()
    assert rows_as_text(model) == before


@pytest.mark.parametrize("model", OFFICES, ids=IDS)
def test_actions_pass_over_rows_of_another_office(
    two: TwoOffices, words: set[str], client: Client, model: Any
) -> None:
    page: Any = admin.site.get_model_admin(model)
    keys = [row.pk for row in two.rows(model)]
    before = rows_as_text(model)
    request = client.get(address(model, "changelist")).wsgi_request
    for name in page.get_actions(request):
        given = {"action": name, "_selected_action": keys, "post": "yes", "confirmed": "1"}
        answer = client.post(address(model, "changelist"), given)
        assert answer.status_code in (200, 302)
        assert leaked(words, answer) == set(), name
    assert rows_as_text(model) == before


def test_the_address_behind_view_on_site_is_unknown_too(two: TwoOffices, client: Client) -> None:
    for model in OFFICES:
        kind = ContentType.objects.get_for_model(model).pk
        for row in two.rows(model)[:2]:
            url = reverse("admin:view_on_site", args=[kind, row.pk])
            assert client.get(url).status_code == 404, model
    unlisted = ContentType.objects.get_for_model(ContentType).pk
    assert client.get(reverse("admin:view_on_site", args=[unlisted, 1])).status_code == 404


# --- rows of another office are no choice ---


def choices_on(client: Client, model: Any) -> dict[str, ModelChoiceField]:
    answer = client.get(address(model, "add"))
    if answer.status_code != 200:
        return {}
    fields = answer.context["adminform"].form.fields
    return {name: field for name, field in fields.items() if isinstance(field, ModelChoiceField)}


@pytest.mark.parametrize("model", OFFICES, ids=IDS)
def test_a_new_row_cannot_point_to_another_office(
    two: TwoOffices, client: Client, model: Any
) -> None:
    for name, field in choices_on(client, model).items():
        other = field.queryset.model
        if not admin.site.is_registered(other):
            assert not field.queryset.exists(), name  # rows that come into being below the new one
            continue
        page: Any = admin.site.get_model_admin(other)
        if page.offices is SHARED:
            continue
        shown = client.get(address(model, "add"))
        total = model._default_manager.count()
        for row in two.rows(other)[:2]:
            answer = client.post(address(model, "add"), typed(shown, **{name: str(row.pk)}))
            assert answer.status_code == 200, (name, row)
            assert name in answer.context["adminform"].form.errors, (name, row)
            assert CANARY not in said(answer)
        assert model._default_manager.count() == total


@pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning")
def test_names_of_another_office_are_not_completed(
    two: TwoOffices, words: set[str], client: Client
) -> None:
    """Every column that points to a page with a search can be asked, whoever uses it."""
    asked = 0
    for model in PAGES:
        for column in model._meta.fields:
            other = column.remote_field and column.remote_field.model
            if other not in PAGES or not admin.site.get_model_admin(other).search_fields:
                continue
            page: Any = admin.site.get_model_admin(other)
            given = {
                "app_label": model._meta.app_label, "model_name": str(model._meta.model_name),
                "field_name": str(column.name),
            }  # fmt: skip
            for term in ("", CANARY):
                answer = client.get(reverse("admin:autocomplete"), {**given, "term": term})
                assert leaked(words, answer) == set(), column
                if term and page.offices not in (SHARED, PORTAL):
                    assert json.loads(answer.content)["results"] == []
                asked += 1
    assert asked > 20


# --- what all offices share ---


def test_what_is_shared_can_be_read_only(two: TwoOffices, client: Client) -> None:
    for model in PAGES:
        page: Any = admin.site.get_model_admin(model)
        row = model._default_manager.first()
        if page.offices is SHARED and row is not None:
            assert client.get(address(model, "change", row.pk)).status_code == 200
            assert client.post(address(model, "change", row.pk), {}).status_code == 403, model
            assert client.post(address(model, "delete", row.pk), {}).status_code == 403, model
            assert client.post(address(model, "add"), {}).status_code == 403, model
    national = Holiday.objects.filter(office=None)[0]
    own = Holiday.objects.get(office=two.own.office)
    for day in (national, own):
        assert client.get(address(Holiday, "change", day.pk)).status_code == 200
        assert client.post(address(Holiday, "change", day.pk), {}).status_code == 403
    assert client.get(reverse("permits:calendar_effect")).status_code == 403


def test_pages_of_the_portal_are_for_its_own_administrators(
    two: TwoOffices, client: Client
) -> None:
    for model in PAGES:
        page: Any = admin.site.get_model_admin(model)
        if page.offices is PORTAL:
            assert client.get(address(model, "changelist")).status_code == 403
            for url in addresses_of(model, 1):
                assert client.get(url).status_code in (302, 403, 404), url
                assert client.post(url).status_code in (302, 403, 404), url


# --- people ---


def test_applicants_are_not_listed(two: TwoOffices, client: Client) -> None:
    listed = client.get(address(User, "changelist")).context["cl"].queryset
    assert two.own.at("front-office") in listed
    assert two.own.applicant not in listed
    assert two.clerk in listed


def test_who_is_entered_works_in_this_office(two: TwoOffices, client: Client) -> None:
    url = address(User, "add")
    form = client.get(url)
    without = client.post(url, typed(form, full_name="Rina", email="rina@contoh.test"))
    assert "workplace" in without.context["adminform"].form.errors
    own = str(two.own.office.pk)
    client.post(url, typed(form, full_name="Rina", email="rina@contoh.test", workplace=own))
    rina = User.objects.get(email="rina@contoh.test")
    assert rina.workplace == two.own.office
    assert client.get(address(User, "change", rina.pk)).status_code == 200
    other = Client()
    other.force_login(two.other_clerk, "django.contrib.auth.backends.ModelBackend")
    assert other.get(address(User, "change", rina.pk)).status_code == 302


def test_who_serves_two_offices_is_shown_without_the_other_and_changed_by_none(
    two: TwoOffices, words: set[str], client: Client
) -> None:
    person = make_user(full_name="Dua Kantor")
    appoint(person, position_of(two.own.office, "front-office"))
    seat = appoint(person, position_of(two.other.office, "front-office"))
    url = address(User, "change", person.pk)
    shown = client.get(url)
    assert "Dua Kantor" in said(shown)
    assert leaked(words, shown) == set()
    assert leaked(words, client.get(address(User, "changelist"))) == set()
    assert client.post(url, {"email": "ganti@contoh.test"}).status_code == 403
    assert client.get(address(User, "history", person.pk)).status_code == 403
    assert client.get(address(Appointment, "change", seat.pk)).status_code == 302
    password = reverse("admin:auth_user_password_change", args=[person.pk])
    assert client.post(password, {"password1": "x", "password2": "x"}).status_code == 403


def test_nobody_gives_what_they_do_not_have(two: TwoOffices, client: Client) -> None:
    officer = two.own.at("front-office")
    for person in (officer, two.clerk):
        url = address(User, "change", person.pk)
        given = typed(client.get(url), workplace=str(two.own.office.pk))
        more = {
            "is_superuser": "on", "is_staff": "on", "administers": [str(two.other.office.pk)],
            "workplace": str(two.own.office.pk),
        }  # fmt: skip
        assert problems(client.post(url, {**given, **more})) == []
        person = User.objects.get(pk=person.pk)
        assert not person.is_superuser
        assert two.other.office not in person.administers.all()
    assert not User.objects.get(pk=officer.pk).is_staff


def test_an_administrator_of_two_offices_keeps_both(two: TwoOffices) -> None:
    both = Client()
    clerk = make_office_admin(two.own.office, two.other.office)
    both.force_login(clerk, "django.contrib.auth.backends.ModelBackend")
    for office in (two.own.office, two.other.office):
        assert both.get(address(Office, "change", office.pk)).status_code == 200
    third = base_cast().office
    if third.pk not in (two.own.office.pk, two.other.office.pk):
        assert both.get(address(Office, "change", third.pk)).status_code == 302


def test_staff_without_an_office_see_none(two: TwoOffices) -> None:
    nobody = Client()
    nobody.force_login(make_office_admin(), "django.contrib.auth.backends.ModelBackend")
    for model in OFFICES:
        page: Any = admin.site.get_model_admin(model)
        shown = nobody.get(address(model, "changelist"))
        if page.shared_rows is None:
            assert shown.context["cl"].result_count == 0, model


# --- proposals about people ---


def test_proposals_are_those_of_the_own_office(
    two: TwoOffices, words: set[str], client: Client
) -> None:
    listed = client.get(reverse("authority:list"))
    assert "Sendiri ditunjuk" in said(listed)
    assert leaked(words, listed) == set()
    other = Proposal.objects.get(office=two.other.office)
    assert client.get(other.get_absolute_url()).status_code == 404
    confirm = reverse("authority:confirm", args=[other.public_id])
    assert client.post(confirm, {"password": PASSWORD}).status_code == 404


def test_posts_and_people_of_another_office_cannot_be_proposed(
    two: TwoOffices, words: set[str], client: Client
) -> None:
    shown = client.get(reverse("authority:appoint"))
    assert leaked(words, shown) == set()
    given = {
        "person": two.own.at("front-office").email, "capacity": "definitif",
        "started_on": "2026-11-30", "decree_number": "1", "decree_date": "2026-11-01",
        "position": str(position_of(two.other.office, "back-office").pk),
    }  # fmt: skip
    answer = client.post(reverse("authority:appoint"), given)
    assert set(answer.context["form"].errors) == {"position"}
    given["position"] = str(position_of(two.own.office, "back-office").pk)
    given["person"] = two.other.at("front-office").email
    answer = client.post(reverse("authority:appoint"), given)
    assert set(answer.context["form"].errors) == {"person"}
    seat = two.other.at("front-office").appointments.get()
    assert client.get(reverse("authority:amend", args=[seat.pk])).status_code == 404
    for name in ("position", "head"):
        address = reverse(f"authority:{name}", args=[seat.position_id])
        assert client.get(address).status_code == 404
    assert leaked(words, client.get(reverse("complaints:propose_role"))) == set()
    for kind in ("wewenang", "email", "kata_sandi"):
        account = reverse("authority:account", args=[two.other.at("front-office").pk, kind])
        assert client.get(account).status_code == 404


def test_rights_are_proposed_by_administrators_of_the_portal(
    two: TwoOffices, client: Client
) -> None:
    officer = two.own.at("front-office")
    given = {
        "is_active": "on", "is_staff": "on", "administers": [str(two.own.office.pk)],
        "office": str(two.own.office.pk), "reason": "Perlu",
    }  # fmt: skip
    url = reverse("authority:account", args=[officer.pk, "wewenang"])
    total = Proposal.objects.count()
    assert client.post(url, given).status_code == 200
    assert Proposal.objects.count() == total
    ani, budi = make_admin(), make_admin()
    root = Client()
    root.force_login(ani, "django.contrib.auth.backends.ModelBackend")
    assert root.post(url, given).status_code == 302
    made = Proposal.objects.latest("pk")
    proposals.confirm(made, actor=budi, at=timezone.now())
    assert list(User.objects.get(pk=officer.pk).administers.all()) == [two.own.office]


# --- what is told ---


def test_messages_and_counts_are_of_the_own_office(two: TwoOffices) -> None:
    report_tasks(NOON)
    report_failures(NOON)
    told = Notice.objects.filter(recipient=two.clerk)
    assert told.filter(template="notices/admin_task").exists()
    assert CANARY not in json.dumps([row.context for row in told])
    stuck = Notice.objects.stuck().filter(office=two.own.office).count()
    assert told.get(template="notices/failed").context["total"] == stuck
    own = AdminTask.objects.filter(closed_at=None, office=two.own.office).count()
    assert counts(officer_of(two.clerk, NOON)).tasks == own
