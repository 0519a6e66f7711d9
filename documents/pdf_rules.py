"""What a PDF of a stranger may hold: pages, and nothing that acts, asks or carries something.

Files are refused, not rebuilt: a rebuilt file loses the electronic signature of another office.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

# other files, scripts, dynamic forms: keys that no page needs
_KEYS = {"/JS", "/XFA", "/EF", "/RichMediaContent", "/RichMediaSettings", "/3DD"}
_TYPES = {"/3D", "/EmbeddedFile", "/Filespec", "/MediaClip", "/Rendition"}
_ANNOTATIONS = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
_ACTIONS = {
    "/GoTo3DView",
    "/GoToE",
    "/GoToR",
    "/ImportData",
    "/JavaScript",
    "/Launch",
    "/Movie",
    "/Rendition",
    "/ResetForm",
    "/RichMediaExecute",
    "/Sound",
    "/SubmitForm",
    "/Thread",
    "/Trans",
}
# what may happen by itself when a file or a page is opened, left or printed: another page is shown
_TURNS = {"/GoTo", "/Named"}
# a link may lead to a page or a person; other schemes open files and programs of the reader
_SCHEMES = {"ftp", "geo", "http", "https", "mailto", "sms", "tel", "whatsapp"}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
_PATH = re.compile(r"[\\/]{2}|[a-z]:[\\/]")
# after the last mark of the end a few line breaks or zeros are harmless; a second file is not
_END = re.compile(rb"%%EOF[\s\0]*\Z")
# the directory of an archive may lie as far before the end as its longest comment
_ARCHIVE, _FARTHEST = b"PK\x05\x06", 22 + 65_535
_DEEPEST = 100


def is_active(pdf: Any) -> bool:
    """Return whether an object of ``pdf`` (pikepdf) carries a file or acts by itself."""
    return any(_acts(part) for top in (*pdf.objects, pdf.trailer) for part in _parts(top, 0))


def ends_properly(content: bytes) -> bool:
    """Return whether nothing follows the end of the file, and it is no archive as well."""
    return _END.search(content[-2048:]) is not None and _ARCHIVE not in content[-_FARTHEST:]


def _parts(value: Any, depth: int) -> Iterator[Any]:
    """Yield the dictionaries in an object; what it only refers to is an object of its own."""
    import pikepdf

    if depth > _DEEPEST:
        raise ValueError("a PDF object is nested too deeply")
    if isinstance(value, pikepdf.Stream):
        value = value.stream_dict
    if isinstance(value, pikepdf.Dictionary):
        yield value
        inside = [value[key] for key in value.keys()]  # noqa: SIM118  pikepdf iterates otherwise
    elif isinstance(value, pikepdf.Array):
        inside = list(value)
    else:
        return
    for part in inside:
        if isinstance(part, pikepdf.Object) and not part.is_indirect:
            yield from _parts(part, depth + 1)


def _acts(part: Any) -> bool:
    return (
        not _KEYS.isdisjoint(part.keys())
        or str(part.get("/Type", "")) in _TYPES
        or str(part.get("/Subtype", "")) in _ANNOTATIONS
        or str(part.get("/S", "")) in _ACTIONS
        or _lies_elsewhere(part)
        or any(not _only_shows_pages(started) for started in _started(part))
        or any(leads_astray(part[key]) for key in ("/URI", "/Base") if key in part)
    )


def _started(part: Any) -> Iterator[Any]:
    """Yield what a file, page, annotation or field does without being clicked."""
    import pikepdf

    if "/OpenAction" in part:
        yield part["/OpenAction"]
    if "/AA" in part:
        additional = part["/AA"]
        if not isinstance(additional, pikepdf.Dictionary):
            yield additional
            return
        yield from (additional[key] for key in additional.keys())  # noqa: SIM118  as above


def _only_shows_pages(started: Any) -> bool:
    """Return whether what happens by itself is a place in the file, or actions that lead to one."""
    import pikepdf

    return isinstance(started, pikepdf.Array) or _turns_pages(started, 0)


def _turns_pages(action: Any, depth: int) -> bool:
    """Return whether an action, with those that follow it, only shows another page."""
    import pikepdf

    if not isinstance(action, pikepdf.Dictionary) or depth > _DEEPEST:
        return False
    if str(action.get("/S", "")) not in _TURNS:
        return False
    if "/Next" not in action:
        return True
    following = action["/Next"]
    several = list(following) if isinstance(following, pikepdf.Array) else [following]
    return all(_turns_pages(one, depth + 1) for one in several)


def _lies_elsewhere(part: Any) -> bool:
    """Return whether the bytes of a stream, or the content of a form, are in another file."""
    return ("/Length" in part and "/F" in part) or (
        "/Ref" in part and str(part.get("/Subtype", "")) == "/Form"
    )


def leads_astray(address: Any) -> bool:
    """Return whether a link (a string of a PDF) leads to something else than a page or a person."""
    import pikepdf

    if not isinstance(address, pikepdf.String):
        return False  # the dictionary of the catalogue, which is looked at by itself
    text = re.sub(r"[\x00-\x20\x7f-\xa0\ufeff]", "", str(address)).lower()
    scheme = _SCHEME.match(text)
    unknown = scheme is not None and scheme[1] not in _SCHEMES and "." not in scheme[1]
    return unknown or _PATH.match(text) is not None
