"""The form for message preferences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.domain.phones import mobile
from accounts.fields import PhoneField, TimeOfDayField
from notices.channels import configured
from notices.kinds import Kind
from notices.models import Channel, Preference
from workflow.forms.base import Include, PortalForm

_TELEPHONE = {"sms": Channel.SMS, "whatsapp": Channel.WHATSAPP}


class PreferencesForm(PortalForm):
    """Language, telephone, and the channels for each kind of message.

    Telephone channels are offered only if a gateway is configured. Mail can be switched off only
    for kinds that are not urgent. Every message is in the account in any case.
    """

    language = forms.ChoiceField(label=_("Bahasa pesan"), choices=settings.LANGUAGES)
    digest_at = TimeOfDayField(
        label=_("Jam rangkuman harian"),
        required=False,
        help_text=_("Satu surat setiap hari kerja. Kosongkan untuk memakai jam kantor."),
    )

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
        self.channels = [name for name, channel in _TELEPHONE.items() if configured(channel)]
        if self.channels:
            self.fields["phone"] = PhoneField(
                label=_("Nomor telepon seluler"),
                max_length=20,
                required=False,
                initial=phone,
                widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
            )
        for number, kind in enumerate(kinds):
            preference = chosen.get(kind.code) or Preference(mail=kind.usual)
            if not kind.urgent:
                self.fields[f"mail-{number}"] = forms.ChoiceField(
                    label=_("E-mail"), choices=_mails(kind), initial=preference.mail
                )
            for name in () if kind.timed else self.channels:
                self.fields[f"{name}-{number}"] = forms.BooleanField(
                    label=_TELEPHONE[name].label, required=False, initial=getattr(preference, name)
                )

    def layout(self) -> Layout:
        """Language and telephone, then a group for each kind of message."""
        first = [name for name in ("language", "digest_at", "phone") if name in self.fields]
        kinds = [self._group(number, kind) for number, kind in enumerate(self.kinds)]
        return Layout(*first, Div(*kinds, css_class="card choices"))

    def _group(self, number: int, kind: Kind) -> Fieldset:
        hint = [Include("notices/_urgent_hint.html")] if kind.urgent else []
        names = [f"{channel}-{number}" for channel in ("mail", *self.channels)]
        shown = [name for name in names if name in self.fields]
        choices = Div(*hint, *shown, css_class="choice-fields")
        return Fieldset(kind.name, choices, css_class="choice-row")

    def clean(self) -> dict[str, Any]:
        """Validate that short messages have a mobile number."""
        cleaned = super().clean() or {}
        wanted = any(
            cleaned.get(f"{channel}-{number}")
            for channel in self.channels
            for number in range(len(self.kinds))
        )
        if wanted and "phone" in cleaned and not mobile(cleaned["phone"]):
            self.add_error("phone", _("Untuk SMS atau WhatsApp, isi nomor telepon seluler."))
        return cleaned

    def wishes(self) -> dict[str, dict[str, object]]:
        """Return the chosen channels by kind."""
        choices: dict[str, dict[str, object]] = {}
        for number, kind in enumerate(self.kinds):
            choice: dict[str, object] = {
                channel: self.cleaned_data[f"{channel}-{number}"]
                for channel in self.channels
                if f"{channel}-{number}" in self.cleaned_data
            }
            if f"mail-{number}" in self.cleaned_data:
                choice["mail"] = self.cleaned_data[f"mail-{number}"]
            choices[kind.code] = choice
        return choices


def _mails(kind: Kind) -> list[tuple[str, Any]]:
    """Return the choices for a kind; one on request is not even in the account unless asked for."""
    mail = Preference.Mail
    whens = (mail.MORNING, mail.MONDAY) if kind.timed else (mail.AT_ONCE, mail.DAILY)
    never = _("Tidak") if kind.on_request or kind.timed else mail.NEVER.label
    return [*((when.value, when.label) for when in whens), (mail.NEVER.value, never)]
