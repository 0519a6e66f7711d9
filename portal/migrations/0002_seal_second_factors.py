"""Seals the secrets of second factors that were stored in the clear. May be run again."""

from django.conf import settings
from django.db import migrations

SECRETS = ("secret", "seed")
_TOKEN = "gAAAAA"  # every Fernet token begins so; no secret in base 32 or 16 has small letters like it


def _box():
    from cryptography.fernet import Fernet, MultiFernet

    return MultiFernet([Fernet(key) for key in settings.SECOND_FACTOR_KEYS])


def _change(apps, wanted, change):
    for row in apps.get_model("mfa", "Authenticator").objects.iterator():
        found = {name: row.data[name] for name in SECRETS if wanted(row.data.get(name, ""))}
        if found:
            row.data |= {name: change(text) for name, text in found.items()}
            row.save(update_fields=["data"])


def seal(apps, schema_editor):
    box = _box()
    _change(
        apps,
        lambda text: text and not text.startswith(_TOKEN),
        lambda text: box.encrypt(text.encode()).decode(),
    )


def unseal(apps, schema_editor):
    box = _box()
    _change(
        apps,
        lambda text: text.startswith(_TOKEN),
        lambda text: box.decrypt(text.encode()).decode(),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0001_initial"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [migrations.RunPython(seal, unseal)]
