from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("permits", "0023_charge_corrections")]

    operations = [
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(
                condition=models.Q(("issued_at__isnull", False), ("refusal", None)),
                fields=["-issued_at", "-id"],
                name="permits_public_register",
            ),
        ),
    ]
