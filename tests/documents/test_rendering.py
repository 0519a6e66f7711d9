"""Printed documents: the same bytes again, nothing fetched, every word readable, the QR right."""

import base64
import hashlib
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.machinery import ModuleSpec
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import segno
from PIL import Image

from documents import rendering
from documents.rendering import RenderError, qr_data_uri, render_pdf
from tests.factories.printed import (
    OFFICE,
    certificate_content,
    receipt_content,
    routing_card_content,
)
from tests.factories.signed import printed_certificate

KINDS: list[tuple[str, Callable[..., dict[str, Any]]]] = [
    ("certificates/certificate.html", certificate_content),
    ("certificates/receipt.html", receipt_content),
    ("certificates/routing_card.html", routing_card_content),
]


def tool(*command: str, pdf: bytes) -> str:
    """Run one of poppler's tools on ``pdf`` ("-" stands for it)."""
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def alone(script: str, **environment: str) -> str:
    """Run a script in a process of its own and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.test", **environment},
    )  # fmt: skip
    return done.stdout.strip()


def words(pdf: bytes) -> str:
    """Return the text layer with every run of white space as one blank."""
    return " ".join(tool("pdftotext", "-layout", "-", "-", pdf=pdf).split())


def bare(text: str) -> str:
    """Return ``text`` without blanks and capitals, to find what was broken over lines."""
    return re.sub(r"\s", "", text).casefold()


def pictures_of(pdf: bytes) -> list[Image.Image]:
    """Return the pictures of the first page."""
    with pikepdf.open(BytesIO(pdf)) as document:
        found = document.pages[0].get_images().values()
        return [
            pikepdf.PdfImage(picture).as_pil_image()
            for picture in found
            if isinstance(picture, pikepdf.Stream)
        ]


def texts_of(value: Any) -> Iterator[str]:
    """Yield every text of a frozen content."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts_of(part)


@pytest.fixture
def print_html(settings: Any, tmp_path: Path) -> Callable[[str], bytes]:
    """Print a template written by the test."""
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**engine, "DIRS": [*engine["DIRS"], tmp_path]}]

    def printer(html: str) -> bytes:
        (tmp_path / "hostile.html").write_text(html)
        return render_pdf("hostile.html", {})

    return printer


class _Listener(BaseHTTPRequestHandler):
    """Answers with a picture, or sends on; remembers who asked."""

    seen: list[str] = []

    def do_GET(self) -> None:
        self.seen.append(self.path)
        if self.path.startswith("/redirect"):
            self.send_response(302)
            self.send_header("Location", "/goal.png")
            self.end_headers()
            return
        picture = BytesIO()
        Image.new("RGB", (2, 2)).save(picture, "PNG")
        self.send_response(200)
        self.send_header("Content-Type", "text/css" if "css" in self.path else "image/png")
        self.end_headers()
        self.wfile.write(b"p{color:red}" if "css" in self.path else picture.getvalue())

    def log_message(self, format: str, *args: Any) -> None:
        return None


@pytest.fixture
def listener() -> Iterator[str]:
    """Listen on loopback and return the address."""
    _Listener.seen.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Listener)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


# --- the same bytes again ------------------------------------------------------------------


@pytest.mark.parametrize(("template", "content"), KINDS)
def test_the_same_content_gives_the_same_bytes(
    template: str, content: Callable[..., dict[str, Any]]
) -> None:
    assert render_pdf(template, content()) == render_pdf(template, content())


def test_another_process_gives_the_same_bytes() -> None:
    script = (
        "import hashlib, django; django.setup()\n"
        "from tests.factories.signed import printed_certificate\n"
        "print(hashlib.sha256(printed_certificate()).hexdigest())"
    )
    other = alone(script, PYTHONHASHSEED="4711")
    assert other == hashlib.sha256(printed_certificate()).hexdigest()


def test_other_content_gives_another_file_identifier() -> None:
    one = pikepdf.open(BytesIO(printed_certificate()))
    two = pikepdf.open(
        BytesIO(
            render_pdf("certificates/certificate.html", certificate_content(place="Bangkinang"))
        )
    )
    assert bytes(one.trailer.ID[0]) != bytes(two.trailer.ID[0])


def test_a_given_identifier_is_used() -> None:
    pdf = render_pdf("certificates/receipt.html", receipt_content(), identifier=b"0123456789abcdef")
    assert bytes(pikepdf.open(BytesIO(pdf)).trailer.ID[0]) == b"0123456789abcdef"


def test_threads_print_one_after_the_other() -> None:
    with ThreadPoolExecutor(4) as pool:
        printed = list(
            pool.map(
                lambda _: render_pdf("certificates/certificate.html", certificate_content()),
                range(6),
            )
        )
    assert set(printed) == {printed_certificate()}


