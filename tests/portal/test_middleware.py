"""One address of a visitor for everything that reads one."""

import pytest
from allauth.account.adapter import get_adapter
from axes.helpers import get_client_ip_address
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from documents import uploads
from portal.middleware import VisitorAddress
from tests.factories.filing import plain_pdf
from tests.factories.permits import Cast, make_submitted
from workflow import throttling
from workflow.domain.errors import DomainError

PROXY = "127.0.0.1"


def seen(request: HttpRequest) -> HttpRequest:
    """Return the request as the portal sees it."""
    VisitorAddress(lambda _request: HttpResponse())(request)
    return request


@pytest.mark.parametrize(
    ("proxies", "claimed", "address"),
    [
        (0, "203.0.113.7", PROXY),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (2, "198.51.100.1, 203.0.113.7", "198.51.100.1"),
        (2, "203.0.113.7", PROXY),
        (1, "", PROXY),
        (1, "unknown", PROXY),
        (1, "<script>", PROXY),
        (1, "::ffff:203.0.113.7", "203.0.113.7"),
        (1, "2001:DB8:0::7", "2001:db8::7"),
    ],
)
def test_all_read_the_same_address(
    settings: Settings, proxies: int, claimed: str, address: str
) -> None:
    settings.PROXY_COUNT = proxies
    request = seen(RequestFactory().get("/", HTTP_X_FORWARDED_FOR=claimed, REMOTE_ADDR=PROXY))
    assert request.META["REMOTE_ADDR"] == address
    assert get_client_ip_address(request) == address
    assert get_adapter().get_client_ip(request) == address
    assert "x-forwarded-for" not in request.headers


def test_a_line_of_ipv6_is_one_client() -> None:
    one, two, other = (
        throttling.address(RequestFactory().get("/", REMOTE_ADDR=address))
        for address in ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:db8:0:2::1")
    )
    assert one == two != other


@pytest.mark.django_db
def test_who_was_refused_what_is_written_down_without_the_address(
    cast: Cast, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    own = make_submitted(cast)
    client.force_login(cast.stranger, "django.contrib.auth.backends.ModelBackend")
    with caplog.at_level("WARNING", logger="portal.middleware"):
        assert client.get(own.get_absolute_url()).status_code == 404
        client.get("/pengaduan/tidak-ada/")
    said = [one.getMessage() for one in caplog.records if one.name == "portal.middleware"]
    assert said == [f"refused GET permits:application to account {cast.stranger.pk}: 404"]
    assert str(own.public_id) not in said[0]


@pytest.mark.django_db
def test_attempts_around_the_controls_are_written_down_without_names(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    foreign = Client(enforce_csrf_checks=True)
    signed_in = Client(enforce_csrf_checks=True)
    signed_in.force_login(cast.stranger, "django.contrib.auth.backends.ModelBackend")
    guesser = Client(REMOTE_ADDR="203.0.113.9")
    with caplog.at_level("WARNING"):
        assert (
            foreign.post(reverse("account_login"), {"login": "kenari@contoh.id"}).status_code == 403
        )
        complaint = reverse("complaints:send", args=[cast.office.code])
        assert signed_in.post(complaint, {"text": "kenari"}).status_code == 403
        for _guess in range(throttling.FAILURES):
            throttling.count_failure("permits-codes:203.0.113.9", timezone.now())
        assert guesser.get(reverse("permits:track")).status_code == 429
        with pytest.raises(DomainError, match="file_continues"):
            uploads.check(SimpleUploadedFile("kenari.pdf", plain_pdf() + b"MZ kenari"))
    said = [one.getMessage() for one in caplog.records if not one.name.startswith("django")]
    assert said == [
        "refused POST account_login to a visitor: 403",
        "refused POST complaints:send to a visitor: 403",
        "refused GET permits:track to a visitor: 429",
        "upload refused: file_continues",
    ]
