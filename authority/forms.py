"""Forms of proposals: what is proposed, and the buttons on its page."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import DayField, EmailField, LongTextField, OneLineField
from accounts.models import Appointment, Capacity, Office, Position, User
from authority import selectors
from authority.kinds import access, appointments, positions
from authority.models import KindOf
from authority.proposing import ProposalForm
from workflow.forms.base import PortalForm


class TermForm(ProposalForm):
    """A term of office with its decree."""

    decree_required = True
    reason_required = False
    capacity = forms.ChoiceField(
        label=gettext_lazy("Kedudukan"), choices=Capacity.choices, widget=forms.RadioSelect
    )
    started_on = DayField(label=gettext_lazy("Mulai"), back=50, ahead=5)
    ended_on = DayField(
        label=gettext_lazy("Sampai"),
        back=50,
        ahead=20,
        required=False,
        help_text=gettext_lazy("Kosongkan bila tidak dibatasi."),
    )
    field_order = (
        "person", "position", "capacity", "started_on", "ended_on", "decree_number",
        "decree_date", "reason",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A term ends after it began; one of a stand-in has an end."""
        given = super().clean()
        started, ended = given.get("started_on"), given.get("ended_on")
        if started and ended and ended < started:
            self.add_error("ended_on", _("Tanggal selesai harus sama atau setelah tanggal mulai."))
        if given.get("capacity") == Capacity.DAILY and not ended and "ended_on" not in self.errors:
            self.add_error(
                "ended_on", _("Plh. menggantikan untuk sementara: isi tanggal akhirnya.")
            )
        return given

    def term(self) -> dict[str, Any]:
        """Return capacity, first and last day."""
        names = ("capacity", "started_on", "ended_on")
        return {name: self.cleaned_data[name] for name in names}


class AppointForm(TermForm):
    """A new appointment."""

    person = EmailField(
        label=gettext_lazy("Alamat e-mail akunnya"),
        help_text=gettext_lazy("Akun orang yang ditunjuk; akun dibuat di halaman administrasi."),
    )
    position = forms.ModelChoiceField(Position.objects.none(), label=gettext_lazy("Jabatan"))

    def __init__(self, *args: Any, administrator: User, **kwargs: Any) -> None:
        self.administrator = administrator
        super().__init__(*args, **kwargs)
        field: Any = self.fields["position"]
        field.queryset = selectors.positions_for(administrator)
        field.label_from_instance = lambda row: f"{row.office} - {row}"

    def clean_person(self) -> User:
        """Return the account with this address."""
        people = selectors.people_for(self.administrator)
        found = people.filter(email__iexact=self.cleaned_data["person"], is_active=True)
        if (user := found.first()) is None:
            raise forms.ValidationError(_("Tidak ada akun aktif dengan alamat e-mail ini."))
        return user

    def what(self) -> dict[str, Any]:
        """Return the arguments of ``propose`` besides actor and instant."""
        person, position = self.cleaned_data["person"], self.cleaned_data["position"]
        return {
            "kind": KindOf.APPOINT,
            "person": person,
            "position": position,
            "office": position.office,
            "facts": appointments.new_facts(person=person, position=position, **self.term()),
            **self.decree(),
        }


class AmendForm(TermForm):
    """A changed term of an appointment."""

    def __init__(self, *args: Any, appointment: Appointment, **kwargs: Any) -> None:
        self.appointment = appointment
        names = ("capacity", "started_on", "ended_on")
        kwargs["initial"] = {name: getattr(appointment, name) for name in names}
        super().__init__(*args, **kwargs)

    def what(self) -> dict[str, Any]:
        """Return the arguments of ``propose`` besides actor and instant."""
        return {
            "kind": KindOf.AMEND,
            "person": self.appointment.user,
            "appointment": self.appointment,
            "office": self.appointment.position.office,
            "facts": appointments.amended_facts(self.appointment, **self.term()),
            **self.decree(),
        }


class PositionForm(ProposalForm):
    """Another name or superior of a position that is held."""

    decree_required = True
    reason_required = False
    name = OneLineField(label=gettext_lazy("Nama jabatan"), max_length=150)
    superior = forms.ModelChoiceField(
        Position.objects.none(),
        label=gettext_lazy("Atasan"),
        required=False,
        empty_label=gettext_lazy("Tidak ada"),
    )
    field_order = ("name", "superior", "decree_number", "decree_date", "reason")

    def __init__(self, *args: Any, position: Position, day: date, **kwargs: Any) -> None:
        self.position, self.day = position, day
        kwargs["initial"] = {"name": position.name, "superior": position.superior_id}
        super().__init__(*args, **kwargs)
        field: Any = self.fields["superior"]
        field.queryset = position.office.positions.exclude(pk=position.pk)

    def what(self) -> dict[str, Any]:
        """Return the arguments of ``propose`` besides actor and instant."""
        given = self.cleaned_data
        facts = positions.position_facts(
            self.position, name=given["name"], superior=given["superior"], day=self.day
        )
        return {
            "kind": KindOf.POSITION,
            "person": None,
            "position": self.position,
            "office": self.position.office,
            "facts": facts,
            **self.decree(),
        }


