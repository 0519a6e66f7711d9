from django.db import migrations

_INVENTED = "Ketentuan kantor ini"


def leave_out(apps, schema_editor):
    """Empty the source that stood where an office has no rule of its own."""
    rules = apps.get_model("complaints", "ComplaintRules")
    rules.objects.filter(ground_source=_INVENTED).update(ground_source="")


class Migration(migrations.Migration):

    dependencies = [("complaints", "0002_ground_source")]

    operations = [migrations.RunPython(leave_out, migrations.RunPython.noop)]
