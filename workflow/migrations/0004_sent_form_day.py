from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("workflow", "0003_sent_form")]

    operations = [
        migrations.RenameField("sentform", "sent_at", "sent_on"),
        migrations.AlterField("sentform", "sent_on", models.DateField(db_index=True)),
    ]
