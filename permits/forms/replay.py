"""The other term with which closed files are counted again."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import WholeNumberField
from standards.models import TermUnit
from workflow.domain.clock import Term, Unit
from workflow.forms.base import PortalForm


class ReplayForm(PortalForm):
    """A term to be tried."""

    amount = WholeNumberField(label=_("Jangka waktu yang dicoba"), min_value=1, max_value=1000)
    unit = forms.ChoiceField(label=_("Satuan"), choices=TermUnit.choices)

    def term(self) -> Term:
        """Return the term of a valid form."""
        return Term(self.cleaned_data["amount"], Unit(self.cleaned_data["unit"]))
