"""Forms on the page of a complaint. Each form has a name, so that element ids are unique."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import CodeField, DayField, OneLineField
from accounts.models import User
from complaints.forms.base import ComplaintForm, text_field
from complaints.forms.intake import FilesField
from complaints.models import Category, ComplaintRules, Problem, StudyStep, Weight
from standards.models import Service


class StudyForm(ComplaintForm):
    """It is complete: one button."""

    name = "telaah"


class _ReasonForm(ComplaintForm):
    note = text_field(gettext_lazy("Alasan"))


class AcceptForm(_ReasonForm):
    """Take it as a complaint."""

    name = "terima"


class SuggestionForm(_ReasonForm):
    """Take it as a suggestion."""

    name = "saran"


class AskForm(ComplaintForm):
    """What is missing; it goes into a mail."""

    name = "minta"
    note = text_field(
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
    note = text_field(gettext_lazy("Keterangan yang disampaikan pengadu"))


class NoteForm(ComplaintForm):
    """An internal note; it affects no deadline."""

    name = "catatan"
    note = text_field(gettext_lazy("Catatan"))


class WithdrawForm(_ReasonForm):
    """The complainant takes it back."""

    name = "cabut"
    note = text_field(gettext_lazy("Bagaimana dan mengapa pengadu mencabutnya?"))


class BringUpForm(_ReasonForm):
    """Escalate to a superior."""

    name = "atasan"
    note = text_field(gettext_lazy("Mengapa perlu dilaporkan kepada atasan?"))


class ApipForm(_ReasonForm):
    """Ask for the head's consent."""

    name = "apip"
    note = text_field(gettext_lazy("Mengapa APIP perlu dilibatkan?"))


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
    note = text_field(gettext_lazy("Catatan"), required=False)


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
    reason = text_field(gettext_lazy("Mengapa diubah?"), required=False, rows=2, most=1000)

    def __init__(
        self, *args: Any, ladder: str, people: Any, choices: Any, services: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["category" if ladder == ComplaintRules.Ladder.WEIGHT else "weight"]
        if self.complaint.application_id:
            del self.fields["service"]
        else:
            cast(forms.ModelChoiceField, self.fields["service"]).queryset = services
        subjects = cast(forms.ModelChoiceField, self.fields["subjects"])
        subjects.queryset, subjects.choices = people, choices  # read already
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
    reason = text_field(gettext_lazy("Mengapa dialihkan?"), rows=2, most=1000)

    def __init__(self, *args: Any, people: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner"]
        field.queryset = people
        field.choices = [("", field.empty_label), *choices]  # read already


class StepForm(ComplaintForm):
    """The result of one step of the study."""

    name = "langkah"
    step = forms.ChoiceField(choices=StudyStep.Step.choices, widget=forms.HiddenInput)
    result = text_field(gettext_lazy("Hasil"), rows=4)
    with_whom = OneLineField(
        label=gettext_lazy("Dengan siapa"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Jabatan atau instansinya; bukan nama pengadu."),
    )
    held_on = DayField(label=gettext_lazy("Tanggal pelaksanaan"), required=False, back=2, ahead=0)
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
    text = text_field(
        gettext_lazy("Isi jawaban"),
        rows=14,
        most=20_000,
        help_text=gettext_lazy(
            "Jangan menulis nama pengadu: surat menyapanya dengan nomor pengaduan."
        ),
    )


class _LevelForm(ComplaintForm):
    """The level that decides and the digest of the text shown to it."""

    level = CodeField(widget=forms.HiddenInput, max_length=40)
    digest = CodeField(widget=forms.HiddenInput, max_length=64)
    with_whom = OneLineField(
        label=gettext_lazy("Disepakati dengan siapa"), max_length=300, required=False
    )
    paper = OneLineField(
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
    note = text_field(gettext_lazy("Catatan"), required=False, rows=2)


class SendBackForm(_LevelForm):
    """Return the draft."""

    name = "kembalikan"
    note = text_field(gettext_lazy("Apa yang harus diperbaiki?"))


class OtherForm(ComplaintForm):
    """The number of another report."""

    number = CodeField(label=gettext_lazy("Nomor pengaduan"), max_length=40)


class MergeForm(OtherForm):
    """Merge into the complaint with another number."""

    name = "gabung"
    number = CodeField(
        label=gettext_lazy("Gabungkan ke nomor"),
        max_length=40,
        help_text=gettext_lazy(
            "Pengaduan yang lebih dahulu masuk. Kedua laporan tetap tersimpan, dan masing-masing "
            "pengadu membaca jawaban yang sama."
        ),
    )
    note = text_field(gettext_lazy("Alasan"), rows=2, most=1000)


class LinkForm(OtherForm):
    """Link two related complaints."""

    name = "tautkan"
    number = CodeField(label=gettext_lazy("Tautkan dengan nomor"), max_length=40)
    note = text_field(gettext_lazy("Catatan"), required=False, rows=2, most=1000)


class IdentityForm(ComplaintForm):
    """Why the identity is opened."""

    name = "identitas"
    reason = text_field(
        gettext_lazy("Untuk apa identitas dibuka?"),
        rows=2,
        most=300,
        help_text=gettext_lazy("Dicatat bersama nama Anda dan waktunya."),
    )
