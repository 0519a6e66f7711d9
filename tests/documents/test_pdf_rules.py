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


def link_behind_a_page(pdf: Pdf) -> None:
    """The next action is fetched from elsewhere in the file, in a list."""
    link = pdf.make_indirect(Dictionary(S=Name.URI, URI=String("https://x.id")))
    goto = Dictionary(S=Name.GoTo, D=Array([0, Name.Fit]), Next=Array([link]))
    pdf.Root.OpenAction = pdf.make_indirect(goto)


def link_when_a_page_opens(pdf: Pdf) -> None:
    link = Dictionary(S=Name.URI, URI=String("https://x.id"))
    pdf.pages[0].AA = pdf.make_indirect(Dictionary(O=link))


def follows_itself(pdf: Pdf) -> None:
    goto = pdf.make_indirect(Dictionary(S=Name.GoTo, D=Array([0, Name.Fit])))
    goto.Next = goto
    pdf.Root.OpenAction = goto


def linked(address: str) -> Callable[[Pdf], None]:
    return annotation("Link", A=Dictionary(S=Name.URI, URI=String(address)))


def indirect_kind(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=pdf.make_indirect(Name.Launch), F=String("cmd.exe"))


def script_in_names(pdf: Pdf) -> None:
    script = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=pdf.make_stream(b"app.alert(1)")))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))


def script_of_a_field(pdf: Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("1"))
    field = Dictionary(FT=Name.Tx, T=String("a"), AA=Dictionary(K=script))
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(field)]))


def stream_elsewhere(pdf: Pdf) -> None:
    stream = pdf.make_stream(b"")
    stream.F = String("\\\\evil\\share\\x")
    pdf.pages[0].Contents = stream


def form_elsewhere(pdf: Pdf) -> None:
    form = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    form.Ref = Dictionary(F=String("x.pdf"), Page=0)
    pdf.pages[0].Resources = Dictionary(XObject=Dictionary(A=form))


def file_named(pdf: Pdf) -> None:
    pdf.pages[0].AF = Array([Dictionary(Type=Name.Filespec, F=String("x.exe"))])


def base_of_links(pdf: Pdf) -> None:
    pdf.Root.URI = Dictionary(Base=String("javascript:"))


HOSTILE = {
    "call when it is opened": action("URI", URI=String("https://oss.go.id")),
    "call when a page is opened": link_when_a_page_opens,
    "call after another page": link_behind_a_page,
    "actions in a circle": follows_itself,
    "file that is only named": file_named,
    "stream in another file": stream_elsewhere,
    "form in another file": form_elsewhere,
    "script in names": script_in_names,
    "script of a field": script_of_a_field,
    "kind of action elsewhere": indirect_kind,
    "thread of another file": action("Thread", F=String("x.pdf")),
    "transition": action("Trans"),
    "base of links": base_of_links,
    "link to a script": linked("javascript:app.alert(1)"),
    "link with signs inside": linked(" Java\tScript:alert(1)"),
    "link to a file": linked("file:///C:/Windows/System32/cmd.exe"),
    "link to a share": linked("\\\\evil\\share"),
    "link to a drive": linked("c:\\x.exe"),
    "link to a program": linked("ms-msdt:/id PCWDiagnostic"),
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
        action("GoTo", D=Array([0, Name.Fit])),
        action("Named", N=Name.FirstPage),
        lambda pdf: setattr(pdf.Root, "OpenAction", Array([pdf.pages[0].obj, Name.Fit])),
        annotation("Link", A=Dictionary(S=Name.URI, URI=String("https://oss.go.id"))),
        linked("HTTP://dpmptsp.pekanbaru.go.id/a?b=c:d"),
        linked("www.oss.go.id:443/x"),
        linked("mailto:dpmptsp@pekanbaru.go.id"),
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


def test_a_pdf_is_no_archive_as_well() -> None:
    """The rest of the PDF stands in the comment of an archive, whose directory lies before it."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("x.exe", b"MZ")
    content = pdf_upload().read()
    first, _line, rest = content.partition(b"\n")
    tail = b"\n" + rest
    directory = archive.getvalue()[:-2] + len(tail).to_bytes(2, "little")
    both = first + b"\n%" + directory + tail
    assert zipfile.ZipFile(io.BytesIO(both)).namelist() == ["x.exe"]
    with pytest.raises(DomainError, match="file_continues"):
        check(both)


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
