from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("permits", "0024_public_register")]

    operations = [
        migrations.AlterField(
            model_name="application",
            name="holder_kind",
            field=models.CharField(
                blank=True,
                choices=[("perorangan", "Perorangan"), ("badan", "Badan usaha/lembaga")],
                max_length=12,
                verbose_name="pemegang izin",
            ),
        ),
    ]
