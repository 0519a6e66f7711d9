"""A form works once: pressed twice, sent again after going back, or at the same moment."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from django.utils import timezone

from tests.factories.races import at_once, waiting_for_a_lock
from workflow import once
from workflow.models import AdminTask, SentForm
from workflow.once import SentOnce

pytestmark = pytest.mark.django_db


def an_act(request: HttpRequest) -> HttpResponse:
    """Write a row and lead to it, as every act does."""
    row = AdminTask.objects.create(key=str(uuid4()), kind="uji", opened_at=timezone.now())
    return HttpResponseRedirect(f"/hasil/{row.pk}/")


def send(view: Callable[..., HttpResponse] = an_act, path: str = "/a/", **fields: Any) -> Any:
    """Send a form; ``said`` on the answer is what the next page says."""
    request: Any = RequestFactory().post(path, fields)
    request.session = {}
    request._messages = FallbackStorage(request)
    response: Any = SentOnce(view)(request)
    response.said = [str(message) for message in request._messages]
    return response


def acts() -> int:
    return AdminTask.objects.count()


def test_what_is_sent_twice_is_done_once_and_leads_to_the_same_result() -> None:
    token = uuid4()
    first = send(once=token, note="Sudah ditelepon.")
    again = send(once=token, note="Sudah ditelepon.", csrfmiddlewaretoken="another")
    assert acts() == 1
    assert again.url == first.url
    assert (first.said, again.said) == (
        [], ["Kiriman ini sudah tersimpan dan tidak disimpan dua kali."]
    )  # fmt: skip


def test_a_form_sent_after_the_session_ended_is_still_free() -> None:
    token = uuid4()
    login = send(lambda _request: HttpResponseRedirect("/akun/login/?next=/a/"), once=token)
    assert login.url.startswith("/akun/login/")
    assert send(once=token).said == []
    assert acts() == 1


def test_going_back_and_writing_something_else_is_another_act() -> None:
    token = uuid4()
    for note in ("satu", "dua", "dua", "satu"):
        send(once=token, note=note)
    assert acts() == 3


def test_another_file_or_another_button_is_another_act() -> None:
    token = uuid4()
    send(once=token, paper=SimpleUploadedFile("a.pdf", b"a"))
    send(once=token, paper=SimpleUploadedFile("a.pdf", b"a"))
    assert acts() == 1
    send(once=token, paper=SimpleUploadedFile("b.pdf", b"bb"))
    send(path="/b/", once=token, paper=SimpleUploadedFile("b.pdf", b"bb"))
    assert acts() == 3


def test_two_pages_have_two_tokens() -> None:
    for _page in range(2):
        send(once=uuid4(), note="Sudah ditelepon.")
    assert acts() == 2


@pytest.mark.parametrize("token", ["", "x", "0" * 40])
def test_without_a_token_a_form_works_as_often_as_it_is_sent(token: str) -> None:
    send(once=token)
    send(once=token)
    assert acts() == 2
    assert not SentForm.objects.exists()


def test_a_form_that_is_shown_again_is_still_free() -> None:
    token = uuid4()
    assert send(lambda request: HttpResponse("faulty"), once=token).status_code == 200
    assert not SentForm.objects.exists()
    assert send(once=token).url
    assert acts() == 1


def test_a_refusal_that_leads_elsewhere_leaves_the_form_free() -> None:
    def refused(request: HttpRequest) -> HttpResponse:
        once.say_not_done(request, "out_of_turn")
        return HttpResponseRedirect("/")

    token = uuid4()
    assert send(refused, once=token).said == send(refused, once=token).said != []
    send(once=token)
    assert acts() == 1


def test_what_broke_half_way_left_nothing_and_may_be_sent_again() -> None:
    def breaks(request: HttpRequest) -> HttpResponse:
        an_act(request)
        return HttpResponse(status=500)

    token = uuid4()
    send(breaks, once=token)
    assert acts() == 0
    send(once=token)
    assert acts() == 1


def test_parts_of_a_page_are_fetched_as_often_as_they_are_asked_for() -> None:
    request = RequestFactory().post("/a/", {"once": uuid4()}, headers={"HX-Request": "true"})
    for _time in range(2):
        SentOnce(an_act)(request)
    assert acts() == 2


def test_old_tokens_are_deleted() -> None:
    send(once=uuid4())
    last = timezone.localdate() + once.KEPT
    assert once.delete_old(last - timedelta(days=1)) == 0
    assert once.delete_old(last) == 1


def test_a_row_names_nobody_and_repeats_nothing() -> None:
    send(once=uuid4(), note="Sudah ditelepon.")
    row = SentForm.objects.get()
    assert "ditelepon" not in f"{row.content} {row.result}"
    assert not [field for field in SentForm._meta.get_fields() if field.is_relation]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_second_press_waits_for_the_first() -> None:
    token, begun = uuid4(), threading.Event()

    def slow(request: HttpRequest) -> HttpResponse:
        begun.set()
        until = time.monotonic() + 10
        while not waiting_for_a_lock() and time.monotonic() < until:
            time.sleep(0.05)
        return an_act(request)

    def second() -> str:
        begun.wait(10)
        return str(send(once=token).url)

    first_url, second_url = at_once(lambda: send(slow, once=token).url, second)
    assert first_url == second_url
    assert acts() == 1
