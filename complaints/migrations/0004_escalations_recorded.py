from django.db import migrations

_EVENT = "lewat_ke_atasan"


def record(apps, schema_editor):
    """Record the escalations by time in the history, as the sweep does from now on."""
    escalations = apps.get_model("complaints", "Escalation")
    records = apps.get_model("complaints", "ComplaintRecord")
    rows = escalations.objects.filter(cause="waktu").select_related("complaint", "to_position")
    for row in rows.order_by("pk").iterator(chunk_size=500):
        status = row.complaint.status
        records.objects.get_or_create(
            subject=row.complaint,
            event=_EVENT,
            at=row.at,
            note=row.to_position.name if row.to_position else "",
            defaults={"source": status, "to": status},
        )


class Migration(migrations.Migration):

    dependencies = [("complaints", "0003_ground_source_rows")]

    operations = [migrations.RunPython(record, migrations.RunPython.noop)]
