import standards.models.requirements
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('standards', '0031_refusal_texts'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='requirement',
            name='origin',
        ),
        migrations.AddField(
            model_name='requirement',
            name='code',
            field=models.SlugField(db_index=False, default=standards.models.requirements.new_code, editable=False, max_length=20, verbose_name='kode'),
        ),
        migrations.AddConstraint(
            model_name='requirement',
            constraint=models.UniqueConstraint(fields=('version', 'code'), name='standards_requirement_code_once'),
        ),
    ]
