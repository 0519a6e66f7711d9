"""A paper that is being made: its page waits by itself and goes to the paper."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from workflow.http import answer_to_waiting


@pytest.mark.parametrize(
    ("ready", "failed", "status"), [(False, False, 204), (True, False, 200), (False, True, 200)]
)
def test_a_page_that_asks_again_is_led_to_the_paper(ready: bool, failed: bool, status: int) -> None:
    request = RequestFactory().get("/permohonan/1/tanda-terima.pdf", headers={"HX-Request": "true"})
    answer = answer_to_waiting(request, ready=ready, failed=failed)
    assert isinstance(answer, HttpResponse)
    assert answer.status_code == status
    assert answer.get("HX-Redirect") == (None if status == 204 else request.path)


def test_whoever_opens_the_address_gets_the_page_or_the_paper() -> None:
    assert answer_to_waiting(RequestFactory().get("/x.pdf"), ready=True) is None
