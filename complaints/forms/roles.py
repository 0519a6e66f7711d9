"""The form that proposes a role of a position in the handling of complaints."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.models import Position, User
from authority import selectors
from authority.models import KindOf
from authority.proposing import ProposalForm
from complaints.models import Role
from complaints.proposals import role_facts

GIVE, TAKE = "beri", "cabut"


class RoleForm(ProposalForm):
    """Give a position a role, or take it away."""

    decree_required = True
    reason_required = False
    position = forms.ModelChoiceField(Position.objects.none(), label=gettext_lazy("Jabatan"))
    role = forms.ChoiceField(
        label=gettext_lazy("Peran"), choices=Role.choices, widget=forms.RadioSelect
    )
    do = forms.ChoiceField(
        label=gettext_lazy("Usulan"),
        choices=[(GIVE, gettext_lazy("Beri peran")), (TAKE, gettext_lazy("Cabut peran"))],
        widget=forms.RadioSelect,
    )
    field_order = ("position", "role", "do", "decree_number", "decree_date", "reason")

    def __init__(self, *args: Any, administrator: User, at: datetime, **kwargs: Any) -> None:
        self.at = at
        super().__init__(*args, **kwargs)
        field: Any = self.fields["position"]
        field.queryset = selectors.positions_for(administrator)
        field.label_from_instance = lambda row: f"{row.office} - {row}"

    def what(self) -> dict[str, Any]:
        """Return the arguments of ``propose`` besides actor and instant."""
        position: Position = self.cleaned_data["position"]
        facts = role_facts(
            position,
            self.cleaned_data["role"],
            gives=self.cleaned_data["do"] == GIVE,
            day=position.office.local_date(self.at),
        )
        return {
            "kind": KindOf.COMPLAINT_ROLE,
            "person": None,
            "position": position,
            "office": position.office,
            "facts": facts,
            **self.decree(),
        }
