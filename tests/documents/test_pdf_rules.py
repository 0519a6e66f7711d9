"""A PDF of a stranger holds pages and nothing that acts, asks or carries something."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Array, Dictionary, Name, Pdf, String

from demo.samples import pdf_upload
from documents import uploads
from documents.uploads import with_ending
from workflow.domain.errors import DomainError


def written(change: Callable[[Pdf], object], **how: object) -> bytes:
    """Return a PDF with one page, changed."""
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        out = io.BytesIO()
        pdf.save(out, **how)  # type: ignore[arg-type]
        return out.getvalue()


def attached(pdf: Pdf) -> Dictionary:
    return Dictionary(
        Type=Name.Filespec, F=String("x.exe"), EF=Dictionary(F=pdf.make_stream(b"MZ"))
    )


def annotation(subtype: str, **more: Any) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        made = Dictionary(Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=[0, 0, 9, 9], **more)
        pdf.pages[0].Annots = Array([made])

    return change


def action(kind: str, **more: Any) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        pdf.Root.OpenAction = Dictionary(S=Name(f"/{kind}"), **more)

    return change


def in_names(pdf: Pdf) -> None:
    pdf.attachments["x.exe"] = b"MZ"


def associated(pdf: Pdf) -> None:
    pdf.pages[0].AF = Array([attached(pdf)])


def xfa(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=[], XFA=pdf.make_stream(b"<xdp/>"))


def script_of_a_page(pdf: Pdf) -> None:
    pdf.pages[0].AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))


def next_action(pdf: Pdf) -> None:
    launch = Dictionary(S=Name.Launch, F=String("cmd.exe"))
    pdf.Root.OpenAction = Dictionary(S=Name.URI, URI=String("https://x.id"), Next=Array([launch]))


HOSTILE = {
    "attached file": in_names,
    "associated file": associated,
    "annotation with a file": annotation("FileAttachment"),
    "rich media": annotation("RichMedia"),
    "film": annotation("Movie"),
    "sound": annotation("Sound"),
    "screen": annotation("Screen"),
    "3D": annotation("3D"),
    "script": action("JavaScript", JS=String("app.alert(1)")),
    "script of a page": script_of_a_page,
    "launch": action("Launch", F=String("cmd.exe")),
    "launch as the next action": next_action,
    "submit": action("SubmitForm", F=String("https://x.id")),
    "import": action("ImportData", F=String("x.fdf")),
    "remote file": action("GoToR", F=String("\\\\evil\\share")),
    "embedded file as target": action("GoToE"),
    "rendition": action("Rendition"),
    "XFA": xfa,
}


def check(content: bytes, name: str = "ktp.pdf") -> uploads.Checked:
    return uploads.check(SimpleUploadedFile(name, content, "application/pdf"))


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "object streams"])
@pytest.mark.parametrize("kind", HOSTILE)
def test_what_acts_or_carries_is_refused(kind: str, packed: bool) -> None:
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    content = written(HOSTILE[kind], object_stream_mode=mode)
    with pytest.raises(DomainError, match="file_active"):
        check(content)


def test_a_name_in_hexadecimal_is_the_same_name() -> None:
    content = written(action("JavaScript", JS=String("1")))
    hidden = content.replace(b"/JavaScript", b"/#4aavaScript")
    assert hidden != content
    with pytest.raises(DomainError, match="file_active"):
        check(hidden)


@pytest.mark.parametrize(
    "change",
    [
        lambda pdf: None,
        action("URI", URI=String("https://oss.go.id")),
        action("GoTo", D=Array([0, Name.Fit])),
        annotation("Link", A=Dictionary(S=Name.URI, URI=String("https://oss.go.id"))),
        annotation("Text", Contents=String("catatan /JS /Launch")),
        annotation("Widget", FT=Name.Sig),
    ],
)
def test_ordinary_files_are_taken(change: Callable[[Pdf], object]) -> None:
    assert check(written(change)).content_type == uploads.PDF


def test_nothing_follows_the_end_of_a_file() -> None:
    content = pdf_upload().read()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("x.exe", b"MZ")
    for end in (archive.getvalue(), b"MZ\x90", b"\n<script>alert(1)</script>", b"%%EOFx"):
        with pytest.raises(DomainError, match="file_continues"):
            check(content + end)
    for end in (b"", b"\r\n", b"\0" * 100):
        assert check(content + end).content == content + end


@pytest.mark.parametrize(
    ("sent", "kind", "name"),
    [
        ("KTP.hta", uploads.PDF, "KTP.pdf"),
        ("KTP.pdf", uploads.PDF, "KTP.pdf"),
        ("KTP", uploads.JPEG, "KTP.jpg"),
        ("foto.JPEG", uploads.JPEG, "foto.JPEG"),
        ("a.b.lampiran penting", uploads.PNG, "a.b.lampiran penting.png"),
        ("x.pdf.exe", uploads.PDF, "x.pdf"),
        ("x.pdf", "text/html", "x.bin"),
    ],
)
def test_the_ending_of_a_name_comes_from_the_content(sent: str, kind: str, name: str) -> None:
    assert with_ending(sent, kind) == name
    if kind == uploads.PDF:
        assert check(pdf_upload().read(), sent).name == name
