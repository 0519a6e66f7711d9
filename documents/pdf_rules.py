"""What a PDF of a stranger may hold: pages, and nothing that acts, asks or carries something.

Files are refused, not rebuilt: a rebuilt file loses the electronic signature of another office.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

# other files, scripts, dynamic forms: keys that no page needs
_KEYS = {"/JS", "/XFA", "/EF", "/RichMediaContent", "/RichMediaSettings", "/3DD"}
_TYPES = {"/EmbeddedFile"}
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
}
# after the last mark of the end a few line breaks or zeros are harmless; a second file is not
_END = re.compile(rb"%%EOF[\s\0]*\Z")
_DEEPEST = 100


def is_active(pdf: Any) -> bool:
    """Return whether an object of ``pdf`` (pikepdf) carries a file or acts by itself."""
    return any(_acts(part) for top in pdf.objects for part in _parts(top, 0))


def ends_properly(content: bytes) -> bool:
    """Return whether nothing follows the end of the file."""
    return _END.search(content[-2048:]) is not None


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
    )
