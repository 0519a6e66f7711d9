from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('standards', '0015_regulation_successors'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='regulation',
            name='repealed_by',
        ),
        migrations.AddConstraint(
            model_name='regulation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'berlaku'), _negated=True), models.Q(('since', None), ('successor', None)), _connector='OR'), name='standards_law_in_force_stands', violation_error_message='Peraturan yang berlaku tidak mempunyai pengganti maupun tanggal pencabutan.'),
        ),
    ]
