from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0005_traces'),
    ]

    operations = [
        migrations.AddField(
            model_name='suggestion',
            name='is_open',
            field=models.BooleanField(default=False),
        ),
    ]
