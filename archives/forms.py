"""Forms about one's own data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from crispy_forms.layout import Field, Layout
from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext_lazy as _

from accounts.fields import CodeField, DayField, LongTextField, OneLineField, PhoneField
from accounts.models import Office
from archives.models import DataRequest
from archives.schedule import Due
from permits.models import Application
from workflow.forms.base import PortalForm

_MOST_SIGNS = 2000


class AccountForm(PortalForm):
    """Name and telephone of the account."""

    full_name = OneLineField(
        label=_("Nama lengkap"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(
        label=_("Nomor telepon"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )


class RequestForm(PortalForm):
    """What somebody asks an office about their data, and about which file."""

    kind = forms.ChoiceField(
        label=_("Apa yang Anda minta?"), choices=DataRequest.Kind.choices, widget=forms.RadioSelect
    )
    about = forms.ChoiceField(label=_("Tentang apa?"))
    text = LongTextField(
        label=_("Permintaan Anda"),
        max_length=_MOST_SIGNS,
        printed=False,
        help_text=_("Tulis apa yang salah dan apa yang benar, atau apa yang Anda minta."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(
        self, *args: Any, files: Iterable[Application], offices: Iterable[Office], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._files = {f"berkas:{row.public_id}": row for row in files}
        self._offices = {f"kantor:{row.code}": row for row in offices}
        field = self.fields["about"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.choices = [
            ("", _("Pilih permohonan atau kantor")),
            (
                _("Permohonan"),
                [(key, f"{row.number}, {row.service.name}") for key, row in self._files.items()],
            ),
            (_("Kantor"), [(key, row.name) for key, row in self._offices.items()]),
        ]

    def facts(self) -> dict[str, Any]:
        """Return the arguments of the service."""
        about = self.cleaned_data["about"]
        file = self._files.get(about)
        return {
            "office": file.office if file else self._offices[about],
            "application": file,
            "kind": self.cleaned_data["kind"],
            "text": self.cleaned_data["text"],
        }


class AnswerForm(PortalForm):
    """The answer of the office to a request."""

    outcome = forms.ChoiceField(
        label=_("Putusan"), choices=DataRequest.Outcome.choices, widget=forms.RadioSelect
    )
    answer = LongTextField(
        label=_("Jawaban kepada pemohon"),
        max_length=_MOST_SIGNS,
        printed=False,
        help_text=_(
            "Bila ditolak, sebutkan alasan dan aturannya. Dokumen yang sudah ditandatangani tidak "
            "berubah; pembetulan dicatat di sini."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class ProposalForm(PortalForm):
    """Which of the files that are due go on the list; to destroy also the approval."""

    berkas = forms.MultipleChoiceField(
        label=_("Berkas yang diusulkan"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages={
            "required": _("Pilih sedikitnya satu berkas yang sudah waktunya."),
            "invalid_choice": _("Daftar ini sudah berubah. Periksa lagi berkas yang dipilih."),
        },
    )
    approval = OneLineField(
        label=_("Persetujuan pemusnahan"),
        max_length=200,
        help_text=_("Nomor dan tanggal surat persetujuan atau penetapan."),
    )

    def __init__(self, *args: Any, due: Sequence[Due], destroys: bool, **kwargs: Any) -> None:
        """``due``: the files to choose from; all are ticked at first."""
        super().__init__(*args, **kwargs)
        self.due = due
        field = self.fields["berkas"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  declared above
        field.choices = [(one.key, one.file) for one in due]
        field.initial = [one.key for one in due]
        if not destroys:
            del self.fields["approval"]

    @property
    def rows(self) -> Iterator[tuple[BoundWidget, Due]]:
        """The check box of each file, with the file."""
        return zip(self["berkas"], self.due, strict=True)

    def layout(self) -> Layout:
        """The table of files, each with its check box, and the approval."""
        files = Field("berkas", template="archives/_due_files.html")
        return Layout(files, *(["approval"] if "approval" in self.fields else []))


class DecisionForm(PortalForm):
    """The decision of the second person."""

    agreed = forms.ChoiceField(
        label=_("Putusan Anda"),
        choices=[("ya", _("Setujui dan kerjakan")), ("tidak", _("Tolak usul ini"))],
        widget=forms.RadioSelect,
    )
    reason = OneLineField(
        label=_("Alasan, bila ditolak"), max_length=300, required=False, printed=False
    )

    def facts(self) -> dict[str, Any]:
        """Return the arguments of the service."""
        return {
            "agreed": self.cleaned_data["agreed"] == "ya",
            "reason": self.cleaned_data["reason"],
        }


class HoldForm(PortalForm):
    """What is held, why, until when."""

    number = CodeField(label=_("Nomor permohonan atau pengaduan"), max_length=40)
    whole_person = forms.BooleanField(
        label=_("Tahan semua berkas permohonan pemohonnya di kantor ini"), required=False
    )
    ground = OneLineField(
        label=_("Dasar penahanan"),
        max_length=300,
        printed=False,
        help_text=_("Misalnya nomor perkara, atau surat yang memintanya."),
    )
    until = DayField(
        label=_("Sampai"),
        required=False,
        back=0,
        ahead=30,
        help_text=_("Kosongkan bila belum diketahui: berlaku sampai dicabut."),
    )


class LiftForm(PortalForm):
    """Why a hold is lifted."""

    reason = OneLineField(label=_("Alasan dicabut"), max_length=300, printed=False)

    def __init__(self, *args: Any, hold: int, **kwargs: Any) -> None:
        """``hold``: the key of the hold that it lifts."""
        kwargs.setdefault("auto_id", f"cabut_{hold}_%s")
        super().__init__(*args, **kwargs)
        self.hold = hold
