"""Render stored content as PDF/A.

Call it from background jobs only: a page takes 0.1 s, the first page of a process 1 s more.
Nothing is fetched while rendering: fonts, emblem and QR code are ``data:`` URLs of the document,
any other URL raises an error. WeasyPrint is imported late, so that a machine without Pango can
still migrate, test and serve pages.
"""

import atexit
import base64
import ctypes
import hashlib
import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

if TYPE_CHECKING:
    from weasyprint import CSS, Document
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

FONTS = Path(__file__).parent / "fonts"
STYLE_SHEET = "certificates/print.css"
_FACES = (
    ("Print Serif", "STIXTwoText-Regular.ttf", "normal", 400),
    ("Print Serif", "STIXTwoText-Italic.ttf", "italic", 400),
    ("Print Serif", "STIXTwoText-Bold.ttf", "normal", 700),
    ("Print Sans", "PlusJakartaSans-Regular.ttf", "normal", 400),
    ("Print Sans", "PlusJakartaSans-SemiBold.ttf", "normal", 600),
    ("Print Sans", "PlusJakartaSans-Bold.ttf", "normal", 700),
)
_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
# what fits one page in the tight layout is one page: the signature has no page to itself
_DENSE = {"certificates/certificate.html": ('class="certificate"', 'class="certificate dense"')}
_OPTIONS: dict[str, Any] = {
    "pdf_variant": "pdf/a-3u",
    "pdf_tags": True,  # screen readers find headings, tables and the text of the QR code
    "presentational_hints": False,
}
_IMAGES = ("image/png", "image/jpeg")
_QR_MASK = 2  # every mask is valid; comparing all eight takes segno five times as long


class RenderError(Exception):
    """The document could not be rendered; the message gives the reason, for log and job."""


@dataclass(frozen=True, slots=True)
class _Press:
    """Objects made once per process; a font configuration per document would leak memory."""

    fonts: "FontConfiguration"
    style: "CSS"
    fetcher: "URLFetcher"
    font_folder: Path | None

    @property
    def stands(self) -> bool:
        """Rebuild them if the unpacked fonts were deleted from /tmp."""
        return self.font_folder is None or self.font_folder.is_dir()


_lock = threading.Lock()  # two threads in one font configuration corrupt the heap
_presses: list[_Press] = []
atexit.register(_presses.clear)  # while Python can still delete the unpacked fonts


def render_pdf(
    template: str, context: Mapping[str, Any], *, identifier: bytes | None = None
) -> bytes:
    """Return ``template`` filled with ``context`` as PDF/A-3u.

    The same content gives the same bytes. ``identifier`` becomes the file identifier; without it
    one is derived from the content.
    """
    emblem = context.get("office", {}).get("logo_data_uri", "")
    if emblem and not emblem.startswith(tuple(f"data:{kind};base64," for kind in _IMAGES)):
        raise RenderError(
            "The emblem of the office must be a PNG or JPEG, written as data: address"
        )
    pictures = {"qr": _qr_of(context), "survey_qr": _survey_qr_of(context)}
    html = render_to_string(template, {**context, **pictures})
    identifier = identifier or hashlib.sha256(html.encode()).digest()[:16]
    with _lock:
        return _print(html, identifier, _DENSE.get(template))


def qr_data_uri(text: str) -> str:
    """Return a QR code as a PNG of one pixel per module, to be enlarged without smoothing."""
    import segno

    picture = BytesIO()
    segno.make_qr(text, error="m", mask=_QR_MASK, boost_error=False).save(
        picture, kind="png", scale=1, border=4
    )
    return _data_uri(picture.getvalue(), "image/png")


def missing_libraries() -> list[str]:
    """Return the Debian packages that rendering needs and that are not installed."""
    return [package for library, package in _LIBRARIES.items() if not _loads(library)]


def _print(html: str, identifier: bytes, dense: tuple[str, str] | None = None) -> bytes:
    """Print ``html``; with the change ``dense`` to it if it is one page then, and only then."""
    _press()  # says which system libraries are missing
    from weasyprint.urls import FatalURLFetchingError

    try:
        document = _lay_out(html)
        if dense and len(document.pages) > 1:
            tight = _lay_out(html.replace(*dense, 1))
            document = tight if len(tight.pages) == 1 else document
        return bytes(document.write_pdf(pdf_identifier=identifier, **_OPTIONS))
    except FatalURLFetchingError as error:
        raise RenderError(f"The document asks for something outside itself: {error}") from error
    except RecursionError as error:
        raise RenderError("The document is nested too deeply") from error


def _lay_out(html: str) -> "Document":
    press = _press()
    from weasyprint import HTML

    return HTML(string=html, url_fetcher=press.fetcher).render(
        stylesheets=[press.style], font_config=press.fonts, **_OPTIONS
    )


def _press() -> _Press:
    if not _presses or not _presses[0].stands:
        _presses[:] = [_set_up()]
    return _presses[0]


def _set_up() -> _Press:
    try:
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher
    except OSError as error:
        packages = " ".join(missing_libraries()) or "libpango-1.0-0 libpangoft2-1.0-0"
        raise RenderError(f"Install the system libraries first: {packages} ({error})") from error
    logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)  # six lines per document
    fonts = FontConfiguration()
    fetcher = URLFetcher(allowed_protocols=["data"], allow_redirects=False, fail_on_errors=True)
    style = CSS(
        string=_font_faces() + render_to_string(STYLE_SHEET),
        font_config=fonts,
        url_fetcher=fetcher,
    )
    folder = getattr(fonts, "_folder", None)
    return _Press(fonts, style, fetcher, folder)


def _font_faces() -> str:
    return "".join(
        f"@font-face{{font-family:'{family}';font-style:{style};font-weight:{weight};"
        f"src:url({_data_uri((FONTS / name).read_bytes(), 'font/ttf')})}}\n"
        for family, name, style, weight in _FACES
    )


def _qr_of(context: Mapping[str, Any]) -> str:
    """The URL of the QR code: the verification page or the tracking page; empty on a draft."""
    target = context.get("verification") or context.get("tracking") or {}
    if context.get("draft") or not target.get("url"):
        return ""
    return qr_data_uri(target["url"])


def _survey_qr_of(context: Mapping[str, Any]) -> str:
    """The URL of the QR code that leads to the survey; empty where nothing is asked."""
    url = (context.get("survey") or {}).get("url")
    return "" if context.get("draft") or not url else qr_data_uri(url)


def _data_uri(content: bytes, content_type: str) -> str:
    return f"data:{content_type};base64,{base64.b64encode(content).decode('ascii')}"


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
