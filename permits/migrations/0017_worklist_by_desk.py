"""What lies at a desk is found by its desk: an SOP may go on after the hand-over."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("permits", "0016_deleted_and_destroyed")]

    operations = [
        migrations.RemoveIndex(model_name="application", name="permits_worklist"),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                condition=models.Q(("desk__isnull", False)),
                fields=["desk", "due_at", "submitted_at"],
                name="permits_worklist",
            ),
        ),
    ]
