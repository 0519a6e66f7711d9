from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("complaints", "0003_report_deadlines")]

    operations = [
        migrations.AddField(
            model_name="complaintrules",
            name="limit_source",
            field=models.CharField(
                default="Perpres 76/2013", max_length=200, verbose_name="dasar batas menyampaikan"
            ),
        ),
        migrations.AddField(
            model_name="complaintrules",
            name="ground_source",
            field=models.CharField(
                default="Ketentuan kantor ini",
                help_text="Tanpa identitas atau materi, laporan diperlakukan sebagai saran.",
                max_length=200,
                verbose_name="dasar identitas dan materi",
            ),
        ),
    ]
