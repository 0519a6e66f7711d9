from datetime import date

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("authority", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="actsseen",
            name="until_on",
            field=models.DateField(default=date(2000, 1, 1)),
            preserve_default=False,
        ),
    ]
