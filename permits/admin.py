"""Read-only admin of applications and certificates; officers change them at the desk."""

from __future__ import annotations

from django.contrib import admin

from accounts.admin_parts import LookOnly
from permits.models import Application, Certificate, CertificateNumber


@admin.register(Application)
class ApplicationAdmin(LookOnly):
    """The only personal data is the holder's name; the pages of the desk show the rest."""

    list_display = ("number", "service", "holder_name", "status", "submitted_at", "due_on")
    list_filter = ("office", "status")
    list_select_related = ("service",)
    search_fields = ("number", "holder_name")
    date_hierarchy = "submitted_at"
    show_full_result_count = False
    fields = (
        "number",
        "office",
        "service",
        "version",
        "procedure",
        "holder_name",
        "status",
        "submitted_at",
        "accepted_at",
        "due_on",
        "closed_at",
    )


@admin.register(Certificate)
class CertificateAdmin(LookOnly):
    list_display = ("number", "application", "state", "job_status", "issued_at", "valid_until")
    list_filter = ("state", "job_status")
    list_select_related = ("number", "application")
    search_fields = ("number__text", "application__number")
    show_full_result_count = False
    fields = (
        "number",
        "application",
        "state",
        "signer_capacity",
        "requested_at",
        "signed_at",
        "issued_at",
        "valid_from",
        "valid_until",
        "revoked_at",
        "revoked_reason",
        "sha256",
        "job_status",
        "attempts",
        "last_error",
    )


@admin.register(CertificateNumber)
class CertificateNumberAdmin(LookOnly):
    list_display = ("text", "register", "application", "state", "reserved_at", "settled_at")
    list_filter = ("state", "register__office")
    list_select_related = ("register__office", "application")
    search_fields = ("text", "application__number")
    show_full_result_count = False
    fields = (
        "text",
        "register",
        "value",
        "application",
        "state",
        "reserved_at",
        "settled_at",
        "reason",
    )
