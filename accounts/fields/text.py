"""Form fields of texts: on one line, on several, codes, addresses of mails and pages."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.domain.printable import unprintable
from accounts.domain.text import clean_code, clean_email, clean_line, clean_text

_UNPRINTABLE = _("Tidak dapat dicetak pada dokumen: %(signs)s. Hapus atau ganti dengan huruf lain.")
_NAMED = 5  # of the signs that cannot be printed


class CleanText(forms.Field):
    """Cleans what was typed before its length is checked; mixed into the fields of texts."""

    empty_value: Any

    @staticmethod
    def cleaning(text: str) -> str:
        """Return the cleaned text."""
        return clean_text(text)

    def to_python(self, value: Any) -> Any:
        """Return the cleaned text, or what the field has for an empty one."""
        text = super().to_python(value)
        return self.cleaning(text) or self.empty_value if text else text


class PrintedText(CleanText, forms.CharField):
    """A text that may stand on a printed document: signs that no font of it has are refused.

    ``printed=False`` is for texts that never do, such as the words of a complaint.
    """

    def __init__(self, *, printed: bool = True, **kwargs: Any) -> None:
        self.printed = printed
        super().__init__(**kwargs)

    def validate(self, value: Any) -> None:
        """Raise ``ValidationError`` that names the signs."""
        super().validate(value)
        if self.printed and (signs := unprintable(value or "")):
            named = ", ".join(f"“{sign}” (U+{ord(sign):04X})" for sign in signs[:_NAMED])
            raise ValidationError(_UNPRINTABLE, code="unprintable", params={"signs": named})


class OneLineField(PrintedText):
    """Words in which a line break or a run of blanks means nothing."""

    cleaning = staticmethod(clean_line)


class LongTextField(PrintedText):
    """A text of several lines; a line break counts as one sign, as in the browser."""

    cleaning = staticmethod(clean_text)
    widget = forms.Textarea


class CodeField(CleanText, forms.CharField):
    """A code or number; digits of every script and width become ASCII."""

    cleaning = staticmethod(clean_code)


class SlugField(CleanText, forms.SlugField):
    """A short name in addresses."""

    cleaning = staticmethod(clean_code)


class EmailField(CleanText, forms.EmailField):
    """An address of a mailbox; its domain is kept in ASCII form (IDNA)."""

    cleaning = staticmethod(clean_email)
    default_error_messages: ClassVar = {
        "invalid": _("Tulis alamat e-mail yang lengkap, misalnya siti@contoh.id.")
    }
