"""Forms of officers. Every form carries the visit it was shown for.

The visit protects against a repeated request and a second officer: a service changes nothing if
the application has moved on.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import (
    CodeField,
    DayField,
    LongTextField,
    OneLineField,
)
from permits import selectors
from permits.forms.charges import CorrectChargeForm as CorrectChargeForm
from permits.forms.charges import PaymentForm as PaymentForm
from permits.forms.charges import SetChargesForm as SetChargesForm
from permits.forms.desk_form import DeskForm
from permits.forms.parts import PartForm as PartForm
from permits.forms.parts import PassOverForm as PassOverForm
from permits.forms.passing import PassForm as PassForm
from permits.forms.recording import RecordingFields
from permits.forms.texts import DraftForm as DraftForm
from permits.forms.texts import PaperTextForm as PaperTextForm
from permits.models import (
    Inspection,
    RequirementVerdict,
)
from standards.models import Procedure
from workflow.domain.errors import DomainError
from workflow.forms.signature import SignatureFields
from workflow.refusals import sentence

PHOTOS = 8
Result = RequirementVerdict.Result
_NOTE_LENGTH = 2000


def _note(label: str | Any, *, required: bool = False, help_text: str | Any = "") -> Any:
    return LongTextField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=_NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Tulis alasannya terlebih dahulu.")},
    )


class ReceiveForm(DeskForm):
    """Confirm the receipt on the routing card."""

    name = "terima"


class CompleteForm(DeskForm):
    """Declare complete and correct; the standard may name several classifications."""

    name = "lengkap"
    unopened = forms.BooleanField(
        label=gettext_lazy("Nyatakan lengkap tanpa membuka berkas itu"), required=False
    )
    procedure = forms.ModelChoiceField(
        queryset=Procedure.objects.none(),
        label=gettext_lazy("Klasifikasi (alur SOP)"),
        empty_label=None,
        help_text=gettext_lazy("Standar layanan ini menyebut beberapa alur. Pilih yang sesuai."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            del self.fields["unopened"]  # asked only when it is so
        choices = self.application.version.procedure_links.all()
        if len(choices) < 2 or self.application.accepted_at is not None:
            del self.fields["procedure"]
            return
        named = Procedure.objects.filter(version_links__version=self.application.version_id)
        field = cast(forms.ModelChoiceField, self.fields["procedure"])
        field.queryset = named.order_by("version_links__order")
        self.initial.setdefault("procedure", self.application.procedure_id)

    def clean(self) -> dict[str, Any]:
        """Ask once whether papers are to be declared complete that nobody has opened."""
        cleaned = super().clean() or {}
        unread = selectors.checklist(self.application).unopened(self.application.current_step_id)
        if unread and not cleaned.pop("unopened", False):
            papers = ", ".join(line.requirement.text for line in unread)
            self.add_error("unopened", sentence(DomainError("papers_unopened", papers=papers)))
        elif not unread:
            self.fields.pop("unopened", None)
            cleaned.pop("unopened", None)
        return cleaned


class ReturnForm(DeskForm):
    """Return for completion; the faults are the verdicts, this is the covering note."""

    name = "kembalikan"
    note = _note(
        gettext_lazy("Catatan untuk pemohon"),
        help_text=gettext_lazy(
            "Boleh dikosongkan: alasan tiap berkas ikut terkirim dengan sendirinya."
        ),
    )


class ProposeRefusalForm(DeskForm):
    """Propose to refuse the application; the desk that signs decides."""

    name = "tolak"
    ground = OneLineField(
        label=gettext_lazy("Dasar penolakan"),
        max_length=500,
        help_text=gettext_lazy("Peraturan atau syarat yang tidak terpenuhi. Tercetak pada surat."),
        widget=forms.TextInput(attrs={"list": "dasar-penolakan", "autocomplete": "off"}),
    )
    reason = _note(
        gettext_lazy("Alasan penolakan"),
        required=True,
        help_text=gettext_lazy("Tercetak pada surat penolakan dan dibaca pemohon."),
    )


class VerdictForm(DeskForm):
    """The verdict on one requirement; the button pressed gives the result."""

    result = forms.ChoiceField(choices=Result.choices)
    seen = CodeField(required=False, max_length=60)
    reason = OneLineField(
        label=gettext_lazy("Alasan"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"list": "alasan-lazim", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, requirement: int, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"syarat_{requirement}_%s", **kwargs)


class AnswerVerdictForm(DeskForm):
    """The verdict on one answer: a reason refuses it."""

    key = CodeField(max_length=80)
    seen = CodeField(required=False, max_length=60)
    reason = OneLineField(label=gettext_lazy("Alasan"), required=False, max_length=500)


class SkipForm(DeskForm):
    """A conditional step is not needed."""

    name = "lewati"
    note = _note(gettext_lazy("Mengapa langkah ini tidak diperlukan?"), required=True)


class SendBackForm(DeskForm):
    """Send the application back to an earlier step; the one that the SOP names is chosen."""

    name = "balik"
    target = forms.TypedChoiceField(label=gettext_lazy("Kembalikan ke langkah"), coerce=int)
    note = _note(
        gettext_lazy("Apa yang harus diperbaiki?"),
        required=True,
        help_text=gettext_lazy("Dibaca petugas yang menerimanya dan tercatat di kartu kendali."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = {row.pk: row for row in self.application.procedure.steps.all()}
        field = cast(forms.ChoiceField, self.fields["target"])
        field.choices = [
            (step.pk, f"{rows[step.pk].printed_number}. {rows[step.pk].role.label}")
            for step in selectors.steps_before(self.application)
        ]
        if usual := selectors.step_to_return_to(self.application):
            self.initial["target"] = usual.pk


class InspectionForm(RecordingFields, DeskForm):
    """The minutes (berita acara pemeriksaan) of the technical team, with photos."""

    name = "bap"
    inspected_on = DayField(label=gettext_lazy("Tanggal peninjauan"), back=2, ahead=1)
    place = OneLineField(label=gettext_lazy("Tempat"), max_length=200)
    team = OneLineField(
        label=gettext_lazy("Anggota tim"),
        max_length=300,
        help_text=gettext_lazy("Pisahkan nama dengan koma."),
    )
    findings = LongTextField(
        label=gettext_lazy("Temuan"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 6})
    )
    recommendation = forms.ChoiceField(
        label=gettext_lazy("Rekomendasi"),
        choices=Inspection.Recommendation.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("inspected_on", today)
        self.fields["inspected_on"].widget.attrs["max"] = today.isoformat()
        for number in range(1, PHOTOS + 1):
            self.fields[f"photo_{number}"] = forms.FileField(
                label=_("Foto %(number)s") % {"number": number},
                required=False,
                widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
            )
            self.fields[f"caption_{number}"] = OneLineField(
                label=_("Keterangan foto %(number)s") % {"number": number},
                required=False,
                max_length=150,
            )

    def photo_rows(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """Yield each photo's field with the field of its caption."""
        for number in range(1, PHOTOS + 1):
            yield self[f"photo_{number}"], self[f"caption_{number}"]

    def first_photos(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The photos that are always visible."""
        return list(self.photo_rows())[:2]

    def more_photos(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The photos in the collapsed part."""
        return list(self.photo_rows())[2:]

    def more_open(self) -> bool:
        """Whether the collapsed part must be open because it has errors or values."""
        return any(
            photo.errors or caption.errors or caption.value()
            for photo, caption in self.more_photos()
        )

    def clean_inspected_on(self) -> date:
        """Refuse a date in the future."""
        day: date = self.cleaned_data["inspected_on"]
        if day > self.today:
            raise ValidationError(sentence("inspection_date_ahead"))
        return day

    def clean(self) -> dict[str, Any]:
        """Check every photo, so that an error is shown at its photo."""
        cleaned: dict[str, Any] = super().clean() or {}
        for number in range(1, PHOTOS + 1):
            photo = cleaned.get(f"photo_{number}")
            if photo is None and cleaned.get(f"caption_{number}"):
                self.add_error(f"photo_{number}", _("Pilih foto untuk keterangan ini."))
            if photo is not None:
                self._check(f"photo_{number}", photo)
        self.choose_again()
        return cleaned

    def _check(self, name: str, photo: UploadedFile) -> None:
        """Replace the upload by the checked picture, so that it is decoded once."""
        try:
            self.cleaned_data[name] = self.checked(photo, images_only=True)
        except DomainError as error:
            if error.code in ("file_wrong_type", "file_name_differs"):
                self.add_error(name, _("Foto harus berupa JPEG atau PNG yang dapat dibuka."))
            else:
                self.add_error(name, sentence(error))

    @property
    def lost_photos(self) -> bool:
        """Whether photos were chosen; the browser drops them when the form is shown again."""
        return self.is_bound and bool(self.errors) and any(self.files)

    def facts(self) -> dict[str, Any]:
        """Return the minutes with the checked photos and their captions."""
        cleaned = self.cleaned_data
        fields = ("inspected_on", "place", "team", "findings", "recommendation")
        photos = [
            (cleaned[f"photo_{number}"], cleaned[f"caption_{number}"])
            for number in range(1, PHOTOS + 1)
            if cleaned[f"photo_{number}"]
        ]
        given = super().facts()
        recorded: dict[str, Any] = {
            name: given[name] for name in ("answers", "documents") if name in given
        }
        return {**{name: cleaned[name] for name in fields}, "photos": photos, **recorded}


class FinishDraftForm(DeskForm):
    """Hand the draft to the first officer who initials it."""

    name = "paraf_pertama"
    digest = CodeField(widget=forms.HiddenInput, max_length=64, required=False)
    note = _note(gettext_lazy("Catatan untuk pemaraf"))


class InitialForm(DeskForm):
    """Initials for the text that was shown."""

    name = "paraf"
    digest = CodeField(widget=forms.HiddenInput, max_length=64, required=False)
    note = _note(gettext_lazy("Catatan untuk kartu kendali"))


class InitialPaperForm(InitialForm):
    """Initials for the text of a paper beside the permit."""

    name = "paraf_dokumen"


class SignatureForm(SignatureFields, DeskForm):
    """A signature: who signs proves it."""


class SignForm(SignatureForm):
    """The head's signature of the text that was shown."""

    name = "tanda_tangan"
    digest = CodeField(widget=forms.HiddenInput, max_length=64, required=False)


class SignPaperForm(SignForm):
    """The signature of a paper beside the permit."""

    name = "ttd_dokumen"


class ConfirmRefusalForm(SignatureForm):
    """The signature of the letter of refusal that was proposed."""

    name = "putus_tolak"


class RefuseForm(ProposeRefusalForm, SignatureForm):
    """Refuse at the desk that signs, without a proposal."""

    name = "tolak_langsung"


class NumberForm(DeskForm):
    """Enter the number in the register."""

    name = "nomor"


class HandOverForm(DeskForm):
    """Who received the product at the counter."""

    name = "serahkan"
    receiver = OneLineField(
        label=gettext_lazy("Nama penerima"),
        max_length=150,
        error_messages={"required": gettext_lazy("Tulis nama orang yang menerima dokumen.")},
    )
    note = _note(gettext_lazy("Catatan"))
