"""A row of the schedule names who sets its figures; without a source it is an assumption."""

from django.db import migrations, models


def name_sources(apps, schema_editor):
    """What was no assumption named its decree as ground."""
    rules = apps.get_model("archives", "RetentionRule")
    rules.objects.filter(assumed=False).update(source=models.F("ground"))


def mark_assumptions(apps, schema_editor):
    apps.get_model("archives", "RetentionRule").objects.filter(source="").update(assumed=True)


class Migration(migrations.Migration):
    dependencies = [("archives", "0004_complaints")]

    operations = [
        migrations.AddField(
            model_name="retentionrule",
            name="source",
            field=models.CharField(
                blank=True,
                help_text=(
                    "Nomor peraturan atau keputusan yang menetapkan angka-angka baris ini. "
                    "Kosong: asumsi."
                ),
                max_length=300,
                verbose_name="sumber angka",
            ),
        ),
        migrations.RunPython(name_sources, mark_assumptions),
        migrations.RemoveField(model_name="retentionrule", name="assumed"),
    ]
