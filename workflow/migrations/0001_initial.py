import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(unique=True, verbose_name='tahun')),
                ('decree', models.CharField(blank=True, max_length=200, verbose_name='dasar penetapan')),
            ],
            options={
                'verbose_name': 'tahun kalender yang ditetapkan',
                'verbose_name_plural': 'tahun kalender yang ditetapkan',
                'ordering': ('year',),
            },
        ),
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sweep', models.CharField(max_length=60, unique=True, verbose_name='sapuan')),
                ('started_at', models.DateTimeField(verbose_name='mulai')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='selesai')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='dikerjakan')),
                ('failed', models.PositiveIntegerField(default=0, verbose_name='gagal')),
                ('alarmed_at', models.DateTimeField(null=True, verbose_name='petugas diberi tahu')),
            ],
            options={
                'verbose_name': 'denyut sapuan',
                'verbose_name_plural': 'denyut sapuan',
            },
        ),
        migrations.CreateModel(
            name='ThrottleCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120, unique=True)),
                ('count', models.PositiveIntegerField()),
                ('expires_at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='Alarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job_status', models.CharField(choices=[('terutang', 'Menunggu dikerjakan'), ('selesai', 'Selesai'), ('gagal', 'Gagal')], default='terutang', max_length=10, verbose_name='keadaan pekerjaan')),
                ('next_try_at', models.DateTimeField(verbose_name='dicoba lagi')),
                ('lease_until', models.DateTimeField(blank=True, null=True, verbose_name='dipegang sampai')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='percobaan')),
                ('last_error', models.CharField(blank=True, max_length=500, verbose_name='kesalahan terakhir')),
                ('term', models.CharField(max_length=40, verbose_name='jangka waktu')),
                ('object_id', models.BigIntegerField()),
                ('due_at', models.DateTimeField(verbose_name='jatuh tempo')),
                ('mark_at', models.DateTimeField(verbose_name='tanda tercapai')),
            ],
            options={
                'verbose_name': 'peringatan jangka waktu',
                'verbose_name_plural': 'peringatan jangka waktu',
                'indexes': [models.Index(condition=models.Q(('job_status', 'terutang')), fields=['next_try_at'], name='workflow_alarms_due'), models.Index(condition=models.Q(('job_status', 'gagal')), fields=['id'], name='workflow_alarms_failed')],
                'constraints': [models.UniqueConstraint(fields=('term', 'object_id', 'due_at', 'mark_at'), name='workflow_alarm_once')],
            },
        ),
        migrations.CreateModel(
            name='AdminTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120, unique=True)),
                ('kind', models.CharField(max_length=60, verbose_name='jenis')),
                ('facts', models.JSONField(default=dict)),
                ('path', models.CharField(blank=True, max_length=200)),
                ('opened_at', models.DateTimeField(verbose_name='muncul')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='ditutup')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ditutup oleh')),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='admin_tasks', to='accounts.office', verbose_name='unit penyelenggara')),
            ],
            options={
                'verbose_name': 'tugas administrator',
                'verbose_name_plural': 'tugas administrator',
                'ordering': ('-opened_at', '-pk'),
                'indexes': [models.Index(condition=models.Q(('closed_at', None)), fields=['opened_at'], name='workflow_admin_tasks_open')],
            },
        ),
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='tanggal')),
                ('name', models.CharField(max_length=120, verbose_name='nama')),
                ('kind', models.CharField(choices=[('libur_nasional', 'Libur nasional'), ('cuti_bersama', 'Cuti bersama'), ('libur_daerah', 'Libur daerah'), ('hari_kerja_pengganti', 'Hari kerja pengganti')], max_length=30, verbose_name='jenis')),
                ('decree', models.CharField(blank=True, max_length=200, verbose_name='dasar penetapan')),
                ('estimated', models.BooleanField(default=False, verbose_name='perkiraan')),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='holidays', to='accounts.office', verbose_name='hanya untuk unit')),
            ],
            options={
                'verbose_name': 'hari libur',
                'verbose_name_plural': 'hari libur',
                'ordering': ('on',),
                'constraints': [models.UniqueConstraint(fields=('on', 'kind', 'office'), name='workflow_holiday_once'), models.UniqueConstraint(condition=models.Q(('office', None)), fields=('on', 'kind'), name='workflow_holiday_for_all_once')],
            },
        ),
        migrations.CreateModel(
            name='Recount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job_status', models.CharField(choices=[('terutang', 'Menunggu dikerjakan'), ('selesai', 'Selesai'), ('gagal', 'Gagal')], default='terutang', max_length=10, verbose_name='keadaan pekerjaan')),
                ('next_try_at', models.DateTimeField(verbose_name='dicoba lagi')),
                ('lease_until', models.DateTimeField(blank=True, null=True, verbose_name='dipegang sampai')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='percobaan')),
                ('last_error', models.CharField(blank=True, max_length=500, verbose_name='kesalahan terakhir')),
                ('calendar_version', models.CharField(max_length=40, verbose_name='versi kalender')),
                ('asked_at', models.DateTimeField(verbose_name='diminta pada')),
                ('total', models.PositiveIntegerField(verbose_name='tanggal janji')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='sudah dihitung')),
                ('moved', models.PositiveIntegerField(default=0, verbose_name='bergeser')),
                ('broken', models.JSONField(default=list)),
                ('finished_at', models.DateTimeField(null=True, verbose_name='selesai pada')),
                ('overtaken', models.BooleanField(default=False, verbose_name='kalender berubah lagi')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diminta oleh')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recounts', to='accounts.office', verbose_name='unit penyelenggara')),
            ],
            options={
                'verbose_name': 'penghitungan ulang tanggal janji',
                'verbose_name_plural': 'penghitungan ulang tanggal janji',
                'ordering': ('-asked_at', '-pk'),
                'indexes': [models.Index(condition=models.Q(('job_status', 'terutang')), fields=['next_try_at'], name='workflow_recounts_due')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('job_status', 'selesai'), _negated=True), fields=('office', 'calendar_version'), name='workflow_recount_once')],
            },
        ),
        migrations.CreateModel(
            name='TermMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('term', models.CharField(max_length=40, verbose_name='jangka waktu')),
                ('share', models.PositiveSmallIntegerField(blank=True, help_text='Misalnya 50: saat separuh jangka waktu terpakai.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(99)], verbose_name='persen terpakai')),
                ('days', models.SmallIntegerField(blank=True, help_text='Misalnya -2: dua hari sebelum tanggal janji; 0: pada harinya; 1: sehari sesudahnya. Kosongkan keduanya untuk saat jangka waktu lewat.', null=True, verbose_name='hari dari tanggal janji')),
                ('act', models.CharField(max_length=20, verbose_name='tindakan')),
                ('level', models.PositiveSmallIntegerField(default=0, help_text='Untuk lapor ke atasan: 1 adalah atasan langsung, 2 atasan berikutnya.', verbose_name='tingkat atasan')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='term_marks', to='accounts.office', verbose_name='unit penyelenggara')),
            ],
            options={
                'verbose_name': 'tanda jangka waktu',
                'verbose_name_plural': 'tanda jangka waktu',
                'ordering': ('office', 'term', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('share', None), ('days', None), _connector='OR'), name='workflow_mark_share_or_days')],
            },
        ),
    ]
