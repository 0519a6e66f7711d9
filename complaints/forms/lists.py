"""The forms that narrow the worklist of complaints and the complaint book."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django import forms
from django.utils import dates
from django.utils.translation import gettext_lazy as _

from accounts.fields import CodeField
from accounts.models import ChannelKind
from complaints.domain.lifecycle import Status
from complaints.selectors import Show
from workflow.forms.filters import FilterForm, KeyField, OfficeFilterForm, SearchField, offer


class ComplaintListForm(FilterForm):
    """The worklist; links of the board set what the form does not show."""

    title = _("Cari pengaduan")
    tampil = forms.TypedChoiceField(
        choices=[(show, show) for show in Show],
        coerce=Show,
        initial=Show.WAITING,
        required=False,
        widget=forms.HiddenInput,
    )
    q = SearchField(label=_("Nomor pengaduan, nomor berkas, atau layanan"))
    tahap = forms.ChoiceField(
        choices=[(status, status) for status in Status], required=False, initial=""
    )
    layanan = KeyField()  # 0: about no service
    kantor = CodeField(required=False, initial="")

    def shown(self) -> list[str]:
        """Return the fields of the page."""
        return ["tampil", "q"] if self.answers["tampil"] is not Show.WAITING else ["q"]

    @property
    def narrowed(self) -> bool:
        """Whether there is more to see without what is asked."""
        asked = self.answers
        return bool(asked["q"] or asked["tahap"]) or asked["layanan"] is not None


class BookForm(OfficeFilterForm):
    """The complaint book: office, year, month, service and channel."""

    title = _("Pilih bagian buku")
    small: ClassVar = ("tahun", "bulan")
    field_order = ("tahun", "bulan", "layanan", "saluran", "kantor")
    tahun = forms.TypedChoiceField(label=_("Tahun"), coerce=int, required=False, empty_value=None)
    bulan = forms.TypedChoiceField(
        label=_("Bulan"),
        choices=[("", _("Semua bulan")), *dates.MONTHS.items()],
        coerce=int,
        required=False,
        empty_value=None,
        initial=0,
    )
    layanan = forms.ChoiceField(label=_("Layanan"), required=False, initial="")
    saluran = forms.ChoiceField(
        label=_("Saluran"),
        choices=[("", _("Semua saluran")), *ChannelKind.choices],
        required=False,
        initial="",
    )

    def offer_book(
        self, years: Sequence[int], services: Sequence[tuple[str, str]], this_year: int
    ) -> None:
        """Set what the book of the office has; it shows ``this_year`` unless one is asked."""
        offer(self, "tahun", [(year, year) for year in years])
        self.fields["tahun"].initial = this_year
        offer(self, "layanan", [("", _("Semua layanan")), *services])
        self.services = services

    def shown(self) -> list[str]:
        """Leave out a choice of one."""
        several = {"layanan": len(self.services) > 1, "kantor": len(self.offices) > 1}
        return [name for name in self.fields if several.get(name, True)]
