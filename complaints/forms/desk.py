"""Forms on the page of a complaint. Each form has a name, so that element ids are unique."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.models import ChannelKind, User
from complaints.domain.delivery import Proof, is_other_way
from complaints.forms.intake import DayField, FilesField
from complaints.models import Category, Complaint, ComplaintRules, Problem, StudyStep, Weight
from standards.models import Service
from workflow.forms.base import PortalForm
from workflow.refusals import sentence

_LONG = 5000


def _words(
    label: str | Any,
    *,
    required: bool = True,
    rows: int = 3,
    help_text: str | Any = "",
    most: int = _LONG,
) -> Any:
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": gettext_lazy("Tulis dahulu, lalu simpan.")},
    )


class ComplaintForm(PortalForm):
    """A form of the complaint's page."""

    name = "tindakan"

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{self.name}_%s")
        super().__init__(*args, **kwargs)
        self.complaint = complaint

    def facts(self) -> dict[str, Any]:
        """Return the keyword arguments of the service, except ``actor`` and ``at``."""
        return dict(self.cleaned_data)


class StudyForm(ComplaintForm):
    """It is complete: one button."""

    name = "telaah"


class _ReasonForm(ComplaintForm):
    note = _words(gettext_lazy("Alasan"))


class AcceptForm(_ReasonForm):
    """Take it as a complaint."""

    name = "terima"


class SuggestionForm(_ReasonForm):
    """Take it as a suggestion."""

    name = "saran"


class AskForm(ComplaintForm):
    """What is missing; it goes into a mail."""

    name = "minta"
    note = _words(
        gettext_lazy("Apa yang masih kurang?"),
        most=1000,
        help_text=gettext_lazy(
            "Dikirim kepada pengadu dan tampak pada halaman lacak. Jangan menulis nama siapa pun "
            "atau mengutip isi pengaduan."
        ),
    )


class CompleteForm(ComplaintForm):
    """Missing information arrived through another channel."""

    name = "dilengkapi"
    note = _words(gettext_lazy("Keterangan yang disampaikan pengadu"))


class NoteForm(ComplaintForm):
    """An internal note; it affects no deadline."""

    name = "catatan"
    note = _words(gettext_lazy("Catatan"))


class WithdrawForm(_ReasonForm):
    """The complainant takes it back."""

    name = "cabut"
    note = _words(gettext_lazy("Bagaimana dan mengapa pengadu mencabutnya?"))


class BringUpForm(_ReasonForm):
    """Escalate to a superior."""

    name = "atasan"
    note = _words(gettext_lazy("Mengapa perlu dilaporkan kepada atasan?"))


class ApipForm(_ReasonForm):
    """Ask for the head's consent."""

    name = "apip"
    note = _words(gettext_lazy("Mengapa APIP perlu dilibatkan?"))


class ApipDecisionForm(ComplaintForm):
    """The head decides."""

    name = "putusan"
    agreed = forms.TypedChoiceField(
        label=gettext_lazy("Keputusan"),
        coerce=lambda value: value == "ya",
        choices=[
            ("ya", gettext_lazy("Setuju melibatkan APIP")),
            ("tidak", gettext_lazy("Tidak setuju")),
        ],
        widget=forms.RadioSelect,
    )
    note = _words(gettext_lazy("Catatan"), required=False)


