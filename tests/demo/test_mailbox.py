"""The mails of the demo, as files hold them."""

from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from time_machine import TimeMachineFixture

from demo.mailbox import read_box


@pytest.mark.django_db
def test_a_mail_shows_the_time_of_the_portal_with_its_zone(
    client: Client, settings: Settings, tmp_path: Path, time_machine: TimeMachineFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    time_machine.move_to("2026-11-27T07:05:00+00:00", tick=False)
    EmailMessage("Uji", "Isi", "portal@contoh.test", ["siti@contoh.test"]).send()
    [mail] = read_box(tmp_path, set())
    assert mail.sent_at is not None
    assert mail.sent_at.utcoffset() is not None
    assert "27 Nov 2026 14.05 WIB" in client.get(reverse("portal:mailbox")).content.decode()
