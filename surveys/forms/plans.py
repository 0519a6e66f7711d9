"""The follow-up plan of a report, and what was done."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.fields import DayField, OneLineField
from accounts.models import User
from documents import quotas, uploads
from standards.models import PublicConsultation
from surveys.models import FollowUp
from surveys.services.follow_ups import Plan
from workflow.domain.dates import add_months
from workflow.domain.errors import DomainError
from workflow.forms.base import PortalForm
from workflow.refusals import sentence

_MONTHS = 12  # as far ahead as a plan goes


class PersonField(forms.ModelChoiceField):
    """Choice of a person by their full name."""

    def label_from_instance(self, obj: User) -> str:
        return obj.full_name


class ElementPlanForm(PortalForm):
    """Programme, month and person in charge of one element."""

    programme = OneLineField(label=_("Program atau kegiatan"), max_length=500)
    month = DayField(label=_("Bulan pelaksanaan"), widget=forms.Select)
    owner = PersonField(User.objects.none(), label=_("Penanggung jawab"))

    def __init__(self, *args: Any, row: FollowUp, people: Any, today: date, **kwargs: Any) -> None:
        kwargs["prefix"] = row.element
        kwargs["initial"] = {
            "programme": row.programme,
            "month": row.month,
            "owner": row.owner_id,
        }
        super().__init__(*args, **kwargs)
        self.row = row
        first = today.replace(day=1)
        self.months = [add_months(first, ahead) for ahead in range(_MONTHS + 1)]
        if row.month and row.month not in self.months:
            self.months.insert(0, row.month)
        choices = [
            ("", "---"),
            *((one.isoformat(), date_format(one, "F Y")) for one in self.months),
        ]
        self.fields["month"].widget.choices = choices
        cast(PersonField, self.fields["owner"]).queryset = people

    def clean_month(self) -> date:
        """Validate that the month is one of the choices."""
        month: date = self.cleaned_data["month"]
        if month not in self.months:
            raise forms.ValidationError(_("Pilih salah satu bulan yang tersedia."))
        return month

    def plan(self) -> Plan:
        """Return what was planned."""
        facts = self.cleaned_data
        return Plan(facts["programme"], facts["month"], facts["owner"])


class ConsultationForm(PortalForm):
    """When the plan was, or will be, discussed with the public."""

    consultation = forms.ModelChoiceField(
        PublicConsultation.objects.none(),
        label=_("Konsultasi publik yang tercatat"),
        help_text=_("Dicatat administrator beserta berita acara; tanggalnya diambil dari situ."),
        required=False,
        empty_label=_("Belum tercatat, isi tanggalnya di bawah"),
    )
    consulted_on = DayField(
        label=_("Tanggal Forum Konsultasi Publik"),
        help_text=_("Hari rencana ini dibahas dengan masyarakat."),
        required=False,
        back=1,
        ahead=1,
    )

    def __init__(self, *args: Any, offered: QuerySet[PublicConsultation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["consultation"]).queryset = offered

    def clean(self) -> dict[str, Any]:
        """Take the day of the record; without one the day must be typed."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if record := given.get("consultation"):
            given["consulted_on"] = record.held_on
        elif not given.get("consulted_on") and "consulted_on" not in self.errors:
            self.add_error("consulted_on", _("Isi tanggalnya atau pilih yang sudah tercatat."))
        return given


class FinishForm(PortalForm):
    """The day on which a follow-up was done, and the evidence: words, a document, or both."""

    done_on = DayField(label=_("Selesai pada"), back=2, ahead=0)
    evidence = OneLineField(
        label=_("Bukti"),
        help_text=_(
            "Nomor dokumen, alamat halaman, atau apa yang dapat dilihat. "
            "Isi ini, dokumen di bawah, atau keduanya."
        ),
        max_length=500,
        required=False,
    )
    upload = forms.FileField(
        label=_("Dokumen bukti"),
        required=False,
        help_text=_("PDF, JPEG, atau PNG, paling besar 30 MB. Masuk paket bukti PEKPPP."),
        widget=forms.FileInput(attrs={"accept": uploads.ACCEPT}),
    )

    def __init__(self, *args: Any, sent_by: User, at: datetime, **kwargs: Any) -> None:
        """``sent_by``: whose quota an upload counts for."""
        super().__init__(*args, **kwargs)
        self.sent_by, self.at = sent_by, at

    def clean_upload(self) -> uploads.Checked | None:
        """Check the document, so that what is wrong with it is said at its field."""
        given = self.cleaned_data["upload"]
        if not given:
            return None
        try:
            with quotas.metered(given.size or 0, self.at, quotas.of_officer(self.sent_by.pk)):
                return uploads.check(given)
        except DomainError as error:
            raise forms.ValidationError(sentence(error)) from error

    def clean(self) -> dict[str, Any]:
        """Ask for words or a document."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not {"evidence", "upload"} & self.errors.keys() and not (
            given.get("evidence") or given.get("upload")
        ):
            self.add_error("evidence", _("Tulis buktinya atau unggah dokumennya."))
        return given
