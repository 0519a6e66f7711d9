"""What every form on the page of an application has: the visit that it was shown for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from accounts.fields import WholeNumberField
from accounts.models import User
from documents import quotas, uploads
from permits.models import Application
from workflow.domain.errors import DomainError
from workflow.forms.base import PortalForm
from workflow.refusals import sentence


class DeskForm(PortalForm):
    """A form of the application's page; ``name`` makes the ids of its fields unique."""

    name = "tindakan"
    locked_out = False  # too many wrong passwords
    visit = WholeNumberField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        application: Application,
        sent_by: tuple[User, datetime] | None = None,
        **kwargs: Any,
    ) -> None:
        """``sent_by``: who sent the form and when; what they upload counts for them."""
        kwargs.setdefault("auto_id", f"{self.name}_%s")
        super().__init__(*args, **kwargs)
        self.application = application
        self.sent_by = sent_by
        self.initial.setdefault("visit", application.current_step_id)

    @property
    def seen_visit(self) -> int:
        """The visit that the officer saw; 0 if the form has none."""
        return self.cleaned_data.get("visit") or 0

    def checked(self, upload: UploadedFile, *, images_only: bool = False) -> uploads.Checked:
        """Return an upload as ``uploads.check`` does, within the quota of the officer.

        Raises ``DomainError``: the codes of ``uploads.check``, quota_officer.
        """
        if self.sent_by is None:
            return uploads.check(upload, images_only=images_only)
        officer, at = self.sent_by
        with quotas.metered(upload.size or 0, at, quotas.of_officer(officer.pk)):
            return uploads.check(upload, images_only=images_only)

    def checked_field(self, name: str) -> uploads.Checked | None:
        """Return the checked file of a field, for its ``clean`` method; ``None`` without a file.

        Raises ``ValidationError``, so that what is wrong is said at the field.
        """
        if not self.cleaned_data[name]:
            return None
        try:
            return self.checked(self.cleaned_data[name])
        except DomainError as error:
            raise ValidationError(sentence(error)) from error

    def facts(self) -> dict[str, Any]:
        """Return the arguments of the service besides ``actor``, ``at`` and ``visit``."""
        return {name: value for name, value in self.cleaned_data.items() if name != "visit"}
