from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('permits', '0009_document_opened'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='document',
            name='permits_one_current_document',
        ),
        migrations.AddField(
            model_name='document',
            name='order',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('application', 'requirement', 'order'), name='permits_one_document_a_place'),
        ),
    ]
