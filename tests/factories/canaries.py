"""Words that stand nowhere else, and looking for them inside of whatever may hold them."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Iterable, Iterator

import pikepdf
from PIL import Image

# who complained
IDENTITY = {
    "name": "kenarinama", "national id": "3214014507917731", "phone": "81277315599",
    "email": "kenarisurel", "address": "kenarialamat",
}  # fmt: skip
# what was said, by whoever complained and by officers about it
WORDS = {
    "text": "kenariisi", "addition": "kenaritambahan", "rating": "kenarinilai",
    "reopening": "kenaribuka", "study": "kenaritelaah", "note": "kenaricatatan",
    "request": "kenariapip",
}  # fmt: skip
# what files say about their makers
FILES = {
    "photo name": "kenarifoto", "exif": "kenariexif", "paper name": "kenariberkas",
    "author": "kenaripenulis",
}  # fmt: skip
ALL = {**IDENTITY, **WORDS, **FILES}


def photo() -> bytes:
    """Return a JPEG whose camera data hold a canary."""
    out, exif = io.BytesIO(), Image.Exif()
    for tag in (0x010E, 0x013B, 0x9C9C):  # description, artist, comment of Windows
        exif[tag] = FILES["exif"]
    Image.new("RGB", (60, 40), "teal").save(out, "JPEG", exif=exif, comment=FILES["exif"].encode())
    return out.getvalue()


def paper() -> bytes:
    """Return a PDF with a canary as author, title, in its XMP and in a photo inside."""
    out, word = io.BytesIO(), FILES["author"]
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(300, 300))
        with pdf.open_metadata() as xmp:
            xmp["dc:creator"], xmp["dc:title"] = [word], word
        pdf.docinfo["/Author"] = pdf.docinfo["/Title"] = word
        inside = pikepdf.Stream(pdf, photo())
        inside.stream_dict = pikepdf.Dictionary(
            Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=60, Height=40,
            ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
        )  # fmt: skip
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Foto=inside))
        pdf.save(out)
    return out.getvalue()


def found_in(*contents: str | bytes, words: dict[str, str] = ALL) -> set[str]:
    """Return which of ``words`` stand in the contents, or inside of them if they are files."""
    return {
        name
        for content in contents
        for piece in _opened(content.encode() if isinstance(content, str) else content)
        for name, word in words.items()
        if word.encode() in piece
    }


def _opened(content: bytes) -> Iterator[bytes]:
    yield content.lower()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as folder:
            for name in folder.namelist():
                yield name.encode().lower()
                yield folder.read(name).lower()
    if content.startswith(b"%PDF"):
        yield from (part.lower() for part in _unfolded(content))


def _unfolded(content: bytes) -> Iterable[bytes]:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(
            out, stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )  # fmt: skip
    for tool in (["pdftotext", "-", "-"], ["pdfinfo", "-"]):
        yield subprocess.run(tool, input=content, capture_output=True, check=True).stdout
    yield out.getvalue()
