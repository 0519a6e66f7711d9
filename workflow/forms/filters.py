"""The base of the forms that narrow a list: what they ask stands in the address of the page.

``{% crispy form %}`` draws such a form as a whole, with its button: it sends nothing and needs no
token. A page keeps no parsing of its own for what a form here reads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from accounts.fields import OneLineField, WholeNumberField
from accounts.models import Office
from workflow.forms.base import Include, PortalForm

_NO_SUCH = _("Pilihan ini tidak ada, jadi tidak dipakai.")
_LARGEST_KEY = 999_999_999


class SearchField(OneLineField):
    """Words to look for; the key "/" leads to it."""

    def __init__(self, *, attrs: dict[str, Any] | None = None, **kwargs: Any) -> None:
        """``attrs``: further attributes of the control."""
        drawn = {"autocomplete": "off", "data-search": True, **(attrs or {})}
        given = {"required": False, "initial": "", "printed": False, "max_length": 100, **kwargs}
        super().__init__(widget=forms.SearchInput(attrs=drawn), **given)


class KeyField(WholeNumberField):
    """The number of a row, in a list to choose from or in the address of a link."""

    default_error_messages: ClassVar = dict.fromkeys(
        ("invalid", "min_value", "max_value"), _NO_SUCH
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, min_value=0, max_value=_LARGEST_KEY, **kwargs)


class FilterForm(PortalForm):
    """Narrows what a page shows; it is bound to the query string and changes nothing.

    What is asked wrongly counts as not asked, and its field says so.
    """

    use_required_attribute = False
    hides_optional = True  # nothing in it must be filled in
    title: str | LazyText = ""  # what is looked for, said to who cannot see the form
    css_class = "list-tools"
    action = ""  # the name of the page that answers; "": the page itself
    ids = "id_%s"  # of the controls; a page may hold several of these forms
    buttons = "components/_filter_buttons.html"
    small: ClassVar[Sequence[str]] = ()  # the fields that need little room

    def __init__(self, asked: Mapping[str, str] | None = None) -> None:
        """``asked``: the query string; ``None`` for a form that leads to another page."""
        super().__init__(asked, auto_id=self.ids)
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = _NO_SUCH

    @property
    def answers(self) -> dict[str, Any]:
        """What is asked, by field: the cleaned value, or the initial one where there is none."""
        self.is_valid()
        found = {}
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            is_empty = value in field.empty_values
            found[name] = self.get_initial_for_field(field, name) if is_empty else value
        return found

    @property
    def narrowed(self) -> bool:
        """Whether a link that shows everything stands beside the button."""
        return False

    def shown(self) -> list[str]:
        """Return the names of the fields that are drawn, in their order."""
        return list(self.fields)

    def layout(self) -> Layout:
        """The fields in a row, and the button."""
        return Layout(*(self._tool(name) for name in self.shown()), Include(self.buttons))

    def _tool(self, name: str) -> str | Div:
        field = self.fields[name]
        if field.widget.is_hidden:
            return name
        width = "small" if name in self.small else "wide" if isinstance(field, SearchField) else ""
        return Div(name, css_class=f"list-tool list-tool--{width}" if width else "list-tool")

    @property
    def helper(self) -> FormHelper:
        """The helper of crispy-forms: a whole form that asks by GET."""
        helper = FormHelper()
        helper.form_method = "get"
        helper.form_action = self.action
        helper.form_class = self.css_class
        helper.form_show_errors = False
        helper.attrs = {"role": "search"}
        if self.title:
            helper.attrs["aria-label"] = self.title
        helper.layout = self.layout()
        return helper


class OfficeFilterForm(FilterForm):
    """The filters of a page of one office; who works at several chooses which."""

    kantor = forms.ChoiceField(label=_("Kantor"), required=False)

    def __init__(self, asked: Mapping[str, str], *, offices: Sequence[Office]) -> None:
        """``offices``: those that may be chosen, at least one; the first unless one is asked."""
        super().__init__(asked)
        offer(self, "kantor", [(one.code, str(one)) for one in offices])
        self.offices = offices
        self.office = next((one for one in offices if one.code == asked.get("kantor")), offices[0])


def offer(form: forms.Form, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
    """Set the choices of a field, which are known when the page is asked for."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared as one
    field.choices = choices
