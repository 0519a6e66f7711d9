"""Forms of applicants: the holder, the form of the service, sending, withdrawal, search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, cast

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.fields import (
    BusinessNumberField,
    CodeField,
    LongTextField,
    NationalIdField,
    OneLineField,
    PhoneField,
)
from permits.domain.lifecycle import Status
from permits.forms.fact_fields import as_text, field_of, initial_of
from permits.models import HOLDER_FIELDS, Application, HolderKind
from permits.presenters.wording import DECLARATION
from permits.selectors import (
    AnswerLine,
    AskedFacts,
    answer_lines,
    answers_of,
    asked_of,
    closed_kinds,
    hindrances,
    previous_certificate,
)
from standards.closing_wording import closing_facts
from standards.domain.built_in import KIND_OF_APPLICATION as KIND
from standards.domain.built_in import PREVIOUS, UNTIL, representative
from standards.domain.eligibility import deciding
from standards.domain.facts import FactKind
from standards.eligibility_wording import hindrance
from standards.models import Fact
from workflow.domain.errors import DomainError
from workflow.forms.base import PortalForm
from workflow.refusals import sentence


class StartForm(PortalForm):
    """What a new application begins with: one's permit, an earlier holder's data, or nothing."""

    previous = forms.ChoiceField(
        label=_("Izin yang diperpanjang, diubah, atau ditutup"),
        help_text=_("Data pemegang dan isian yang tetap berlaku diambil dari izin itu."),
        required=False,
        widget=forms.RadioSelect,
    )

    like = forms.ChoiceField(
        label=_("Data pemegang izin"),
        help_text=_("NIK, NIB, alamat, dan telepon ikut diisikan; Anda dapat mengubahnya."),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, earlier: Iterable[Application], permits: Iterable[Application] = (), **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        numbers = {str(each.certificate): each.holder_name for each in permits}
        cast(forms.ChoiceField, self.fields["previous"]).choices = [
            ("", _("Tidak ada, atau saya tulis nomornya nanti")),
            *((number, f"{number}, {holder}") for number, holder in numbers.items()),
        ]
        if not numbers:
            del self.fields["previous"]
        self._earlier = {str(each.public_id): each for each in earlier}
        cast(forms.ChoiceField, self.fields["like"]).choices = [
            ("", _("Isi dari awal")),
            *((key, f"{each.holder_name}, {each.address}") for key, each in self._earlier.items()),
        ]
        if not self._earlier:
            del self.fields["like"]

    def earlier(self) -> Application | None:
        """Return the application whose holder was chosen."""
        return self._earlier.get(self.cleaned_data.get("like", ""))

    def number(self) -> str:
        """Return the number of the permit that was chosen; "" without one."""
        return str(self.cleaned_data.get("previous", ""))


class DraftForm(PortalForm):
    """A form that can be saved incomplete: an empty field is missing, not an error.

    Its fields keep ``required``, so that the page can mark the optional ones; an empty one lands in
    ``missing`` instead of ``errors``. An accepted answer is locked, and a refused one that was not
    changed has the reason as its error.
    """

    use_required_attribute = False
    refused: Mapping[str, AnswerLine] = MappingProxyType({})

    def full_clean(self) -> None:
        """Clean, then move the errors of empty fields to ``missing``."""
        super().full_clean()
        self.missing: list[str] = []
        for name in list(self.errors):
            faults = self.errors.as_data().get(name, [])
            if name in self.fields and all(fault.code == "required" for fault in faults):
                del self.errors[name]
                self.cleaned_data[name] = ""
                self.missing.append(name)
        for name, line in self.refused.items():
            value = self.cleaned_data.get(name)
            if name in self.fields and value is not None and as_text(value) == line.value:
                self.add_error(name, _("Perlu diperbaiki: %(reason)s") % {"reason": line.reason})

    def judge(self, lines: Iterable[AnswerLine]) -> None:
        """Lock the accepted answers and keep the refused ones."""
        self.refused = {line.key: line for line in lines if line.refused}
        for line in lines:
            if line.accepted and line.key in self.fields:
                self.fields[line.key].disabled = True
                self.fields[line.key].help_text = _("Sudah dinyatakan sesuai.")

    def point_out(self) -> None:
        """Add an error to each missing field."""
        for name in self.missing:
            self.add_error(name, self.fields[name].error_messages["required"])


class FactsForm(DraftForm):
    """A draft form with a field for each of ``rows``."""

    def __init__(
        self,
        application: Application,
        asked: AskedFacts,
        rows: Iterable[Fact],
        initial: Mapping[str, object],
        **kwargs: Any,
    ) -> None:
        self.application = application
        self.rows = {asked.name(row): row for row in rows}
        saved = {
            name: initial_of(row, application.answers.get(row.key, ""))
            for name, row in self.rows.items()
        }
        super().__init__(initial={**initial, **saved}, **kwargs)
        for name, row in self.rows.items():
            self.fields[name] = field_of(row)
        self.judge(answer_lines(application, asked))

    def answers(self) -> dict[str, str]:
        """Return the valid answers, as text by the key of their facts."""
        return {
            row.key: as_text(self.cleaned_data[name])
            for name, row in self.rows.items()
            if name in self.cleaned_data
        }


class ApplicationForm(FactsForm):
    """Identity of the holder and the fields that the standard asks for."""

    holder_kind = forms.ChoiceField(
        label=_("Izin ini untuk"), choices=HolderKind.choices, widget=forms.RadioSelect
    )
    holder_name = OneLineField(
        label=_("Nama pemegang izin"),
        max_length=200,
        help_text=_(
            "Nama lengkap Anda, atau nama badan usaha, sekolah, atau lembaga. "
            "Nama ini tercetak pada dokumen izin."
        ),
    )
    responsible_name = OneLineField(
        label=_("Nama penanggung jawab"),
        max_length=150,
        help_text=_("Orang yang bertanggung jawab atas izin ini, seperti pada KTP."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    national_id = NationalIdField(
        label=_("NIK penanggung jawab"),
        max_length=25,
        help_text=_("16 angka pada KTP."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    business_number = BusinessNumberField(
        label=_("Nomor Induk Berusaha (NIB)"),
        max_length=20,
        required=False,
        help_text=_("13 angka dari OSS, bila sudah punya."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    address = OneLineField(
        label=_("Alamat"),
        max_length=300,
        help_text=_("Jalan, nomor, RT/RW, desa atau kelurahan, kecamatan."),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )
    phone = PhoneField(
        label=_("Nomor telepon"),
        max_length=20,
        help_text=_("Petugas menghubungi nomor ini bila ada yang perlu ditanyakan."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    def __init__(self, application: Application, asked: AskedFacts, **kwargs: Any) -> None:
        initial = {name: getattr(application, name) for name in HOLDER_FIELDS}
        super().__init__(application, asked, asked.form, initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Use the holder's name as the responsible name if the holder is a person."""
        cleaned = super().clean() or self.cleaned_data
        alone = cleaned.get("holder_kind") == HolderKind.PERSON and cleaned.get("holder_name")
        locked = self.fields["responsible_name"].disabled
        if alone and not locked and not self.data.get("responsible_name", "").strip():
            cleaned["responsible_name"] = cleaned["holder_name"][:150]
            self.errors.pop("responsible_name", None)
        return cleaned

    @classmethod
    def from_draft(cls, application: Application, asked: AskedFacts) -> ApplicationForm:
        """Return the form bound to the saved draft, with its refused answers as errors."""
        form = cls(application, asked, data=cls(application, asked).initial)
        form.full_clean()
        return form

    def identity(self) -> dict[str, str]:
        """Return the valid identity fields."""
        return {
            name: self.cleaned_data[name] for name in HOLDER_FIELDS if name in self.cleaned_data
        }

    def layout(self) -> Layout:
        """Return the layout: the holder, and the fields of the standard."""
        groups = [Fieldset(_("Pemegang izin"), *HOLDER_FIELDS, css_class="form-part")]
        if self.rows:
            groups.append(Fieldset(_("Isian permohonan"), *self.rows, css_class="form-part"))
        return Layout(*groups)


