from zoneinfo import ZoneInfo

from django.db import migrations

from workflow.calendar_versions import recorded

_PROMISES = ("jawaban", "saran")
_BATCH = 500


def fill(apps, schema_editor):
    """Count the working days of the answers that were sent, with the calendar of the promise."""
    answers = apps.get_model("complaints", "Answer").objects
    promises = apps.get_model("complaints", "ComplaintDeadline").objects
    rows = answers.filter(sent_at__isnull=False, workdays=None).select_related("complaint__office")
    batch = []
    for row in rows.order_by("pk").iterator(chunk_size=_BATCH):
        deadline = promises.filter(complaint=row.complaint, kind__in=_PROMISES).last()
        version = deadline.calendar_version if deadline else ""
        calendar = recorded([version]).get(version)
        if calendar is None:  # never stored: it is left out of the figures
            continue
        zone = ZoneInfo(row.complaint.office.time_zone)
        days = (at.astimezone(zone).date() for at in (row.complaint.received_at, row.sent_at))
        row.workdays = calendar.count(*days)
        batch.append(row)
    answers.bulk_update(batch, ["workdays"], batch_size=_BATCH)


class Migration(migrations.Migration):

    dependencies = [
        ("complaints", "0005_answer_workdays"),
        ("workflow", "0002_calendar_versions"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
