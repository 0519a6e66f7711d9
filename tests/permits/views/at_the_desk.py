"""Officers pressing buttons over HTTP."""

from __future__ import annotations

from typing import Any

from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from accounts.models import User
from demo import samples
from permits.models import Application


def address(name: str, application: Application, *more: object) -> str:
    """Return the address of a desk page of one file."""
    return reverse(f"permits:{name}", args=[application.public_id, *more])


def get(user: User, name: str, application: Application | None = None, **query: Any) -> Any:
    """Open a page as ``user``."""
    client = Client()
    client.force_login(user)
    where = address(name, application) if application else reverse(f"permits:{name}")
    return client.get(where, query)


def press(
    user: User, name: str, application: Application, *more: object, htmx: bool = False, **data: Any
) -> Any:
    """Press a button of the page that shows ``application`` as it is given."""
    client = Client()
    client.force_login(user)
    headers = {"HX-Request": "true"} if htmx else {}
    data.setdefault("visit", application.current_step_id)
    return client.post(
        address(name, application, *more), {k: v for k, v in data.items() if v is not None},
        headers=headers,
    )  # fmt: skip


def said(response: Any) -> list[str]:
    """Return the messages that the next page will show."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def words(response: Any) -> str:
    """Return a page with one space where its template has line breaks."""
    return " ".join(response.content.decode().split())


def fresh(application: Application) -> Application:
    """Return the file as it stands now."""
    return samples.reload(application)


def paper(application: Application) -> int:
    """Return the requirement that asks for the one mandatory upload of the sample standard."""
    return application.version.requirements.get(order=2).pk
