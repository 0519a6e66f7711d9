from django.db import migrations
from django.db.models import F


def forget_invented_receipts(apps, schema_editor):
    """Remove receipts that were written when the step ended, because nobody had confirmed one."""
    visits = apps.get_model("permits", "ApplicationStep").objects
    visits.filter(received_at=F("finished_at")).update(received_at=None, received_by=None)


class Migration(migrations.Migration):
    dependencies = [("permits", "0007_many_drafts")]

    operations = [
        migrations.RunPython(forget_invented_receipts, migrations.RunPython.noop, elidable=True)
    ]