def test_fonts_taken_away_by_a_cleaner_are_laid_out_again() -> None:
    before = printed_certificate()
    folder = rendering._presses[0].font_folder
    assert folder is not None
    shutil.rmtree(folder)
    assert render_pdf("certificates/certificate.html", certificate_content()) == before


_GROWTH = r"""
import re, django; django.setup()
from pathlib import Path
from documents.rendering import render_pdf
from tests.factories.printed import certificate_content
def resident(times):
    for _ in range(times):
        render_pdf("certificates/certificate.html", certificate_content())
    return int(re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())[1])
before = resident(30)
print(resident(50) - before)
"""


@pytest.mark.once
@pytest.mark.slow
def test_memory_stays_flat() -> None:
    grown = int(alone(_GROWTH))  # kilobytes of a process that does nothing else
    assert grown < 6 * 1024


# --- nothing is fetched --------------------------------------------------------------------

ASKS = {
    "picture": '<img src="{url}/picture.png">',
    "picture through a redirect": '<img src="{url}/redirect">',
    "style sheet": '<link rel="stylesheet" href="{url}/sheet.css">',
    "attachment": '<link rel="attachment" href="{url}/attached">',
    "import": '<style>@import url("{url}/import.css");</style>',
    "font": '<style>@font-face{{font-family:x;src:url("{url}/font")}}</style><p>x',
    "background": '<style>body{{background:url("{url}/back.png")}}</style>',
    "object": '<object data="{url}/object.png"></object>',
    "embed": '<embed src="{url}/embed.png">',
}
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    '<image href="{url}/inner.png" width="9" height="9"/></svg>'
)


@pytest.mark.parametrize("ask", ASKS)
def test_the_network_is_never_asked(
    ask: str, listener: str, print_html: Callable[[str], bytes]
) -> None:
    with pytest.raises(RenderError, match="outside itself"):
        print_html(ASKS[ask].format(url=listener))
    assert _Listener.seen == []


def test_a_drawing_asks_nobody_either(listener: str, print_html: Callable[[str], bytes]) -> None:
    """WeasyPrint swallows what goes wrong inside an SVG, so there the work goes on without it."""
    print_html(SVG.format(url=listener))
    assert _Listener.seen == []


@pytest.mark.parametrize("ask", [*ASKS.values(), SVG], ids=[*ASKS, "drawing"])
def test_the_listener_would_have_seen_it(ask: str, listener: str) -> None:
    """The control: with WeasyPrint's own fetcher every one of these is fetched."""
    from weasyprint import HTML

    HTML(string=ask.format(url=listener)).write_pdf()
    assert _Listener.seen


@pytest.mark.parametrize(
    "ask", ['<img src="{url}">', '<link rel="attachment" href="{url}">', '<object data="{url}">']
)
def test_files_of_this_machine_stay_where_they_are(
    ask: str, print_html: Callable[[str], bytes]
) -> None:
    with pytest.raises(RenderError, match="outside itself"):
        print_html(ask.format(url="file:///etc/passwd"))


def test_a_relative_address_leads_nowhere(print_html: Callable[[str], bytes]) -> None:
    pdf = print_html('<link rel="attachment" href="/etc/passwd"><p>isi</p>')
    assert "root:" not in words(pdf)
    assert not pikepdf.open(BytesIO(pdf)).attachments


def test_presentational_hints_are_ignored(
    listener: str, print_html: Callable[[str], bytes]
) -> None:
    print_html(f'<body background="{listener}/back.png"><p>isi</p>')
    assert _Listener.seen == []


def test_an_emblem_is_a_picture_and_not_an_address(listener: str) -> None:
    drawing = f"data:image/svg+xml,{SVG.format(url=listener)}"
    for emblem in (f"{listener}/emblem.png", drawing, "file:///etc/hostname", "lambang.png"):
        office = {**OFFICE, "logo_data_uri": emblem}
        with pytest.raises(RenderError, match="emblem of the office must be a PNG or JPEG"):
            render_pdf("certificates/certificate.html", certificate_content(office=office))
    assert _Listener.seen == []


def test_values_are_text_and_nothing_else(listener: str) -> None:
    hostile = f"</td></tr></table><img src='{listener}/x.png'><script>alert(1)</script> & \"Ny.\""
    pdf = render_pdf(
        "certificates/certificate.html",
        certificate_content(
            holder=[[hostile, hostile]], grounds=[hostile], validity=hostile, title=hostile
        ),
    )
    assert bare(words(pdf)).count(bare("<script>alert(1)</script>")) == 5
    assert _Listener.seen == []
    with pikepdf.open(BytesIO(pdf)) as document:
        title = str(document.docinfo["/Title"])
    assert title == f"{hostile} nomor {certificate_content()['number']}"


