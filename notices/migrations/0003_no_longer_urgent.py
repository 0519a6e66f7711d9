from django.db import migrations

# Urgent until now, so that nobody could choose when they go by mail: a stored "segera" is the
# default of the column, not a wish.
_CODES = [
    "permits/overdue", "permits/escalated", "complaints/overdue", "complaints/escalated",
]


def to_the_digest(apps, schema_editor):
    rows = apps.get_model("notices", "Preference").objects.filter(kind__in=_CODES)
    rows.filter(mail="segera").update(mail="harian")


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0002_digest_hour'),
    ]

    operations = [migrations.RunPython(to_the_digest, migrations.RunPython.noop, elidable=True)]