class HeadForm(ProposalForm):
    """Make a position the head's; the office has one head."""

    decree_required = True
    reason_required = False

    def __init__(self, *args: Any, position: Position, day: date, **kwargs: Any) -> None:
        self.position, self.day = position, day
        super().__init__(*args, **kwargs)

    def what(self) -> dict[str, Any]:
        """Return the arguments of ``propose`` besides actor and instant."""
        return {
            "kind": KindOf.HEAD,
            "person": None,
            "position": self.position,
            "office": self.position.office,
            "facts": positions.head_facts(self.position, day=self.day),
            **self.decree(),
        }


class AccountForm(ProposalForm):
    """Something about the account of a person; the office is whose head is told."""

    kind: ClassVar[str]
    office = forms.ModelChoiceField(
        Office.objects.none(),
        label=gettext_lazy("Unit yang bersangkutan"),
        help_text=gettext_lazy("Kepala unit ini diberi tahu."),
    )
    field_order = (
        "email", "is_active", "is_staff", "is_superuser", "administers", "groups", "office",
        "reason", "decree_number", "decree_date",
    )  # fmt: skip

    def __init__(self, *args: Any, person: User, offices: list[Office], **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)
        field: Any = self.fields["office"]
        field.queryset = Office.objects.filter(pk__in=[office.pk for office in offices])
        if len(offices) == 1:
            field.initial = offices[0]

    def facts(self) -> dict[str, Any]:
        """Return the facts of the kind."""
        return {}

    def what(self) -> dict[str, Any]:
        """Return the arguments of ``propose`` besides actor and instant."""
        return {
            "kind": self.kind,
            "person": self.person,
            "office": self.cleaned_data["office"],
            "facts": self.facts(),
            **self.decree(),
        }


class RightsForm(AccountForm):
    """Rights in the administration, and whether the account is open."""

    kind = KindOf.RIGHTS
    is_active = forms.BooleanField(label=gettext_lazy("Akun aktif"), required=False)
    is_staff = forms.BooleanField(label=gettext_lazy("Boleh membuka administrasi"), required=False)
    is_superuser = forms.BooleanField(
        label=gettext_lazy("Semua wewenang administrasi"),
        required=False,
        help_text=gettext_lazy("Termasuk mengusulkan dan menyetujui penunjukan pejabat."),
    )
    administers = forms.ModelMultipleChoiceField(
        Office.objects.none(),
        label=gettext_lazy("Administrator di unit"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Orang ini hanya melihat dan mengubah data unit-unit ini, dengan kelompok "
            "Administrator unit."
        ),
    )
    groups = forms.ModelMultipleChoiceField(
        Group.objects.none(),
        label=gettext_lazy("Kelompok wewenang"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        flags = ("is_active", "is_staff", "is_superuser")
        initial: dict[str, Any] = {flag: getattr(person, flag) for flag in flags}
        initial["groups"] = list(person.groups.all())
        initial["administers"] = list(person.administers.all())
        super().__init__(*args, person=person, initial=initial, **kwargs)
        field: Any = self.fields["groups"]
        field.queryset = Group.objects.order_by("name")
        kept: Any = self.fields["administers"]
        kept.queryset = Office.objects.all()
        if not field.queryset.exists():
            del self.fields["groups"]

    def facts(self) -> dict[str, Any]:
        """Return the rights before and after."""
        flags = ("is_active", "is_staff", "is_superuser")
        after = access.rights(
            groups=self.cleaned_data.get("groups", []),
            offices=self.cleaned_data["administers"],
            **{flag: self.cleaned_data[flag] for flag in flags},
        )
        return {"before": access.rights_of(self.person), "after": after}


class AddressForm(AccountForm):
    """Another e-mail address."""

    kind = KindOf.EMAIL
    email = EmailField(label=gettext_lazy("Alamat e-mail baru"))

    def facts(self) -> dict[str, Any]:
        """Return the address before and after."""
        return {"before": self.person.email, "after": self.cleaned_data["email"]}


class PasswordForm(AccountForm):
    """Make a password void."""

    kind = KindOf.PASSWORD


class SecondFactorForm(AccountForm):
    """Remove a second factor that was lost."""

    kind = KindOf.SECOND_FACTOR


ACCOUNT_FORMS: dict[str, type[AccountForm]] = {
    form.kind: form for form in (RightsForm, AddressForm, PasswordForm, SecondFactorForm)
}


class ConfirmForm(PortalForm):
    """The second person confirms; the view checks the password."""

    name = "setujui"
    password = forms.CharField(
        label=gettext_lazy("Kata sandi Anda"),
        strip=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": gettext_lazy("Tulis kata sandi Anda untuk menyetujui.")},
    )

    def facts(self) -> dict[str, Any]:
        """Leave the password out: only the view needs it."""
        return {}


class RefuseForm(PortalForm):
    """Refuse, with a reason."""

    name = "tolak"
    note = LongTextField(
        label=gettext_lazy("Alasan menolak"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Tulis alasannya.")},
    )

    def facts(self) -> dict[str, Any]:
        """Return the reason."""
        return {"note": self.cleaned_data["note"]}


class WithdrawForm(PortalForm):
    """Take one's own proposal back."""

    name = "tarik"

    def facts(self) -> dict[str, Any]:
        """Return nothing more."""
        return {}
