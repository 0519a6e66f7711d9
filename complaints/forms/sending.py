"""The form that sends an answer, with the proof of its channel."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import CodeField, DayField, OneLineField
from accounts.models import ChannelKind
from complaints.domain.delivery import Proof, is_other_way
from complaints.forms.base import ComplaintForm, text_field
from workflow.refusals import sentence

# label of each proof, and the refusal code if it is missing (the same as in the service)
_PROOFS: dict[Proof, tuple[Any, str]] = {
    Proof.MESSAGE: (gettext_lazy("Nomor atau waktu pesan yang terkirim"), "proof_missing_message"),
    Proof.LETTER: (gettext_lazy("Nomor surat jawaban"), "proof_missing_letter"),
    Proof.CALL: (
        gettext_lazy("Catatan percakapan: tanggal, jam, apa yang disampaikan"),
        "proof_missing_call",
    ),
    Proof.MEETING: (
        gettext_lazy("Catatan penyampaian: tanggal, tempat, tanda terima"),
        "proof_missing_meeting",
    ),
    Proof.POSTING: (
        gettext_lazy("Tautan, nomor tanggapan, atau tempat diumumkan"),
        "proof_missing_posting",
    ),
}


class SendForm(ComplaintForm):
    """Send the answer through one channel, with the proof that this channel has.

    For a suggestion the form includes the text. Another channel than the complaint's own needs a
    reason.
    """

    name = "kirim"
    way = CodeField(widget=forms.HiddenInput, max_length=20)
    text = text_field(gettext_lazy("Isi tanggapan"), rows=8, most=20_000)
    proof = OneLineField(max_length=300)
    day = DayField(label=gettext_lazy("Tanggal surat"), back=1, ahead=0)
    reason = text_field(
        gettext_lazy("Mengapa tidak melalui saluran pengaduannya?"), rows=2, most=500
    )

    def __init__(self, *args: Any, way: str, proof: Proof, letter: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"kirim_{way}_%s")
        super().__init__(*args, **kwargs)
        self.chosen, self.kind = way, proof
        self.initial.setdefault("way", way)
        if not self.complaint.is_suggestion:
            del self.fields["text"]
        if proof in _PROOFS:
            label, code = _PROOFS[proof]
            field = self.fields["proof"]
            field.label, field.error_messages["required"] = label, sentence(code)
            if proof is Proof.LETTER:
                self.initial.setdefault("proof", letter)
        else:
            del self.fields["proof"]
        if proof is not Proof.LETTER:
            del self.fields["day"]
        if not is_other_way(way, self.complaint.channel):
            del self.fields["reason"]

    @property
    def channel(self) -> str:
        """The label of the channel."""
        return str(ChannelKind(self.chosen).label)

    @property
    def by_portal(self) -> bool:
        """Whether the portal sends it."""
        return self.kind is Proof.PORTAL

    @property
    def published(self) -> bool:
        """Whether it is only read on the tracking page."""
        return self.kind is Proof.PUBLISHED

    def facts(self) -> dict[str, Any]:
        """Return the fields of ``services.sending.Dispatch``, and the text."""
        cleaned = self.cleaned_data
        day = cleaned.get("day")
        return {
            "text": cleaned.get("text", ""),
            "way": cleaned["way"],
            "proof": cleaned.get("proof", ""),
            "day": f"{day:%d-%m-%Y}" if day else "",
            "reason": cleaned.get("reason", ""),
        }