class ClassifyForm(ComplaintForm):
    """Service, problem, class by the office's ladder, and who is complained about."""

    name = "golongkan"
    problem = forms.ChoiceField(
        label=gettext_lazy("Jenis masalah"),
        choices=[("", gettext_lazy("Pilih komponen standar")), *Problem.choices],
    )
    service = forms.ModelChoiceField(
        queryset=Service.objects.none(),
        label=gettext_lazy("Layanan"),
        required=False,
        empty_label=gettext_lazy("Layanan tidak disebut"),
    )
    weight = forms.ChoiceField(
        label=gettext_lazy("Bobot"), choices=Weight.choices, widget=forms.RadioSelect
    )
    category = forms.ChoiceField(
        label=gettext_lazy("Kategori penanganan"),
        choices=Category.choices,
        widget=forms.RadioSelect,
    )
    subjects = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(),
        label=gettext_lazy("Yang diadukan"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Yang dipilih tidak lagi melihat pengaduan ini di mana pun. Bila Anda sendiri "
            "termasuk, pengaduan segera dialihkan."
        ),
    )
    reason = _words(gettext_lazy("Mengapa diubah?"), required=False, rows=2, most=1000)

    def __init__(
        self, *args: Any, ladder: str, people: Any, choices: Any, services: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["category" if ladder == ComplaintRules.Ladder.WEIGHT else "weight"]
        if self.complaint.application_id:
            del self.fields["service"]
        else:
            self.fields["service"].queryset = services  # type: ignore[attr-defined]
        self.fields["subjects"].queryset = people  # type: ignore[attr-defined]
        self.fields["subjects"].choices = choices  # type: ignore[attr-defined]  # read already
        if not self.complaint.problem:
            del self.fields["reason"]


class OwnerForm(ComplaintForm):
    """Name another owner."""

    name = "alihkan"
    owner = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label=gettext_lazy("Penanggung jawab baru"),
        empty_label=gettext_lazy("Pilih petugas"),
    )
    reason = _words(gettext_lazy("Mengapa dialihkan?"), rows=2, most=1000)

    def __init__(self, *args: Any, people: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner"]
        field.queryset = people
        field.choices = [("", field.empty_label), *choices]  # read already


class StepForm(ComplaintForm):
    """The result of one step of the study."""

    name = "langkah"
    step = forms.ChoiceField(choices=StudyStep.Step.choices, widget=forms.HiddenInput)
    result = _words(gettext_lazy("Hasil"), rows=4)
    with_whom = forms.CharField(
        label=gettext_lazy("Dengan siapa"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Jabatan atau instansinya; bukan nama pengadu."),
    )
    held_on = DayField(label=gettext_lazy("Tanggal pelaksanaan"), required=False)
    papers = FilesField(
        label=gettext_lazy("Berita acara dan berkas"),
        required=False,
        help_text=gettext_lazy("PDF, JPEG, atau PNG, paling banyak 5 berkas."),
    )

    def __init__(self, *args: Any, step: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"langkah_{step}_%s")
        super().__init__(*args, **kwargs)
        if step != StudyStep.Step.INQUIRY:
            for name in ("with_whom", "held_on", "papers"):
                del self.fields[name]
        self.which = step

    def facts(self) -> dict[str, Any]:
        """Return the result with the uploaded files."""
        fields = {name: value for name, value in self.cleaned_data.items() if name != "papers"}
        return {**fields, "files": self.files.getlist("papers") if "papers" in self.fields else []}


class DraftForm(ComplaintForm):
    """The body of the answer; the fixed ending is shown below it."""

    name = "konsep"
    text = _words(
        gettext_lazy("Isi jawaban"),
        rows=14,
        most=20_000,
        help_text=gettext_lazy(
            "Jangan menulis nama pengadu: surat menyapanya dengan nomor pengaduan."
        ),
    )


class _LevelForm(ComplaintForm):
    """The level that decides and the digest of the text shown to it."""

    level = forms.CharField(widget=forms.HiddenInput, max_length=40)
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    with_whom = forms.CharField(
        label=gettext_lazy("Disepakati dengan siapa"), max_length=300, required=False
    )
    paper = forms.CharField(
        label=gettext_lazy("Nomor dan tanggal surat persetujuan"), max_length=200, required=False
    )

    def __init__(self, *args: Any, outside: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("with_whom", "paper"):
            if outside:
                self.fields[name].required = True
            else:
                del self.fields[name]


class AgreeForm(_LevelForm):
    """Agree to the text that is shown."""

    name = "setuju"
    note = _words(gettext_lazy("Catatan"), required=False, rows=2)


class SendBackForm(_LevelForm):
    """Return the draft."""

    name = "kembalikan"
    note = _words(gettext_lazy("Apa yang harus diperbaiki?"))


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
    way = forms.CharField(widget=forms.HiddenInput, max_length=20)
    text = _words(gettext_lazy("Isi tanggapan"), rows=8, most=20_000)
    proof = forms.CharField(max_length=300)
    day = DayField(label=gettext_lazy("Tanggal surat"))
    reason = _words(gettext_lazy("Mengapa tidak melalui saluran pengaduannya?"), rows=2, most=500)

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


class OtherForm(ComplaintForm):
    """The number of another report."""

    number = forms.CharField(label=gettext_lazy("Nomor pengaduan"), max_length=40)


class MergeForm(OtherForm):
    """Merge into the complaint with another number."""

    name = "gabung"
    number = forms.CharField(
        label=gettext_lazy("Gabungkan ke nomor"),
        max_length=40,
        help_text=gettext_lazy(
            "Pengaduan yang lebih dahulu masuk. Kedua laporan tetap tersimpan, dan masing-masing "
            "pengadu membaca jawaban yang sama."
        ),
    )
    note = _words(gettext_lazy("Alasan"), rows=2, most=1000)


class LinkForm(OtherForm):
    """Link two related complaints."""

    name = "tautkan"
    number = forms.CharField(label=gettext_lazy("Tautkan dengan nomor"), max_length=40)
    note = _words(gettext_lazy("Catatan"), required=False, rows=2, most=1000)


class IdentityForm(ComplaintForm):
    """Why the identity is opened."""

    name = "identitas"
    reason = _words(
        gettext_lazy("Untuk apa identitas dibuka?"),
        rows=2,
        most=300,
        help_text=gettext_lazy("Dicatat bersama nama Anda dan waktunya."),
    )
