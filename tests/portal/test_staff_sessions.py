"""Officers and administrators work with a second factor, and not in a session that rests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from notices.models import Notice
from tests.factories.accounts import PASSWORD, make_admin
from tests.factories.factors import code, come_in, enter, give_app, give_codes
from tests.factories.permits import Cast
from workflow.refusals import sentence

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"
SET_UP, SHOW = "/akun/2fa/", "/akun/2fa/reauthenticate/"
DESK = reverse("permits:worklist")
COMMIT = "django_capture_on_commit_callbacks"


@pytest.fixture(autouse=True)
def _as_in_production(settings: Any, limits_on: None) -> None:
    """The second factor is asked for; guesses are counted, and written down."""
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def officer(cast: Cast) -> User:
    """The officer of the counter, who has no second factor yet."""
    return cast.at("front-office")


def by_password(client: Client, person: User) -> Client:
    """Sign in where the second step is not asked for: the person has none yet."""
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(person.pk)
    return client


def led_to(answer: Any) -> str:
    """Return the page to which an answer leads, without what is behind "?"."""
    assert answer.status_code == 302, answer.status_code
    return str(answer["Location"]).partition("?")[0]


# --- who is led away ------------------------------------------------------------------------------


def test_an_officer_without_a_second_factor_is_led_to_its_set_up(
    officer: User, client: Client
) -> None:
    inside = by_password(client, officer)
    assert led_to(inside.get(DESK)) == SET_UP
    page = inside.get(SET_UP).content.decode()
    assert "Pilih satu cara sebelum mulai bekerja" in page
    assert "Aktifkan" in page


def test_the_first_login_leads_there_by_itself(officer: User, client: Client) -> None:
    typed = {"login": officer.email, "password": PASSWORD}
    answer = client.post(reverse("account_login"), typed, follow=True)
    assert answer.redirect_chain[-1][0].startswith(SET_UP)


def test_an_administrator_is_led_there_too(cast: Cast, client: Client) -> None:
    inside = by_password(client, make_admin())
    assert led_to(inside.get(reverse("admin:index"))) == SET_UP


def test_an_applicant_is_not_asked(cast: Cast, client: Client) -> None:
    inside = by_password(client, cast.applicant)
    assert inside.get(reverse("permits:my_applications")).status_code == 200


def test_somebody_whose_appointment_has_ended_is_not_asked(cast: Cast, client: Client) -> None:
    person = cast.at("sekretaris")
    person.appointments.update(ended_on=timezone.localdate() - timedelta(days=1))
    inside = by_password(client, person)
    assert inside.get(reverse("permits:my_applications")).status_code == 200


def test_public_pages_and_those_of_the_account_stay_open(officer: User, client: Client) -> None:
    inside = by_password(client, officer)
    for name in ("portal:home", "standards:service_list", "account_logout", "mfa_index"):
        assert inside.get(reverse(name)).status_code == 200, name


def test_they_see_no_desk_and_no_counts_of_it(officer: User, client: Client) -> None:
    page = by_password(client, officer).get(SET_UP).content.decode()
    assert DESK not in page.replace(f"next={DESK}", "")


def test_a_session_opened_by_password_alone_counts_not_although_there_is_a_factor(
    officer: User, client: Client
) -> None:
    inside = by_password(client, officer)
    give_app(officer)  # set up in another browser meanwhile
    answer = inside.get(DESK)
    assert led_to(answer) == SHOW
    assert inside.get(answer["Location"]).status_code == 200


def test_recovery_codes_alone_are_no_second_factor(officer: User, client: Client) -> None:
    give_codes(officer)
    assert led_to(by_password(client, officer).get(DESK)) == SET_UP


# --- what was sent is not done, and not lost ------------------------------------------------------


def test_what_was_sent_is_not_done_and_leads_back_to_its_page(
    officer: User, client: Client
) -> None:
    inside = by_password(client, officer)
    page = reverse("notices:preferences")
    answer = inside.post(page, {"once": "0b2ef43e-9f6f-4c86-9f0e-1d6bd6a1b0c4"})
    assert led_to(answer) == SET_UP
    said = [str(one) for one in get_messages(answer.wsgi_request)]
    assert said[-1] == sentence("second_factor_not_set_up")
    again = inside.get(SET_UP).content.decode()
    assert "data-typed-kept" in again


def test_a_form_led_away_stays_free_to_be_sent(officer: User, client: Client) -> None:
    inside = by_password(client, officer)
    sent = {"once": "0b2ef43e-9f6f-4c86-9f0e-1d6bd6a1b0c4"}
    assert led_to(inside.post(reverse("notices:read_all"), sent)) == SET_UP
    inside.logout()
    come_in(inside, officer)
    answer = inside.post(reverse("notices:read_all"), sent, follow=True)
    assert "tidak disimpan dua kali" not in answer.content.decode()


def test_a_script_gets_a_sentence(officer: User, client: Client) -> None:
    inside = by_password(client, officer)
    answer = inside.get(DESK, headers={"HX-Request": "true"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "verifikasi dua langkah diperlukan" in page
    assert "<html" not in page


# --- with a second factor -------------------------------------------------------------------------


def test_with_the_second_step_the_desk_opens(officer: User, client: Client) -> None:
    come_in(client, officer)
    assert client.get(DESK).status_code == 200


def test_a_recovery_code_opens_it_once(officer: User, client: Client) -> None:
    give_app(officer)
    codes = give_codes(officer)
    assert enter(client, officer, codes[0]).status_code == 302
    assert client.get(DESK).status_code == 200
    assert enter(Client(), officer, codes[0]).status_code == 200  # asked again


@pytest.mark.django_db(transaction=True)
def test_setting_it_up_counts_as_showing_it_and_leads_on_to_the_work(
    officer: User, client: Client
) -> None:
    inside = by_password(client, officer)
    inside.get(DESK)
    page = inside.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200  # the login a moment ago is proof enough
    typed = {"code": code(page.context["form"].secret)}
    done = inside.post(reverse("mfa_activate_totp"), typed, follow=True)
    assert "Sudah saya simpan, lanjutkan" in done.content.decode()
    assert led_to(inside.get(reverse("portal:after_login"))) == DESK
    assert inside.get(DESK).status_code == 200
    mail = Notice.objects.latest("pk")
    assert mail.address == officer.email
    assert "Verifikasi dua langkah diaktifkan" in mail.context["subject"]


def test_a_new_password_by_mail_does_not_replace_the_second_step(
    officer: User, client: Client
) -> None:
    secret = give_app(officer)
    client.post(reverse("account_reset_password"), {"email": officer.email})
    [mail] = Notice.objects.all()
    link = next(word for word in mail.context["body"].split() if "/password/reset/key/" in word)
    form = client.get(link, follow=True)
    new = "perahu-kertas-tujuh-belas"
    typed = {"password1": new, "password2": new}
    answer = client.post(form.redirect_chain[-1][0], typed, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("mfa_authenticate")
    assert led_to(client.get(DESK)) == reverse("account_login")
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert client.get(DESK).status_code == 200


@pytest.mark.parametrize(("minutes", "works"), [(59, True), (61, False)])
def test_the_link_for_a_new_password_works_for_one_hour(
    officer: User, client: Client, minutes: int, works: bool
) -> None:
    client.post(reverse("account_reset_password"), {"email": officer.email})
    body = Notice.objects.get().context["body"]
    assert "satu jam" in body
    link = next(word for word in body.split() if "/password/reset/key/" in word)
    with time_machine.travel(timezone.localtime() + timedelta(minutes=minutes)):
        page = client.get(link, follow=True).content.decode()
    assert ('name="password1"' in page) is works


def test_taking_the_factor_away_closes_the_desk_at_once(officer: User, client: Client) -> None:
    come_in(client, officer)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=officer).exists()
    assert led_to(client.get(DESK)) == SET_UP
    assert "dimatikan" in Notice.objects.latest("pk").context["subject"]


def test_guessed_codes_are_counted(officer: User, client: Client) -> None:
    give_app(officer)
    client.post(reverse("account_login"), {"login": officer.email, "password": PASSWORD})
    for _try in range(10):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    answer = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Terlalu banyak percobaan" in answer.content.decode()


def test_who_knows_the_password_does_not_keep_the_owner_out_by_wrong_codes(
    officer: User, client: Client
) -> None:
    secret = come_in(client, officer)
    client.post(reverse("account_logout"))
    thief = Client()
    for _try in range(11):
        refused = enter(thief, officer, "000000")
    assert "Terlalu banyak percobaan" in refused.content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):  # a code works once
        assert enter(client, officer, code(secret)).status_code == 302
        assert "Terlalu banyak" in enter(thief, officer, "000000").content.decode()


# --- fresh authentication for what changes the account --------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
     "mfa_add_webauthn"],
)  # fmt: skip
def test_after_five_minutes_the_second_factor_is_asked_again(
    officer: User, client: Client, name: str
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        come_in(client, officer)
        give_codes(officer)
        clock.shift(timedelta(minutes=4, seconds=59))
        assert client.get(reverse(name)).status_code == 200
        clock.shift(timedelta(seconds=2))
        assert led_to(client.get(reverse(name))) == SHOW
        assert led_to(client.get("/akun/reauthenticate/")) == SHOW  # the password is not enough


def test_a_new_password_needs_the_second_factor_too_and_is_kept_nowhere_meanwhile(
    officer: User, client: Client
) -> None:
    page, new = reverse("account_change_password"), "perahu-kertas-tujuh-belas"
    typed = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    with time_machine.travel(timezone.now(), tick=False) as clock:
        secret = come_in(client, officer)
        clock.shift(timedelta(minutes=6))
        assert led_to(client.get(page)) == SHOW
        answer = client.post(page, {**typed, "once": str(uuid4())})
        assert led_to(answer) == SHOW
        assert "Kata sandi belum diganti" in client.get(answer["Location"]).content.decode()
        assert new not in str(dict(client.session))
        officer.refresh_from_db()
        assert officer.check_password(PASSWORD)
        assert led_to(client.post(answer["Location"], {"code": code(secret)})) == page
        client.post(page, typed)
    officer.refresh_from_db()
    assert officer.check_password(new)


def test_another_address_needs_it_too(cast: Cast, client: Client) -> None:
    typed = {"action_add": "", "email": "lain@contoh.test"}
    with time_machine.travel(timezone.now(), tick=False) as clock:
        by_password(client, cast.applicant)
        clock.shift(timedelta(minutes=6))
        assert led_to(client.post(reverse("account_email"), typed)) == "/akun/reauthenticate/"
    assert not EmailAddress.objects.filter(email=typed["email"]).exists()


def test_an_applicant_proves_it_with_the_password(cast: Cast, client: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        by_password(client, cast.applicant)
        assert client.get(reverse("mfa_activate_totp")).status_code == 200
        clock.shift(timedelta(minutes=6))
        answer = client.get(reverse("mfa_activate_totp"))
        assert led_to(answer) == "/akun/reauthenticate/"


# --- a session that rests -------------------------------------------------------------------------


def test_a_session_ends_after_thirty_minutes_without_an_act(officer: User, client: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        come_in(client, officer)
        for _act in range(3):
            clock.shift(timedelta(minutes=29))
            assert client.get(DESK).status_code == 200
        clock.shift(timedelta(minutes=30))
        answer = client.get(DESK)
        assert led_to(answer) == reverse("account_login")
        assert "next=" in answer["Location"]
        assert "lama tidak aktif" in client.get(answer["Location"]).content.decode()


def test_a_session_ends_after_twelve_hours_whatever_is_done(officer: User, client: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        come_in(client, officer)
        client.get(DESK)
        for _act in range(35):
            clock.shift(timedelta(minutes=20))
            assert client.get(DESK).status_code == 200
        clock.shift(timedelta(minutes=20))
        answer = client.get(DESK)
        assert led_to(answer) == reverse("account_login")
        assert "dua belas jam" in client.get(answer["Location"]).content.decode()


def test_the_session_of_an_applicant_ends_after_twelve_hours_too(
    cast: Cast, client: Client
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.force_login(cast.applicant, BACKEND)
        mine = reverse("permits:my_applications")
        assert client.get(mine).status_code == 200
        for _act in range(3):
            clock.shift(timedelta(hours=4) - timedelta(seconds=1))
            session = client.session
            session["something"] = _act  # what changes the session prolongs it
            session.save()
            assert client.get(mine).status_code == 200
        clock.shift(timedelta(seconds=3))
        assert led_to(client.get(mine)) == reverse("account_login")


def test_a_page_that_polls_does_not_keep_it_open(officer: User, client: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        come_in(client, officer)
        client.get(DESK)
        for _poll in range(5):
            clock.shift(timedelta(minutes=5))
            polled = client.get(DESK, headers={"HX-Request": "true"})
            assert polled.status_code == 200
        clock.shift(timedelta(minutes=5))
        assert client.get(DESK, headers={"HX-Request": "true"}).status_code == 401
        assert led_to(client.get(DESK)) == reverse("account_login")


def test_what_was_sent_then_is_not_done(officer: User, client: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        come_in(client, officer)
        client.get(DESK)
        clock.shift(timedelta(minutes=31))
        answer = client.post(reverse("notices:read_all"))
        assert led_to(answer) == reverse("account_login")


def test_an_applicant_stays_for_hours(cast: Cast, client: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        by_password(client, cast.applicant)
        clock.shift(timedelta(hours=11))
        assert client.get(reverse("permits:my_applications")).status_code == 200
        clock.shift(timedelta(hours=2))
        assert client.get(reverse("permits:my_applications")).status_code == 302


# --- the demo -------------------------------------------------------------------------------------


def test_the_demo_says_on_every_page_that_it_does_without(settings: Any, client: Client) -> None:
    said = "tanpa verifikasi dua langkah"
    assert said not in client.get("/").content.decode()
    settings.SECOND_FACTOR_REQUIRED = False
    assert said in client.get("/").content.decode()
    assert said in client.get(reverse("account_login")).content.decode()


def test_the_demo_says_on_every_page_that_files_are_not_scanned(
    settings: Any, client: Client
) -> None:
    said = "Berkas tidak diperiksa dari virus."
    settings.DEMO = False
    assert said not in client.get("/").content.decode()
    settings.DEMO = True
    assert not settings.CLAMD_ADDRESS
    for page in ("/", reverse("account_login"), reverse("standards:service_list")):
        assert said in client.get(page).content.decode(), page
