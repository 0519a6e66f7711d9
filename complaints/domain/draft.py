"""The text of an answer: prefilled from the study, with a fixed ending about legal remedies.

An official letter is in Indonesian, whatever language the officer uses on screen.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

OMBUDSMAN = (
    "Bila Saudara tidak menerima penyelesaian ini, Saudara dapat menyampaikan pengaduan kepada "
    "Ombudsman Republik Indonesia (UU 25/2009 pasal 46)."
)


@dataclass(frozen=True, slots=True)
class Findings:
    """The results of the study as the officer wrote them; empty where nothing was written."""

    core: str = ""
    link: str = ""
    documents: str = ""
    inquiry: str = ""
    with_whom: str = ""
    held: str = ""
    conclusion: str = ""
    late_step: str = ""  # of a delayed application: the step that exceeded its standard time


def compose(findings: Findings, *, number: str, received: str, office: str) -> str:
    """Return the body of a draft; parts without a result are left out.

    It apologises for what the records show, a step that took too long, and for nothing else: the
    officer does so in the conclusion where the complaint is right.
    """
    sorry = " Mohon maaf atas keterlambatan itu." if findings.late_step else ""
    inquiry = findings.inquiry
    if inquiry and (where := _with(findings)):
        inquiry = f"{where}: {inquiry}"
    parts = [
        f"Terima kasih atas pengaduan Saudara nomor {number} yang kami terima pada {received}.",
        _part("Pokok masalah yang kami pahami", findings.core),
        _part("Ketentuan yang berlaku", findings.link),
        _part("Dokumen yang kami periksa", findings.documents),
        _part("Langkah yang melewati waktu baku", findings.late_step),
        _part("Klarifikasi dan pemeriksaan", inquiry),
        _part("Kesimpulan", findings.conclusion),
        f"Demikian jawaban {office}.{sorry}",
    ]
    return "\n\n".join(part for part in parts if part)


def thanks(*, number: str, received: str, office: str) -> str:
    """Return the body of an answer to a suggestion."""
    return (
        f"Terima kasih atas saran dan masukan nomor {number} yang kami terima pada {received}.\n\n"
        f"Saran ini sudah kami catat dan menjadi bahan perbaikan pelayanan {office}."
    )


def closing(reopen_days: int) -> str:
    """Return the ending of an answer; ``reopen_days`` 0: the complaint cannot be reopened."""
    again = (
        f"Bila jawaban ini belum menyelesaikan masalah, Saudara dapat membuka kembali pengaduan "
        f"satu kali dalam {reopen_days} hari sejak jawaban disampaikan, dengan nomor pengaduan "
        f"dan kode rahasia, pada halaman lacak pengaduan."
    )
    return "\n\n".join(([again] if reopen_days else []) + [OMBUDSMAN])


def whole(body: str, ending: str) -> str:
    """Return the complete answer: the body, followed by the ending exactly once."""
    text = body.replace("\r\n", "\n").strip()
    return text if text.endswith(ending) else f"{text}\n\n{ending}"


def body_of(text: str, ending: str) -> str:
    """Return the part of an answer that an officer may edit: the text without the ending."""
    return text.removesuffix(ending).rstrip()


def digest(text: str) -> str:
    """Return the SHA-256 digest by which an approval identifies the text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _part(title: str, words: str) -> str:
    return f"{title}:\n{words.strip()}" if words.strip() else ""


def _with(findings: Findings) -> str:
    whom = f"bersama {findings.with_whom}" if findings.with_whom else ""
    held = f"pada {findings.held}" if findings.held else ""
    text = " ".join(part for part in (held, whom) if part)
    return text[:1].upper() + text[1:]
