"""Real papers on disk, as an applicant has them: PDFs with words in them, and photos."""

from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw


def write_pdf(path: Path, words: str) -> Path:
    """Write a page of A4 on which ``words`` (without accents) can be read."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
        line = words.replace("\\", "").replace("(", "").replace(")", "")
        text = f"BT /F1 16 Tf 60 760 Td ({line}) Tj ET"
        page.Contents = pdf.make_stream(text.encode("ascii", "replace"))
        pdf.docinfo["/Title"] = words
        pdf.save(path)
    return path


def write_photo(path: Path, words: str, color: str = "#2f6f73") -> Path:
    """Write a picture; the ending of ``path`` chooses between PNG and JPEG."""
    picture = Image.new("RGB", (640, 480), color)
    ImageDraw.Draw(picture).text((40, 40), words, fill="white")
    picture.save(path)
    return path