class QuestionsForm(FactsForm):
    """The facts on which others, and requirements, depend."""

    def __init__(self, application: Application, asked: AskedFacts, **kwargs: Any) -> None:
        super().__init__(application, asked, asked.questions, {}, **kwargs)

    def answers(self) -> dict[str, str]:
        """Return what was answered: a page sent without a field leaves its answer as it is."""
        return {key: text for key, text in super().answers().items() if text or self._shown(key)}

    def is_sound(self, day: date) -> bool:
        """Whether what the portal knows of the answers allows an application on ``day``."""
        return (
            self._is_taken_on(day)
            and self._holds_on(day)
            and self._follows()
            and self._can_succeed()
        )

    def _is_taken_on(self, day: date) -> bool:
        """Whether the kind of application is taken on ``day``; a closed one: at its field."""
        given = {**self.application.answers, **self.answers()}
        name = next((name for name, row in self.rows.items() if row.key == KIND), None)
        if self.application.status != Status.DRAFT or not given.get(KIND) or name is None:
            return True
        found = closed_kinds(self.application.service, given, day)
        for row in found:
            self.add_error(name, sentence(DomainError("kind_closed", **closing_facts(row))))
        return not found

    def _can_succeed(self) -> bool:
        """Whether a draft with these answers can succeed; if not, the deciding field says so.

        What was taken in once is decided by an officer.
        """
        if self.application.status != Status.DRAFT:
            return True
        version = self.application.version
        given = {**answers_of(self.application), **self.answers()}
        found = hindrances(version, given)
        values = asked_of(version, given).values
        names = {row.key: name for name, row in self.rows.items()}
        for row in found:
            self.add_error(names.get(deciding(row.when, values)), hindrance(row))
        return not found

    def _follows(self) -> bool:
        """Whether an application can follow the previous permit, if one is named."""
        name = next((name for name, row in self.rows.items() if row.key == PREVIOUS), None)
        number = self.cleaned_data.get(name, "") if name else ""
        _paper, reason = previous_certificate(self.application.service, number)
        if name and number and reason:
            self.add_error(name, sentence(DomainError(reason, number=number)))
        return not (number and reason)

    def _holds_on(self, day: date) -> bool:
        """Whether a power of attorney, if one is named, has not ended before ``day``.

        One that has ended is an error at its field.
        """
        found = representative({**self.application.answers, **self.answers()})
        name = next((name for name, row in self.rows.items() if row.key == UNTIL), None)
        if found is None or name is None or not found.ended(day):
            return True
        self.add_error(name, _("Surat kuasa ini sudah berakhir."))
        return False

    def _shown(self, key: str) -> bool:
        """Whether an empty answer was sent on purpose; unticked boxes are sent as nothing."""
        name = next(name for name, row in self.rows.items() if row.key == key)
        return name in self.data or self.rows[name].kind == FactKind.CHOICES


