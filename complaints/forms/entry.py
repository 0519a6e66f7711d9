"""The form in which an officer enters a report that came through another channel than the web."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, cast

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import DayField, OneLineField, TimeOfDayField
from accounts.models import ChannelKind, Office, OfficeChannel
from complaints.forms.intake import ReportForm
from permits.models import Application
from workflow.forms.base import Include, PortalForm
from workflow.refusals import sentence

_PRINTED, _OTHER = "tercetak", "lain"
_OLDEST = timedelta(days=366)
_NEVER = (ChannelKind.FORM, ChannelKind.SURVEY)  # registered by the portal itself


class EntryForm(ReportForm):
    """The report form, with the channel and the time of receipt."""

    channel = forms.ChoiceField(
        label=gettext_lazy("Datang melalui"),
        error_messages={"required": gettext_lazy("Pilih salurannya.")},
    )
    received_on = DayField(
        label=gettext_lazy("Tanggal diterima"),
        back=2,
        ahead=1,
        help_text=gettext_lazy("Saat laporan benar-benar datang; sejak itu jangka waktu dihitung."),
    )
    received_time = TimeOfDayField(label=gettext_lazy("Pukul"))
    outside_reference = OneLineField(
        label=gettext_lazy("Nomor pada saluran asal"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Misalnya nomor SP4N-LAPOR! atau nomor agenda surat."),
    )
    holder = OneLineField(
        label=gettext_lazy("Cari berkas menurut nama"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Nama pemegang izin atau pemohon, bila nomornya tidak diketahui."),
    )
    field_order = ("channel", "received_on", "received_time", "outside_reference")

    def layout(self) -> Layout:
        """Four groups: how it came, from whom, what it says, and what is kept secret."""
        return Layout(
            Fieldset(
                gettext_lazy("Bagaimana dan kapan datangnya"),
                "channel",
                "received_on",
                "received_time",
                "outside_reference",
                css_class="form-part",
            ),
            Fieldset(
                gettext_lazy("Siapa pengadunya"),
                Include("complaints/desk/_identity_hint.html"),
                "name",
                "phone",
                "email",
                "address",
                "national_id",
                css_class="form-part",
            ),
            Fieldset(
                gettext_lazy("Apa yang disampaikan"),
                "service",
                "reference",
                "holder",
                "served_on",
                "text",
                Include("complaints/desk/_alike.html"),
                Include("complaints/public/_kept_files.html"),
                "attachments",
                css_class="form-part",
            ),
            Fieldset(
                gettext_lazy("Kerahasiaan yang diminta pengadu"),
                "hide_identity",
                "confidential",
                css_class="form-part",
            ),
        )

    def __init__(self, *args: Any, office: Office, now: datetime, **kwargs: Any) -> None:
        local = now.astimezone(office.zone)
        super().__init__(*args, office=office, today=local.date(), **kwargs)
        self.office, self.now = office, now
        self.printed = {str(row.pk): row for row in office.channels.all()}
        channel = cast(forms.ChoiceField, self.fields["channel"])
        channel.choices = _choices(self.printed)
        self.fields["text"].help_text = _(
            "Tulis apa adanya: apa yang terjadi, kapan, di mana, dan apa yang diminta pengadu."
        )
        self.fields["received_on"].widget.attrs["max"] = self.today.isoformat()
        self.initial.setdefault("received_on", local.date())
        self.initial.setdefault("received_time", local.time())

    def clean(self) -> dict[str, Any]:
        """Validate that the receipt is in the past and not before the service."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        day, hour = cleaned.get("received_on"), cleaned.get("received_time")
        if day is None or hour is None:
            return cleaned
        if day < self.today - _OLDEST:
            self.add_error("received_on", sentence("received_long_ago"))
            return cleaned
        received_at = datetime.combine(day, hour, self.office.zone)
        if received_at > self.now:
            self.add_error("received_on", sentence("received_in_future"))
        served = cleaned.get("served_on")
        if served is not None and served > day:
            self.add_error("served_on", ValidationError(sentence("served_after_receipt")))
        cleaned["received_at"] = received_at
        return cleaned

    def came(self) -> dict[str, Any]:
        """Return the channel and the time of receipt."""
        group, _mark, key = self.cleaned_data["channel"].partition(":")
        printed: OfficeChannel | None = self.printed[key] if group == _PRINTED else None
        return {
            "channel": ChannelKind(printed.kind if printed else key),
            "printed_channel": printed,
            "received_at": self.cleaned_data["received_at"],
            "outside_reference": self.cleaned_data["outside_reference"],
        }


def _choices(printed: dict[str, OfficeChannel]) -> list[tuple[str, Any]]:
    """Return the channels that the standard prints, in its order, then the kinds it leaves out."""
    rows = [
        (f"{_PRINTED}:{key}", " ".join(part for part in (row.marker, _short(row)) if part))
        for key, row in printed.items()
    ]
    there = {row.kind for row in printed.values()}
    others = [
        (f"{_OTHER}:{kind}", kind.label)
        for kind in ChannelKind
        if kind not in there and kind not in _NEVER
    ]
    return [
        ("", _("Pilih saluran")),
        (_("Saluran pada standar pelayanan"), rows),
        (_("Saluran lain"), others),
    ]


def _short(row: OfficeChannel) -> str:
    text = str(row)
    return text if len(text) <= 80 else f"{text[:79]}…"


class AboutForm(PortalForm):
    """Which of the files found by name the report is about."""

    hides_optional = True
    application = forms.ModelChoiceField(
        label=gettext_lazy("Tentang berkas yang mana?"),
        queryset=Application.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, files: QuerySet[Application], offered: Iterable[Application] = ()
    ) -> None:
        """``files``: those that the officer may see; ``offered``: those that the page shows."""
        super().__init__(*args)
        field = self.fields["application"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  declared above
        field.queryset = files
        field.choices = [
            *(
                (one.public_id, f"{one.number}, {one.service.name}, {one.holder_name}")
                for one in offered
            ),
            ("", _("Bukan salah satu dari berkas ini")),
        ]