def test_an_emblem_is_printed() -> None:
    picture = BytesIO()
    Image.new("RGB", (40, 50), "green").save(picture, "PNG")
    encoded = base64.b64encode(picture.getvalue()).decode()
    office = {**OFFICE, "logo_data_uri": f"data:image/png;base64,{encoded}"}
    pdf = render_pdf("certificates/certificate.html", certificate_content(office=office))
    assert (40, 50) in {image.size for image in pictures_of(pdf)}


# --- what is read and seen -----------------------------------------------------------------


@pytest.mark.parametrize(("template", "content"), KINDS)
def test_every_text_of_the_content_is_on_the_paper(
    template: str, content: Callable[..., dict[str, Any]]
) -> None:
    """In the order of the page no line is torn apart, so raw reading finds each text whole."""
    read = bare(tool("pdftotext", "-raw", "-", "-", pdf=render_pdf(template, content())))
    frozen = content()
    url = (frozen.get("verification") or frozen["tracking"])["url"]
    hidden = {url} if template.endswith("routing_card.html") else set()  # only in the QR there
    missing = [t for t in texts_of(frozen) if t and t not in hidden and bare(t) not in read]
    assert missing == []


def test_a_name_with_rare_letters_keeps_its_letters() -> None:
    name = "Ḥusnā Żołądź Ōkubo, S.Kom."
    pdf = render_pdf("certificates/certificate.html", certificate_content(holder=[["Nama", name]]))
    assert bare(name) in bare(words(pdf))


def test_a_word_without_blanks_stays_on_the_paper() -> None:
    pdf = render_pdf(
        "certificates/certificate.html", certificate_content(holder=[["Nama", "X" * 300]])
    )
    boxes = tool("pdftotext", "-bbox", "-", "-", pdf=pdf)
    assert max(float(edge) for edge in re.findall(r'xMax="([\d.]+)"', boxes)) < 595 - 50


def test_long_grounds_go_on_to_a_second_page_with_number_and_page() -> None:
    grounds = [
        f"Peraturan Daerah Nomor {number} Tahun 2026 tentang Perizinan" for number in range(60)
    ]
    pdf = render_pdf("certificates/certificate.html", certificate_content(grounds=grounds))
    pages = tool("pdftotext", "-layout", "-", "-", pdf=pdf).split("\f")[:-1]
    assert len(pages) == 3
    for number, page in enumerate(pages, start=1):
        assert f"Halaman {number} dari 3" in page
        assert "7KQM-X4TD-9RWB" in page
    signature = certificate_content()["signer"]["name"]
    assert [signature in page for page in pages] == [False, False, True]


def test_fonts_are_ours_and_embedded() -> None:
    for template, content in KINDS:
        lines = tool("pdffonts", "-", pdf=render_pdf(template, content())).splitlines()[2:]
        assert lines
        for line in lines:
            name, embedded, subset, unicode = line.split()[0], *line.split()[-5:-2]
            assert re.fullmatch(r"[A-Z]{6}\+Print-(Serif|Sans).*", name), line
            assert (embedded, subset, unicode) == ("yes", "yes", "yes"), line


def test_bundled_fonts_are_the_ones_described() -> None:
    origin = (rendering.FONTS / "ORIGIN.md").read_text()
    described = {
        name: digest for digest, name in re.findall(r"^([0-9a-f]{64})  (.+)$", origin, re.M)
    }
    found = {
        font.name: hashlib.sha256(font.read_bytes()).hexdigest()
        for font in rendering.FONTS.glob("*.ttf")
    }
    assert found == described


def test_the_file_says_what_it_is() -> None:
    pdf = pikepdf.open(BytesIO(printed_certificate()))
    with pdf.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "U")
        assert metadata["dc:title"].startswith("Tanda Daftar Bursa Kerja Khusus nomor 0001/")
    assert str(pdf.Root.Lang) == "id"
    assert bool(pdf.Root.MarkInfo.Marked) is True
    assert "/OpenAction" not in pdf.Root
    assert not pdf.attachments


@pytest.mark.parametrize(("template", "content"), KINDS)
def test_the_printed_qr_is_the_code_of_the_address(
    template: str, content: Callable[..., dict[str, Any]]
) -> None:
    frozen = content()
    url = (frozen.get("verification") or frozen["tracking"])["url"]
    (image,) = pictures_of(render_pdf(template, frozen))
    image = image.convert("1")
    printed = [
        [image.getpixel((x, y)) == 0 for x in range(4, image.width - 4)]
        for y in range(4, image.height - 4)
    ]
    code = segno.make_qr(url, error="m", mask=2, boost_error=False)
    assert printed == [[bool(module) for module in row] for row in code.matrix]
    assert code.error == "M"


