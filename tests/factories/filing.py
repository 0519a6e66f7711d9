"""What applicants upload, good and bad, and a signed-in browser."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from permits.models import Application
from standards.models import Requirement

BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(user: User) -> Client:
    """Return a browser in which ``user`` is signed in."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def url(name: str, application: Application, *more: Any) -> str:
    """Return the address of a page of ``application``."""
    return reverse(f"permits:{name}", args=[application.public_id, *more])


def requirement(application: Application, number: int) -> Requirement:
    """Return a requirement by its place in the standard of the factories, from 1."""
    found: Requirement = application.version.requirements.get(order=number)
    return found


def named(name: str, content: bytes, kind: str = "application/pdf") -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, content, kind)


def _saved(pdf: pikepdf.Pdf, **how: Any) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **how)
    return out.getvalue()


def _blank() -> pikepdf.Pdf:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    return pdf


def plain_pdf() -> bytes:
    """Return a one-page PDF."""
    return _saved(_blank())


def locked_pdf() -> bytes:
    """Return a PDF that asks for a password."""
    return _saved(_blank(), encryption=pikepdf.Encryption(owner="a", user="b"))


def scripted_pdf(where: str) -> bytes:
    """Return a PDF with a script: on opening, in the name tree, or on a page."""
    pdf = _blank()
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    if where == "opening":
        pdf.Root.OpenAction = action
    elif where == "names":
        tree = pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("a"), action]))
        pdf.Root.Names = pikepdf.Dictionary(JavaScript=tree)
    else:
        pdf.pages[0].AA = pikepdf.Dictionary(O=action)
    return _saved(pdf)


def png(size: tuple[int, int] = (40, 30)) -> bytes:
    """Return a picture."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "PNG")
    return out.getvalue()


def a_zip() -> bytes:
    """Return an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("isi.txt", "isi")
    return out.getvalue()