class SendForm(PortalForm):
    """The statement of truth."""

    use_required_attribute = False
    declared_true = forms.BooleanField(required=False, label=DECLARATION)


class WithdrawForm(PortalForm):
    """The reason for withdrawing an application."""

    use_required_attribute = False
    note = LongTextField(
        label=_("Alasan menarik permohonan"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tulis alasannya terlebih dahulu.")},
    )


class TrackForm(PortalForm):
    """The code from the receipt."""

    use_required_attribute = False
    kode = CodeField(
        label=_("Kode lacak"),
        max_length=60,
        help_text=format_lazy(
            "{} {}",
            _("16 huruf dan angka pada tanda terima atau e-mail Anda."),
            _("Contoh: 7KQM-X4TD-9RWB-2HLP"),
        ),
        widget=forms.TextInput(
            attrs={
                "class": "code-input",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )

    def __init__(self, *args: Any, wrong: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if wrong:  # the summary at the top of the page shows the error
            self.fields["kode"].widget.attrs["aria-invalid"] = "true"


class NumberForm(PortalForm):
    """The number or the code printed on a document."""

    use_required_attribute = False
    nomor = CodeField(
        label=_("Nomor atau kode dokumen"),
        max_length=150,
        help_text=format_lazy(
            "{} {}",
            _("Seperti tercetak, misalnya 503/0001/BKK/DPMPTSP/XI/2026 atau 7KQM-X4TD-9RWH."),
            _("Huruf besar atau kecil, spasi, dan tanda baca tidak berpengaruh."),
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class CompareForm(PortalForm):
    """A PDF to be compared with the register."""

    use_required_attribute = False
    berkas = forms.FileField(
        label=_("Berkas PDF"),
        help_text=_("PDF yang Anda terima, paling besar 10 MB. Berkas tidak kami simpan."),
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
    )
