"""What was entered as text becomes a law of its own: the successor of a revoked one."""

import re
from itertools import chain

from django.db import migrations

KINDS = (
    ("peraturan pemerintah pengganti undang-undang", "perppu"), ("undang-undang", "uu"),
    ("peraturan pemerintah", "pp"), ("peraturan presiden", "perpres"),
    ("peraturan menteri", "permen"), ("peraturan daerah", "perda"),
    ("peraturan gubernur", "perkada"), ("peraturan bupati", "perkada"),
    ("peraturan wali", "perkada"), ("peraturan badan", "perban"),
    ("peraturan lembaga", "perban"), ("peraturan kepala", "perban"),
    ("keputusan", "keputusan"),
)  # fmt: skip


def read(row):
    head = row.title.partition(" tentang ")[0].strip()
    number = re.search(r"\bnomor\s+(\S+)", head, re.IGNORECASE)
    year = re.search(r"\btahun\s+(\d{4})\b", head, re.IGNORECASE)
    words = head.casefold()
    row.kind = next((kind for begin, kind in KINDS if words.startswith(begin)), "lain")
    row.number = number[1][:60] if number else ""
    row.year = int(year[1]) if year else None


def forwards(apps, schema_editor):
    model = apps.get_model("standards", "Regulation")
    rows = list(model.objects.order_by("pk"))
    known = {row.title: row for row in rows}
    made = []
    for row in rows:
        title = row.repealed_by.strip()
        if not title or title == row.title:
            continue
        if title not in known:
            known[title] = model.objects.create(title=title)
            made.append(known[title])
        row.status, row.successor = "dicabut", known[title]
    for row in chain(rows, made):
        read(row)
        row.save(update_fields=["kind", "number", "year", "status", "successor"])


def backwards(apps, schema_editor):
    model = apps.get_model("standards", "Regulation")
    for row in model.objects.exclude(successor=None).select_related("successor"):
        row.repealed_by = row.successor.title
        row.save(update_fields=["repealed_by"])


class Migration(migrations.Migration):

    dependencies = [
        ('standards', '0014_regulations'),
    ]

    operations = [
        migrations.RunPython(forwards, backwards),
    ]
