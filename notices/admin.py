"""The outbox to look at; the words of a message stay out of it, for they may hold a secret link."""

from __future__ import annotations

from django.contrib import admin

from notices.models import Notice
from workflow.admin import LookOnly


@admin.register(Notice)
class NoticeAdmin(LookOnly):
    list_display = ("created_at", "template", "address", "owed_state", "sent_at", "attempts")
    list_filter = ("owed_state", "template")
    search_fields = ("address", "about")
    date_hierarchy = "created_at"
    fields = (
        "created_at", "template", "address", "about", "owed_state", "sent_at", "next_try_at",
        "attempts", "last_error", "message_id",
    )  # fmt: skip
