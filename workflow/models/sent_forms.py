"""Forms that were sent, so that each works once."""

from __future__ import annotations

from django.db import models


class SentForm(models.Model):
    """One form that did its work (``workflow.once`` alone writes here).

    It names neither the person nor the subject nor the hour. ``content`` is a digest that includes
    the random token, so nobody can guess from it what was typed.
    """

    token = models.UUIDField(unique=True)
    content = models.CharField(max_length=64)
    result = models.CharField(max_length=400)  # where the answer led
    sent_on = models.DateField(db_index=True)

    def __str__(self) -> str:
        return str(self.token)
