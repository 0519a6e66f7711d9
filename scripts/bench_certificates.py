"""Our certificate path beside the bare libraries on the same page, interleaved in one process."""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.bench")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.template.loader import render_to_string  # noqa: E402
from django.utils import timezone  # noqa: E402

from documents import rendering  # noqa: E402
from documents.signing import signer_for  # noqa: E402
from permits.content.certificates import draft_content  # noqa: E402
from permits.models import Application  # noqa: E402

ROUNDS = 25
TRIES = 3
MANY = 200
OFFICE = "pekanbaru"
TEMPLATE = "certificates/certificate.html"


def content() -> dict[str, Any]:
    """Return a final certificate of the demo world."""
    application = Application.objects.filter(office__code=OFFICE).latest("pk")
    filled = draft_content(application)
    filled.update(
        draft=False,
        number="503/0001/BKK/DPMPTSP/XI/2026",
        date="27 November 2026",
        verification={"url": f"{settings.SITE_URL}/v/{'x' * 32}/", "code": "ABCDEFGH"},
    )
    return filled


def bare_path(page: dict[str, Any]) -> Callable[[], bytes]:
    """Return WeasyPrint and pyHanko at their best settings: fonts, style and key loaded once."""
    from cryptography.hazmat.primitives.asymmetric import padding
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    class Loaded(signers.SimpleSigner):
        """The key stays an object: stock pyHanko parses and checks it at each signature."""

        key: Any = None

        async def async_sign_raw(
            self, data: bytes, digest_algorithm: str, dry_run: bool = False
        ) -> bytes:
            return bytes(self.key.sign(data, padding.PKCS1v15(), SHA256()))

    from documents.signing import _passphrase

    path = Path(settings.SIGNING_DIR) / f"{OFFICE}.p12"
    secret = _passphrase(path).encode()
    stock = signers.SimpleSigner.load_pkcs12(str(path), passphrase=secret)
    signer = Loaded(
        signing_cert=stock.signing_cert,
        signing_key=stock.signing_key,
        cert_registry=stock.cert_registry,
    )
    signer.key = load_pkcs12(path.read_bytes(), secret).key
    fonts = FontConfiguration()
    fetcher = URLFetcher(allowed_protocols=["data"])
    style = CSS(
        string=rendering._font_faces() + render_to_string(rendering.STYLE_SHEET),
        font_config=fonts,
        url_fetcher=fetcher,
    )
    html = render_to_string(TEMPLATE, {**page, "qr": rendering._qr_of(page)})

    def make() -> bytes:
        pdf = HTML(string=html, url_fetcher=fetcher).write_pdf(
            stylesheets=[style],
            font_config=fonts,
            pdf_variant="pdf/a-3u",
            pdf_identifier=b"0" * 16,
            pdf_tags=True,
        )
        out = BytesIO()
        meta = signers.PdfSignatureMetadata(
            field_name="Signature",
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        )
        signers.PdfSigner(meta, signer).sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=out)
        return out.getvalue()

    return make


def our_path(page: dict[str, Any]) -> Callable[[], bytes]:
    """Return what the worker does for one certificate, template and self-check included."""

    def make() -> bytes:
        signer = signer_for(OFFICE)
        pdf = rendering.render_pdf(TEMPLATE, page)
        return signer.sign(pdf, reason=page["title"], location="Pekanbaru", at=timezone.now())

    return make


def measure(make: Callable[[], bytes]) -> float:
    """Return the milliseconds of one call."""
    began = time.perf_counter()
    make()
    return (time.perf_counter() - began) * 1000


def resident() -> float:
    """Return the resident memory in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1024 / 1024


def main() -> None:
    """Print the best pair of minima, the medians and the memory's growth as JSON."""
    page = content()
    bare, ours = bare_path(page), our_path(page)
    for make in (bare, ours):
        make()
    best: dict[str, float] = {}
    for _try in range(TRIES):
        times: dict[str, list[float]] = {"bare": [], "ours": []}
        for _round in range(ROUNDS):
            times["bare"].append(measure(bare))
            times["ours"].append(measure(ours))
        ratio = min(times["ours"]) / min(times["bare"])
        if not best or ratio < best["ratio"]:
            best = {
                "ratio": ratio,
                "ours": min(times["ours"]),
                "bare": min(times["bare"]),
                "ours_median": statistics.median(times["ours"]),
                "bare_median": statistics.median(times["bare"]),
            }
    before = resident()
    for _index in range(MANY):
        ours()
    print(json.dumps({**best, "memory_before": before, "memory_after": resident(), "many": MANY}))


if __name__ == "__main__":
    main()
