"""The search boxes of the portal: on the home page, in the head of every page, at the desk."""

from __future__ import annotations

from crispy_forms.layout import Layout
from django.utils.translation import gettext_lazy as _

from standards.domain.search import LONGEST
from workflow.forms.base import Include
from workflow.forms.filters import FilterForm, SearchField


class SearchForm(FilterForm):
    """The one box for services, KBLI codes, and every code and number that the portal prints."""

    title = _("Cari di portal")
    action = "portal:search"
    css_class = "search-box search-box--large"
    button_class = "btn-primary btn-lg"
    q = SearchField(
        label=_("Nama layanan, kode KBLI, atau kode dan nomor yang tercetak"),
        max_length=LONGEST,
        attrs={
            "placeholder": _("Layanan, KBLI, kode, atau nomor"),
            "autocapitalize": "off",
            "spellcheck": "false",
        },
    )

    def layout(self) -> Layout:
        """The words and the button."""
        return Layout("q", Include("components/_search_button.html"))


class HeadSearchForm(SearchForm):
    """The same in the head of the pages of citizens."""

    title = _("Cari dari setiap halaman")
    ids = "kepala_%s"
    css_class = "site-search search-box"
    button_class = "btn-quiet"
    q = SearchField(
        label=_("Cari layanan, KBLI atau kode berkas"),
        max_length=LONGEST,
        attrs={"placeholder": _("Layanan, KBLI, kode"), "data-search": False},
    )


class DeskSearchForm(FilterForm):
    """The box beside the pages of officers; it leads to the worklist."""

    title = _("Cari berkas")
    action = "permits:worklist"
    ids = "meja_%s"
    css_class = "desk-search search-box"
    q = SearchField(
        label=_("Cari nomor, pemohon atau layanan"), attrs={"placeholder": _("Cari berkas")}
    )

    def layout(self) -> Layout:
        """The words alone: Enter sends them."""
        return Layout("q")
