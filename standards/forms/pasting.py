"""A field in which a list from a document is pasted; its lines become rows of the draft."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.fields import LongTextField
from accounts.models import Office
from standards.domain.outline import Item
from standards.domain.pasted_fees import fee_of
from standards.domain.pasting import MOST_ROWS, flattened, pasted
from standards.forms.built_in import VersionForm
from standards.models import Procedure, ProcedureRole, RequirementGroup, StandardVersion

_HEADINGS = "judul"
_MARKS = _("Nomor, huruf, dan tanda - di depan baris menentukan susunannya.")
_BEHIND = _("Barisnya ditambahkan di belakang yang sudah ada saat halaman disimpan.")


class PasteForm(forms.ModelForm):
    """A page with a list; ``cleaned_data["pasted"]`` are the rows as a tree."""

    what: ClassVar[str | Promise] = ""
    longest: ClassVar[int] = 4000  # letters of one row
    pasted = LongTextField(label=_("Tempel dari dokumen"), required=False, max_length=100_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["pasted"]
        field.widget = forms.Textarea(attrs={"rows": 8, "cols": 90})
        field.help_text = " ".join(map(str, (self.what, _MARKS, _BEHIND)))

    def clean_pasted(self) -> list[Item]:
        """Return the rows as a tree; ``ValidationError`` names the row that is too long."""
        items = pasted(self.cleaned_data["pasted"])
        rows = list(flattened(items))
        if len(rows) > MOST_ROWS:
            raise ValidationError(
                _("Paling banyak %(most)s baris sekali tempel; ini %(total)s baris."),
                params={"most": MOST_ROWS, "total": len(rows)},
            )
        for row in rows:
            if len(row.text) > self.longest:
                raise ValidationError(
                    _("Baris “%(row)s …” lebih dari %(most)s huruf. Pecah menjadi beberapa baris."),
                    params={"row": row.text[:40], "most": self.longest},
                )
        return items


class RequirementPage(PasteForm):
    what = _("Butir di bawah butir lain menjadi bawahannya.")
    pasted_into = forms.ChoiceField(label=_("Masuk ke"), required=False)

    class Meta:
        model = StandardVersion
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["pasted_into"])
        groups = self.instance.requirement_groups.all()
        named = [(str(group.pk), str(group)) for group in groups]
        heads = (_HEADINGS, gettext("kelompok baru: baris terluar menjadi judulnya"))
        field.choices = [*named, heads]
        self.initial["pasted_into"] = (named or [heads])[-1][0]

    def clean(self) -> dict[str, Any]:
        """A heading is shorter than a requirement."""
        given = super().clean() or {}
        if given.get("pasted_into") == _HEADINGS:
            most = RequirementGroup._meta.get_field("title").max_length or 0
            for item in given.get("pasted") or []:
                if len(item.text) > most:
                    self.add_error(
                        "pasted",
                        _("Judul “%(row)s …” terlalu panjang.") % {"row": item.text[:40]},
                    )
        return given

    def into(self) -> RequirementGroup | None:
        """Return the group that the rows go into; ``None``: the outermost rows head new ones."""
        chosen = self.cleaned_data.get("pasted_into") or _HEADINGS
        if chosen == _HEADINGS:
            return None
        return self.instance.requirement_groups.filter(pk=chosen).first()


class FactPage(PasteForm, VersionForm):
    what = _("Kalimat tanya menjadi ya/tidak; butir di bawahnya menjadi pilihannya.")
    longest = 300

    class Meta(VersionForm.Meta):
        pass


class FeePage(PasteForm):
    what = _("Satu baris satu tarif, jumlahnya di ujung: Izin baru Rp 150.000; atau: gratis.")
    longest = 200

    class Meta:
        model = StandardVersion
        fields = ()

    def clean_pasted(self) -> list[Item]:
        """Every row names its amount: none is taken for free because it could not be read."""
        items = super().clean_pasted()
        for row in flattened(items):
            if fee_of(row.text) is None:
                raise ValidationError(
                    _("Baris “%(row)s” tidak menyebut jumlahnya, misalnya Rp 150.000 atau gratis."),
                    params={"row": row.text[:60]},
                )
        return items


class GroundPage(PasteForm):
    what = _("Satu baris satu peraturan.")

    class Meta:
        model = StandardVersion
        fields = ()


class ProcedurePage(PasteForm):
    what = _(
        "Satu baris satu langkah, waktunya di ujung: Memeriksa kelengkapan berkas (1 hari kerja). "
        "Jenis langkah dan pelaksananya dibaca dari kata-katanya; periksa sesudah disimpan."
    )
    pasted_role = forms.ModelChoiceField(
        label=_("Pelaksana langkah yang tidak menyebutnya"),
        queryset=ProcedureRole.objects.none(),
        required=False,
    )

    class Meta:
        model = Procedure
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = self.instance.roles.all() if self.instance.pk else ProcedureRole.objects.none()
        cast(forms.ModelChoiceField, self.fields["pasted_role"]).queryset = roles
        first = next((row for row in roles if row.position_id), None)
        self.initial["pasted_role"] = first.pk if first else None

    def clean(self) -> dict[str, Any]:
        """A step needs a column; a name is that of one SOP."""
        given = super().clean() or {}
        if given.get("name") and "name" in self.changed_data:
            self._check_name(given["name"], given.get("office"))
        if given.get("pasted") and given.get("pasted_role") is None:
            self.add_error("pasted_role", _("Simpan pelaksana lebih dahulu, lalu pilih di sini."))
        return given

    def _check_name(self, name: str, office: Office | None) -> None:
        key = office.pk if office else self.instance.office_id
        if key is None:
            return  # said at the field of the office
        # two who give one name at the same moment follow each other
        Office.objects.select_for_update().get(pk=key)
        other = Procedure.objects.of_other_sop(key, name, self.instance).order_by("-pk").first()
        if other is not None:
            said = _(
                "Unit ini sudah mempunyai SOP bernama “%(name)s” (kode %(code)s). Untuk versi "
                "berikutnya salinlah SOP itu; SOP yang lain diberi nama lain."
            )
            self.add_error("name", said % {"name": name, "code": other.code})