def test_another_address_gives_another_code() -> None:
    assert qr_data_uri("https://a.example/1") != qr_data_uri("https://a.example/2")


def test_a_draft_says_so_and_promises_nothing() -> None:
    content = certificate_content(draft=True, number="")
    pdf = render_pdf("certificates/certificate.html", content)
    text = words(pdf)
    assert "KONSEP" in tool("pdftotext", "-raw", "-", "-", pdf=pdf).replace("\n", "")
    assert "Nomor: diberikan saat ditandatangani" in text
    assert "Belum ditandatangani" in text
    assert "Ditandatangani secara elektronik" not in text
    assert content["verification"]["code"] not in text
    assert pictures_of(pdf) == []


def test_no_paper_calls_itself_certified() -> None:
    """Only a PSrE's signature is "tersertifikasi"; whoever has one says so in signature_note."""
    assert "tersertifikasi" not in words(printed_certificate()).casefold()
    note = "Ditandatangani dengan sertifikat elektronik terbitan BSrE."
    with_note = render_pdf(
        "certificates/certificate.html", certificate_content(signature_note=note)
    )
    assert bare(note) in bare(words(with_note))


@pytest.mark.parametrize(
    ("signer", "line"),
    [
        ({"prefix": "Plt.", "on_behalf_of": ""}, "Plt. Kepala Dinas,"),
        ({"prefix": "Plh.", "on_behalf_of": ""}, "Plh. Kepala Dinas,"),
        ({"prefix": "", "on_behalf_of": "Bupati Kampar"}, "a.n. Bupati Kampar Kepala Dinas,"),
    ],
)
def test_the_capacity_of_the_signer_is_printed(signer: dict[str, str], line: str) -> None:
    content = certificate_content(signer={**signer, "position": "Kepala Dinas", "name": "A. B."})
    text = tool(
        "pdftotext", "-raw", "-", "-", pdf=render_pdf("certificates/certificate.html", content)
    )
    assert line in " ".join(text.split())


def test_a_certificate_with_little_content_is_printed() -> None:
    pdf = render_pdf(
        "certificates/certificate.html",
        {"title": "Rekomendasi", "office": {"name": "Dinas"}, "signer": {"position": "Kepala"}},
    )
    text = words(pdf)
    assert "REKOMENDASI" in text
    assert "Diberikan kepada:" in text
    assert "DASAR HUKUM" not in text.upper()


# --- bad days ------------------------------------------------------------------------------


class _NoPango:
    """Stands in the import path of a machine without Pango."""

    def find_spec(self, name: str, *rest: object) -> ModuleSpec | None:
        if name == "weasyprint":
            raise OSError("cannot load library 'libgobject-2.0-0'")
        return None


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "_presses", [])
    monkeypatch.setattr(rendering, "_loads", lambda library: "pangoft2" not in library)
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [_NoPango(), *sys.meta_path])
    with pytest.raises(RenderError, match="libpangoft2-1.0-0 .*libgobject"):
        render_pdf("certificates/receipt.html", receipt_content())


def test_this_machine_has_all_libraries() -> None:
    assert rendering.missing_libraries() == []


def test_a_library_that_is_not_there_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "_LIBRARIES", {"libnowhere.so.9": "libnowhere9"})
    assert rendering.missing_libraries() == ["libnowhere9"]


def test_a_maze_of_tags_ends_the_work_and_not_the_worker(
    print_html: Callable[[str], bytes],
) -> None:
    with pytest.raises(RenderError, match="nested too deeply"):
        print_html("<div>" * 3000)


def test_printing_and_signing_cost_the_web_process_nothing() -> None:
    script = (
        "import sys, django; django.setup()\n"
        "import documents.rendering, documents.signing, documents.verification\n"
        "print([m for m in ('weasyprint', 'pyhanko', 'segno', 'cryptography.x509')"
        " if m in sys.modules])"
    )
    loaded = alone(script)
    assert "weasyprint" not in loaded
    assert "pyhanko" not in loaded


@pytest.mark.parametrize(
    ("template", "content"),
    [
        ("certificates/receipt.html", receipt_content),
        ("certificates/certificate.html", certificate_content),
    ],
)
def test_a_paper_leads_to_the_survey_where_the_office_asks(
    template: str, content: Callable[..., dict[str, Any]]
) -> None:
    survey = {"url": "https://izin.contoh.go.id/survei/berkas/x/"}
    asked, not_asked = (render_pdf(template, content(survey=found)) for found in (survey, {}))
    assert "Nilai pelayanan kami" in words(asked)
    assert "Nilai pelayanan kami" not in words(not_asked)
    pictures = [
        tool("pdfimages", "-list", "-", pdf=pdf).count("image") for pdf in (asked, not_asked)
    ]
    assert pictures[0] > pictures[1]
