"""Behind the documented nginx everybody has an address, and nobody shuts the door for others."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import create_connection
from threading import Thread
from time import monotonic

import pytest

from tests.nginx import Visitor, documented_settings, running_nginx
from tests.servers import Portal, running_portal

pytestmark = [pytest.mark.postgres, pytest.mark.slow]  # the shorter half of `make test`
PASSWORD = "demo-sungai-kampar"
OFFICE = "127.0.7.1"  # one address for all its officers
COLLEAGUES = [
    f"{name}@pekanbaru.demo.invalid"
    for name in ("fo", "bo", "tim-teknis", "analis-muda", "analis-madya", "sekretaris", "kabid")
]
HEAD = "kepala@pekanbaru.demo.invalid"
RECORDED = (
    "from axes.models import {0} as L;"
    "print(*sorted({{(row.username, row.ip_address) for row in L.objects.all()}}))"
)


@pytest.fixture(scope="module")
def behind() -> Iterator[tuple[Portal, int]]:
    """Run a portal that is told of one proxy, and that proxy."""
    with (
        running_portal(environment={"PROXY_COUNT": "1"}, parts=("web",)) as portal,
        running_nginx(portal.port) as port,
    ):
        yield portal, port


def test_every_place_of_the_settings_says_who_the_visitor_is() -> None:
    settings = documented_settings()
    places = settings.count("proxy_pass")
    assert places > 3
    assert settings.count("proxy_set_header X-Forwarded-For $remote_addr;") == places


def test_wrong_passwords_at_one_address_close_no_door(behind: tuple[Portal, int]) -> None:
    portal, port = behind
    for number, email in enumerate(COLLEAGUES * 2):
        assert not Visitor(port, OFFICE).login(email, f"salah-{number}")
    assert all(Visitor(port, OFFICE).login(email, PASSWORD) for email in COLLEAGUES)
    assert Visitor(port, "127.0.7.2").login("pemohon1@demo.invalid", PASSWORD)
    for record in ("AccessLog", "AccessAttempt"):
        rows = portal.play(RECORDED.format(record))
        assert f"('{COLLEAGUES[0]}', '{OFFICE}')" in rows
        assert "'127.0.0.1'" not in rows
        assert "None" not in rows


def test_a_morning_at_one_office_is_slow_but_open(behind: tuple[Portal, int]) -> None:
    _portal, port = behind
    with ThreadPoolExecutor(10) as crowd:
        entered = crowd.map(
            lambda email: Visitor(port, "127.0.7.3").login(email, PASSWORD), COLLEAGUES * 5
        )
        assert list(entered) == [True] * len(COLLEAGUES) * 5


class _Door(BaseHTTPRequestHandler):
    """Answers every password at once with its port, so that only nginx lets anybody wait."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        said = str(self.connection.getsockname()[1]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    do_GET = do_POST

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


class _Doors(ThreadingHTTPServer):
    request_queue_size = 512


@contextmanager
def answering() -> Iterator[int]:
    """Run a portal that only answers; yield its port."""
    with _Doors(("127.0.0.1", 0), _Door) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.fixture
def door() -> Iterator[int]:
    """Run nginx before a portal that only answers; yield its port."""
    with answering() as portal, running_nginx(portal) as port:
        yield port


def test_a_password_of_a_stranger_holds_no_process_of_the_pages() -> None:
    with answering() as pages, answering() as others, running_nginx(pages, others) as port:
        stranger = Visitor(port, "127.0.11.1")
        known = Visitor(port, OFFICE, cookies={"csrftoken": "y", "__Host-device-0123456789ab": "x"})

        def asked(who: Visitor, path: str, *fields: dict[str, str]) -> str:
            return {str(pages): "pages", str(others): "others"}[who.ask(path, *fields)[1]]

        for path in ("/akun/login/", "/akun/2fa/authenticate/", "/akun/password/reset/"):
            assert asked(stranger, path, {"login": "x"}) == "others"
            assert asked(stranger, path) == "pages"
            assert asked(known, path, {"login": "x"}) == "pages"
        assert asked(stranger, "/pengaduan/kirim/", {"text": "x"}) == "pages"
        stranger.headers["Content-Type"] = "multipart/form-data; boundary=x"
        assert asked(stranger, "/pengaduan/kirim/") == "others"


def test_forty_people_of_one_address_open_a_page_with_its_files_at_once(door: int) -> None:
    visitors = [Visitor(door, OFFICE) for _person in range(40)]
    files = [f"/static/portal/{number}.js" for number in range(12)]
    with ThreadPoolExecutor(240) as crowd:
        asked = [crowd.submit(one.ask, path) for one in visitors for path in ("/", *files)]
        assert {one.result()[0] for one in asked} == {200}


def test_two_hundred_pages_at_once_from_one_address_are_slowed_and_not_refused(door: int) -> None:
    began = monotonic()
    with ThreadPoolExecutor(200) as crowd:
        said = list(crowd.map(lambda _nth: Visitor(door, OFFICE).ask("/layanan/")[0], range(200)))
    assert set(said) == {200}
    assert monotonic() - began > 5, "sixty at once and then twenty a second"


