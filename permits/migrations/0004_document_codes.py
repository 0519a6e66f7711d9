"""The code that an earlier version printed on a document, in the form in which codes are compared."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from permits.domain.printed import folded


def keep_printed_codes(apps: Any, schema_editor: Any) -> None:
    certificates = apps.get_model("permits", "Certificate").objects.using(
        schema_editor.connection.alias
    )
    for row in certificates.only("content", "token").iterator():
        printed = (row.content.get("verification") or {}).get("code") or row.token[:8]
        certificates.filter(pk=row.pk).update(code=folded(printed)[:12])


class Migration(migrations.Migration):
    dependencies = [("permits", "0003_printed_numbers")]
    operations = [migrations.RunPython(keep_printed_codes, migrations.RunPython.noop)]
