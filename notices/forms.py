"""The form for message preferences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.fields import PhoneField
from notices.channels import configured
from notices.kinds import Kind
from notices.models import Channel, Preference
from notices.phones import mobile
from workflow.forms.base import Include, PortalForm

_TELEPHONE = {"sms": Channel.SMS, "whatsapp": Channel.WHATSAPP}


class PreferencesForm(PortalForm):
    """Language, telephone, and the channels for each kind of message.

    Telephone channels are offered only if a gateway is configured. Mail can be switched off only
    for kinds that are not urgent. Every message is in the account in any case.
    """

    language = forms.ChoiceField(label=_("Bahasa pesan"), choices=settings.LANGUAGES)

    def __init__(
        self,
        *args: Any,
        kinds: Sequence[Kind],
        chosen: Mapping[str, Preference],
        phone: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        self.ways = [way for way, channel in _TELEPHONE.items() if configured(channel)]
        if self.ways:
            self.fields["phone"] = PhoneField(
                label=_("Nomor telepon seluler"),
                max_length=20,
                required=False,
                initial=phone,
                widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
            )
        for number, kind in enumerate(kinds):
            wish = chosen.get(kind.code) or Preference()
            if not kind.urgent:
                self.fields[f"mail-{number}"] = forms.ChoiceField(
                    label=_("E-mail"), choices=Preference.Mail.choices, initial=wish.mail
                )
            for way in self.ways:
                self.fields[f"{way}-{number}"] = forms.BooleanField(
                    label=_TELEPHONE[way].label, required=False, initial=getattr(wish, way)
                )

    def layout(self) -> Layout:
        """Language and telephone, then a group for each kind of message."""
        first = [name for name in ("language", "phone") if name in self.fields]
        kinds = [self._group(number, kind) for number, kind in enumerate(self.kinds)]
        return Layout(*first, Div(*kinds, css_class="card choices"))

    def _group(self, number: int, kind: Kind) -> Fieldset:
        hint = [Include("notices/_urgent_hint.html")] if kind.urgent else []
        ways = [f"{way}-{number}" for way in ("mail", *self.ways)]
        shown = [name for name in ways if name in self.fields]
        choices = Div(*hint, *shown, css_class="choice-fields")
        return Fieldset(kind.name, choices, css_class="choice-row")

    def clean(self) -> dict[str, Any]:
        """Validate that short messages have a mobile number."""
        given = super().clean() or {}
        wanted = any(
            given.get(f"{way}-{number}") for way in self.ways for number in range(len(self.kinds))
        )
        if wanted and "phone" in given and not mobile(given["phone"]):
            self.add_error("phone", _("Untuk SMS atau WhatsApp, isi nomor telepon seluler."))
        return given

    def wishes(self) -> dict[str, dict[str, object]]:
        """Return the chosen channels by kind."""
        found: dict[str, dict[str, object]] = {}
        for number, kind in enumerate(self.kinds):
            wish: dict[str, object] = {
                way: self.cleaned_data[f"{way}-{number}"] for way in self.ways
            }
            if f"mail-{number}" in self.cleaned_data:
                wish["mail"] = self.cleaned_data[f"mail-{number}"]
            found[kind.code] = wish
        return found
