"""The forms that narrow the lists of files, numbers, openings and issued permits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.fields import CodeField, DayField
from accounts.models import Office, User
from permits.selectors import Show
from permits.step_kinds import TASKS
from workflow.forms.filters import FilterForm, KeyField, OfficeFilterForm, SearchField, offer

Choices = Sequence[tuple[Any, str]]


class WorklistForm(FilterForm):
    """The worklist; links set what the form does not show, and a search keeps ``tampil`` alone."""

    title = _("Cari di antrean")
    tampil = forms.TypedChoiceField(
        choices=[(show, show) for show in Show],
        coerce=Show,
        initial=Show.MINE,
        required=False,
        widget=forms.HiddenInput,
    )
    q = SearchField(label=_("Nomor atau nama"))
    layanan = KeyField(label=_("Layanan"), widget=forms.Select)
    meja = KeyField()
    langkah = KeyField()
    tugas = forms.ChoiceField(choices=[(task, task) for task in TASKS], required=False, initial="")
    kantor = CodeField(required=False, initial="")

    def __init__(self, asked: Mapping[str, str], *, services: Choices) -> None:
        """``services``: those of open files; a link may ask for another one."""
        super().__init__(asked)
        self.services = services
        widget = self.fields["layanan"].widget
        widget.choices = [("", _("Semua layanan")), *services]

    def shown(self) -> list[str]:
        """Return the fields of the page; a choice of one service is none."""
        kept = ["tampil"] if self.answers["tampil"] is not Show.MINE else []
        return [*kept, "q", *(["layanan"] if len(self.services) > 1 else [])]

    @property
    def narrowed(self) -> bool:
        """Whether there is more to see without what is asked."""
        asked = self.answers
        at_desk = asked["meja"] is not None and asked["tampil"] is not Show.MINE
        return bool(asked["q"] or asked["layanan"] or asked["langkah"] or at_desk)


class RegisterForm(OfficeFilterForm):
    """The register of numbers: office, year, kind of number, words."""

    title = _("Cari di register")
    field_order = ("q", "tahun", "layanan", "kantor")
    q = SearchField(label=_("Nomor atau nama"))
    tahun = forms.TypedChoiceField(label=_("Tahun"), coerce=int, required=False, empty_value=None)
    layanan = forms.ChoiceField(label=_("Layanan"), required=False, initial="")

    def offer_numbers(self, years: Sequence[int], kinds: Choices, this_year: int) -> None:
        """Set what the register of the office has; it shows ``this_year`` unless one is asked."""
        offer(self, "tahun", [(year, year) for year in years])
        self.fields["tahun"].initial = this_year
        offer(self, "layanan", [("", _("Semua layanan")), *kinds])
        self.kinds = dict(kinds)

    def shown(self) -> list[str]:
        """Leave out a choice of one."""
        several = {"layanan": len(self.kinds) > 1, "kantor": len(self.offices) > 1}
        return [name for name in self.fields if several.get(name, True)]


class OpeningsForm(FilterForm):
    """Who opened applicants' data: by person, day, and the file of a link."""

    title = _("Cari pembukaan data")
    orang = forms.TypedChoiceField(
        label=_("Yang membuka"), coerce=int, required=False, empty_value=None
    )
    hari = DayField(label=_("Hari"), required=False, ahead=0)
    berkas = CodeField(required=False, max_length=36)

    def __init__(self, asked: Mapping[str, str], *, people: Sequence[User]) -> None:
        """``people``: those who opened something."""
        super().__init__(asked)
        offer(self, "orang", [("", _("Semua orang")), *((one.pk, str(one)) for one in people)])

    def clean_berkas(self) -> UUID | None:
        """Return the key of the file; ``None`` without one."""
        try:
            return UUID(self.cleaned_data["berkas"]) if self.cleaned_data["berkas"] else None
        except ValueError as error:
            raise ValidationError(_("Permohonan ini tidak ada.")) from error

    def shown(self) -> list[str]:
        """Return the fields of the page; a file is asked for by a link."""
        return ["orang", "hari"]


class PublicRegisterForm(FilterForm):
    """The public register of issued permits."""

    title = _("Cari izin yang terbit")
    q = SearchField(label=_("Nomor, layanan, atau badan usaha"), max_length=150)
    kantor = forms.ChoiceField(label=_("Kantor"), required=False, initial="")

    def __init__(self, asked: Mapping[str, str], *, offices: Sequence[Office]) -> None:
        """``offices``: the public ones."""
        super().__init__(asked)
        names = [(one.code, one.short_name) for one in offices]
        offer(self, "kantor", [("", _("Semua kantor")), *names])