def test_who_has_a_known_device_does_not_queue_behind_strangers(door: int) -> None:
    known = Visitor(door, OFFICE, cookies={"device-0123456789ab": "x"})
    began = monotonic()
    with ThreadPoolExecutor(60) as crowd:
        strangers = [Visitor(door, f"127.0.10.{nth + 1}") for nth in range(60)]
        guesses = [crowd.submit(one.ask, "/akun/login/", {"login": "x"}) for one in strangers]
        next(as_completed(guesses))
        assert known.ask("/akun/login/", {"login": "x"})[0] == 200
        assert not all(guess.done() for guess in guesses), "he waited behind all of them"
    assert {guess.result()[0] for guess in guesses} == {200}, "they are slowed, not refused"
    assert monotonic() - began > 10, "twenty at once and then three a second"


def test_an_account_has_ten_guesses_an_hour_from_all_addresses_together(
    behind: tuple[Portal, int],
) -> None:
    _portal, port = behind
    known = Visitor(port, OFFICE)
    assert known.login(HEAD, PASSWORD)
    del known.cookies["sessionid"]
    said = []
    for number in range(20):
        claimed = {"X-Forwarded-For": f"203.0.113.{number}"}
        stranger = Visitor(port, f"127.0.8.{number}", claimed)
        fields = {"login": HEAD.upper(), "password": f"salah-{number}"}
        said.append("Terlalu banyak percobaan" in stranger.fill("/akun/login/", **fields)[1])
    assert said == [False] * 10 + [True] * 10
    assert not Visitor(port, "127.0.9.1").login(HEAD, PASSWORD), "the eleventh guess might be right"
    assert known.login(HEAD, PASSWORD), "strangers do not keep the head out of his own device"
    assert Visitor(port, OFFICE).login(COLLEAGUES[0], PASSWORD)


def test_a_known_device_has_ten_guesses_of_its_own(behind: tuple[Portal, int]) -> None:
    _portal, port = behind
    device = Visitor(port, "127.0.9.2")
    assert device.login("pemohon2@demo.invalid", PASSWORD)
    del device.cookies["sessionid"]
    for number in range(10):
        assert not device.login("pemohon2@demo.invalid", f"salah-{number}")
    assert not device.login("pemohon2@demo.invalid", PASSWORD)
    assert Visitor(port, "127.0.9.3").login("pemohon2@demo.invalid", PASSWORD)


def test_guessing_codes_blocks_the_guesser_whatever_he_claims(behind: tuple[Portal, int]) -> None:
    _portal, port = behind
    guesser = Visitor(port, "127.0.9.4")
    for number in range(31):
        guesser.headers["X-Forwarded-For"] = f"203.0.113.{number}"
        status, _page = guesser.ask(f"/lacak/AAAA-BBBB-{number:04}/")
    assert status == 429
    assert Visitor(port, "127.0.9.5").ask("/lacak/AAAA-BBBB-CCCC/")[0] == 404


# Two readers of one request -------------------------------------------------------------------

HIDDEN = b"GET /robots.txt HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
ENDED = b"0\r\n\r\n" + HIDDEN  # a body in chunks that ends, and what hides behind it
UNCLEAR = {
    "a length and chunks": ["Content-Length: %d", "Transfer-Encoding: chunked"],
    "chunks and a length": ["Transfer-Encoding: chunked", "Content-Length: %d"],
    "two lengths": ["Content-Length: 5", "Content-Length: %d"],
    "two lengths in one": ["Content-Length: 5, %d"],
    "a length with a sign": ["Content-Length: +5"],
    "a length in another base": ["Content-Length: 0x5"],
    "a name that ends in a blank": ["Content-Length: %d", "Transfer-Encoding : chunked"],
    "a name before a tab": ["Content-Length: %d", "Transfer-Encoding:\tchunked"],
    "an unknown coding": ["Content-Length: %d", "Transfer-Encoding: xchunked"],
    "two codings": ["Transfer-Encoding: chunked", "Transfer-Encoding: identity"],
    "a coding with more": ["Transfer-Encoding: chunked, identity"],
    "a folded header": ["X-Folded: a\r\n Transfer-Encoding: chunked", "Content-Length: %d, 5"],
    "a header behind a bare line feed": ["X: a\nTransfer-Encoding: chunked", "Content-Length: %d"],
}  # fmt: skip


def say(port: int, headers: list[str]) -> bytes:
    """Send a request whose end can be read in two ways; return all that comes back."""
    lines = ["POST /akun/login/ HTTP/1.1", "Host: 127.0.0.1", *headers]
    head = "\r\n".join(lines).replace("%d", str(len(ENDED))).encode()
    with create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(head + b"\r\n\r\n" + ENDED)
        answer = b""
        with suppress(ConnectionResetError, TimeoutError):  # refused early; or waits for another
            while part := connection.recv(65536):
                answer += part
    return answer


@pytest.mark.parametrize("headers", UNCLEAR.values(), ids=UNCLEAR.keys())
@pytest.mark.parametrize("reader", ["nginx", "gunicorn"])
def test_no_request_hides_in_another(
    behind: tuple[Portal, int], reader: str, headers: list[str]
) -> None:
    portal, port = behind
    answer = say(port if reader == "nginx" else portal.port, headers)
    assert b"User-agent" not in answer, "the hidden request was answered"
    assert answer.count(b"HTTP/1.") == 1
    assert answer.split()[1] in (b"400", b"403", b"501"), answer[:200]  # 403: one form, no token
    assert Visitor(port, OFFICE).ask("/robots.txt")[0] == 200


def test_what_hides_would_be_seen(behind: tuple[Portal, int]) -> None:
    _portal, port = behind
    assert b"User-agent" in say(port, ["Content-Length: 5"]), "a request behind another is its own"
