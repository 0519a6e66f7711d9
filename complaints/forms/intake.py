"""The form for complaints and suggestions, on the web and at the desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import (
    DayField,
    EmailField,
    LongTextField,
    NationalIdField,
    OneLineField,
    PhoneField,
)
from accounts.models import Office
from complaints.models import ComplaintFile
from documents.uploads import ACCEPT
from standards.models import Service
from workflow.formats import filesize_id
from workflow.forms.base import Include, PortalForm
from workflow.refusals import sentence

PERSON = ("name", "national_id", "phone", "email", "address")
WITH_NAME, WITHOUT_NAME = "ya", "tidak"


class FilesInput(forms.FileInput):
    """Several files in one control."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"multiple": True, "accept": ACCEPT, "data-photos": True})


class FilesField(forms.FileField):
    """Files that the view stores even if other fields are invalid, so that no upload is lost."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> None:
        """Do nothing: ``services.attachments`` validates the files."""


class ReportForm(PortalForm):
    """The fields that every report has, for all channels."""

    use_required_attribute = False

    name = OneLineField(
        label=gettext_lazy("Nama"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    national_id = NationalIdField(
        label=gettext_lazy("NIK"),
        max_length=25,
        required=False,
        help_text=gettext_lazy("16 angka pada KTP."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    phone = PhoneField(
        label=gettext_lazy("Nomor telepon"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = EmailField(
        label=gettext_lazy("Alamat e-mail"),
        max_length=200,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    address = OneLineField(
        label=gettext_lazy("Alamat"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "street-address"}),
    )
    service = forms.ModelChoiceField(
        label=gettext_lazy("Tentang layanan"),
        queryset=Service.objects.none(),
        required=False,
        empty_label=gettext_lazy("Tidak tahu, atau bukan tentang satu layanan"),
    )
    reference = OneLineField(
        label=gettext_lazy("Nomor berkas, kode lacak, atau nomor izin"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Bila ada. Dengan ini kami langsung menemukan berkasnya."),
    )
    served_on = DayField(
        label=gettext_lazy("Tanggal menerima pelayanan"),
        back=20,
        ahead=1,
        required=False,
        help_text=gettext_lazy("Kosongkan bila pelayanannya belum diterima."),
    )
    text = LongTextField(
        label=gettext_lazy("Isi laporan"),
        printed=False,
        max_length=10_000,
        help_text=gettext_lazy("Apa yang terjadi, kapan, di mana, dan apa yang Anda harapkan?"),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": gettext_lazy("Tulis apa yang ingin disampaikan.")},
    )
    attachments = FilesField(
        label=gettext_lazy("Lampiran"),
        required=False,
        help_text=gettext_lazy(
            "Paling banyak 5 berkas PDF, JPEG, atau PNG. Nama berkas serta data tersembunyi di "
            "dalamnya (pembuat, kamera, lokasi) tidak kami simpan."
        ),
    )
    hide_identity = forms.BooleanField(
        label=gettext_lazy("Sembunyikan identitas dari unit yang diadukan"),
        required=False,
        help_text=gettext_lazy(
            "Petugas yang pernah menangani berkas itu tidak dapat membuka nama dan alamat pengadu."
        ),
    )
    confidential = forms.BooleanField(
        label=gettext_lazy("Rahasiakan laporan ini"),
        required=False,
        help_text=gettext_lazy(
            "Hanya penanggung jawab laporan, kepala dinas, dan pejabat yang gilirannya menyetujui "
            "jawaban yang dapat melihatnya. Petugas lain tidak melihat laporan ini di mana pun."
        ),
    )

    def __init__(self, *args: Any, office: Office, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        services = Service.objects.public().filter(office=office).order_by("name")
        cast(forms.ModelChoiceField, self.fields["service"]).queryset = services
        self.fields["served_on"].widget.attrs["max"] = today.isoformat()

    def clean_served_on(self) -> date | None:
        """Validate that the service was not received in the future."""
        day: date | None = self.cleaned_data["served_on"]
        if day is not None and day > self.today:
            raise ValidationError(sentence("served_after_receipt"))
        return day

    def person(self) -> dict[str, str]:
        """Return the identity fields that were filled in."""
        return {name: self.cleaned_data[name] for name in PERSON}

    def facts(self) -> dict[str, Any]:
        """Return the content of the report, without identity, time and channel."""
        names = ("service", "reference", "served_on", "text", "hide_identity", "confidential")
        return {name: self.cleaned_data[name] for name in names}

    def hidden(self) -> list[tuple[str, str]]:
        """Return names and values of the input, as hidden fields for the next step."""
        pairs = []
        for name, field in self.fields.items():
            typed = self.data.get(self.add_prefix(name), "")
            if typed and not isinstance(field, forms.FileField):
                pairs.append((self.add_prefix(name), typed))
        return pairs

    def rows(self) -> list[tuple[str, object]]:
        """Return labels and values of everything that will be sent, for the review step."""
        rows: list[tuple[str, object]] = []
        for name, field in self.fields.items():
            if isinstance(field, forms.FileField):
                continue
            value = self.cleaned_data.get(name)
            if isinstance(field, forms.BooleanField):
                value = _("Ya") if value else _("Tidak")
            elif isinstance(field, forms.ChoiceField) and not isinstance(
                field, forms.ModelChoiceField
            ):
                value = _label(field.choices, value)
            rows.append((str(field.label), value))
        return rows


def _label(choices: Any, value: object) -> object:
    """Return the label of a choice, also from within option groups."""
    for key, label in choices:
        if isinstance(label, list | tuple):
            nested = _label(label, value)
            if nested != value:
                return nested
        elif key == value:
            return label
    return value


class PublicForm(ReportForm):
    """The form of the web: with or without identity, without account."""

    identity = forms.ChoiceField(
        label=gettext_lazy("Apakah Anda menyebut identitas?"),
        widget=forms.RadioSelect,
        choices=[
            (WITH_NAME, gettext_lazy("Ya, saya menyebut nama dan cara menghubungi saya")),
            (WITHOUT_NAME, gettext_lazy("Tidak, saya tidak menyebut siapa saya")),
        ],
        help_text=gettext_lazy(
            "Tanpa identitas, laporan diterima sebagai saran. Alamat jaringan dan jam pengiriman "
            "Anda tidak disimpan, dan laporan tidak dihubungkan dengan akun mana pun."
        ),
        error_messages={"required": gettext_lazy("Pilih salah satu.")},
    )
    field_order = ("identity", *PERSON)

    def layout(self) -> Layout:
        """Three groups: who, what, and what is kept secret."""
        return Layout(
            Fieldset(
                gettext_lazy("Siapa Anda"),
                "identity",
                Include("complaints/public/_identity_hint.html"),
                "name",
                "phone",
                "email",
                "address",
                "national_id",
                css_class="form-part",
            ),
            Fieldset(
                gettext_lazy("Apa yang Anda sampaikan"),
                "service",
                "reference",
                "served_on",
                "text",
                Include("complaints/public/_alike.html"),
                Include("complaints/public/_kept_files.html"),
                "attachments",
                css_class="form-part",
            ),
            Fieldset(
                gettext_lazy("Kerahasiaan"), "hide_identity", "confidential", css_class="form-part"
            ),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["name"].error_messages["required"] = _("Tulis nama Anda.")

    def person(self) -> dict[str, str]:
        """Return the identity; empty if the complainant chose to stay anonymous."""
        if self.cleaned_data["identity"] == WITHOUT_NAME:
            return {}
        return super().person()

    def clean(self) -> dict[str, Any]:
        """Validate that a complainant with identity gives a name and one contact."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("identity") != WITH_NAME:
            for name in PERSON:  # not sent, so not validated
                self.errors.pop(name, None)
                cleaned[name] = ""
        if cleaned.get("identity") == WITH_NAME:
            ways = ("phone", "email", "address")
            if not any(cleaned.get(way) or way in self.errors for way in ways):
                self.add_error(
                    "phone", _("Isi sekurangnya satu: nomor telepon, alamat e-mail, atau alamat.")
                )
        return cleaned

    def rows(self) -> list[tuple[str, object]]:
        """Return the rows without the identity if it will not be sent."""
        nobody = self.cleaned_data["identity"] == WITHOUT_NAME
        out = {str(self.fields[name].label) for name in PERSON} if nobody else set()
        return [row for row in super().rows() if row[0] not in out]


class DropForm(PortalForm):
    """Which of the files that came with an earlier step are dropped."""

    hides_optional = True
    buang = forms.MultipleChoiceField(
        label=gettext_lazy("Lampiran yang sudah diterima"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, kept: Sequence[ComplaintFile]) -> None:
        """``kept``: the files, of which none is ticked at first."""
        super().__init__()
        field = self.fields["buang"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  declared above
        field.choices = [(one.pk, _dropped(number, one)) for number, one in enumerate(kept, 1)]


def _dropped(number: int, file: ComplaintFile) -> str:
    return _("Hapus lampiran %(n)s (%(kind)s, %(size)s)") % {
        "n": number,
        "kind": file.content_type.rpartition("/")[2].upper(),
        "size": filesize_id(file.size),
    }
