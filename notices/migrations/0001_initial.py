import datetime
import django.db.models.deletion
import notices.models
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
            name='Addressee',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('language', models.CharField(choices=[('id', 'Bahasa Indonesia'), ('en', 'English')], default='id', max_length=5, verbose_name='bahasa pesan')),
            ],
        ),
        migrations.CreateModel(
            name='MessageHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quiet_from', models.TimeField(blank=True, null=True, verbose_name='jam tenang mulai')),
                ('quiet_until', models.TimeField(blank=True, null=True, verbose_name='jam tenang sampai')),
                ('digest_at', models.TimeField(default=datetime.time(16, 0), verbose_name='jam rangkuman harian')),
                ('office', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.office', verbose_name='unit penyelenggara')),
            ],
            options={
                'verbose_name': 'jam pengiriman pesan',
                'verbose_name_plural': 'jam pengiriman pesan',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('quiet_from', None), ('quiet_until', None)), models.Q(('quiet_from__isnull', False), ('quiet_until__isnull', False), models.Q(('quiet_from', models.F('quiet_until')), _negated=True)), _connector='OR'), name='notices_quiet_hours_both_or_none', violation_error_message='Isi kedua jam tenang, yang berbeda, atau kosongkan.')],
            },
        ),
        migrations.CreateModel(
            name='MessageTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=notices.models.kind_choices, max_length=80, verbose_name='jenis pesan')),
                ('language', models.CharField(choices=[('id', 'Bahasa Indonesia'), ('en', 'English')], default='id', max_length=5, verbose_name='bahasa')),
                ('shape', models.CharField(choices=[('surat', 'Surat (e-mail dan halaman akun)'), ('singkat', 'Pesan singkat (SMS dan WhatsApp)')], default='surat', max_length=10, verbose_name='bentuk')),
                ('subject', models.CharField(blank=True, help_text='Hanya untuk surat.', max_length=200, verbose_name='perihal')),
                ('body', models.TextField(help_text='Teks biasa; baris kosong memulai alinea baru. Tanpa HTML. Baris yang semua isiannya kosong tidak dikirim.', verbose_name='isi')),
                ('in_use', models.BooleanField(default=False, help_text='Selama tidak dicentang, kalimat bawaan yang dikirim.', verbose_name='dipakai')),
                ('office', models.ForeignKey(blank=True, help_text='Kosong: untuk semua unit yang tidak punya kalimat sendiri.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.office', verbose_name='hanya untuk unit')),
            ],
            options={
                'verbose_name': 'kalimat pesan',
                'verbose_name_plural': 'kalimat pesan',
                'ordering': ('kind', 'language', 'shape'),
                'constraints': [models.UniqueConstraint(fields=('kind', 'language', 'shape', 'office'), name='notices_template_once', violation_error_message='Kalimat untuk jenis, bahasa dan unit ini sudah ada.'), models.UniqueConstraint(condition=models.Q(('office', None)), fields=('kind', 'language', 'shape'), name='notices_template_for_all_once', violation_error_message='Kalimat untuk jenis, bahasa dan unit ini sudah ada.')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job_status', models.CharField(choices=[('terutang', 'Menunggu dikerjakan'), ('selesai', 'Selesai'), ('gagal', 'Gagal')], default='terutang', max_length=10, verbose_name='keadaan pekerjaan')),
                ('next_try_at', models.DateTimeField(verbose_name='dicoba lagi')),
                ('lease_until', models.DateTimeField(blank=True, null=True, verbose_name='dipegang sampai')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='percobaan')),
                ('last_error', models.CharField(blank=True, max_length=500, verbose_name='kesalahan terakhir')),
                ('dedupe_key', models.CharField(max_length=200, unique=True)),
                ('template', models.CharField(max_length=80, verbose_name='jenis pesan')),
                ('channel', models.CharField(choices=[('email', 'E-mail'), ('akun', 'Halaman akun'), ('sms', 'SMS'), ('whatsapp', 'WhatsApp'), ('rangkuman', 'Rangkuman harian')], default='email', max_length=10, verbose_name='saluran')),
                ('address', models.CharField(max_length=254, verbose_name='alamat')),
                ('context', models.JSONField(default=dict)),
                ('attachments', models.JSONField(blank=True, default=list)),
                ('about', models.CharField(blank=True, db_index=True, max_length=80, verbose_name='tentang')),
                ('language', models.CharField(default='id', max_length=5)),
                ('urgent', models.BooleanField(default=False, verbose_name='mendesak')),
                ('in_account', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(verbose_name='dibuat')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='dikirim')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='dibaca di akun')),
                ('message_id', models.CharField(blank=True, max_length=200, verbose_name='nomor pengiriman')),
                ('subject', models.CharField(blank=True, max_length=200, verbose_name='perihal')),
                ('body', models.TextField(blank=True, verbose_name='isi')),
                ('resent_at', models.DateTimeField(blank=True, null=True, verbose_name='diminta kirim ulang')),
                ('gathered_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='gathered', to='notices.notice', verbose_name='rangkuman')),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office', verbose_name='unit penyelenggara')),
                ('recipient', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notices', to=settings.AUTH_USER_MODEL, verbose_name='penerima')),
                ('resent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dikirim ulang oleh')),
            ],
            options={
                'verbose_name': 'pemberitahuan',
                'verbose_name_plural': 'pemberitahuan',
                'ordering': ('-created_at',),
                'indexes': [models.Index(condition=models.Q(('job_status', 'terutang')), fields=['channel', 'next_try_at'], name='notices_owed_by_channel'), models.Index(condition=models.Q(('in_account', True)), fields=['recipient', '-id'], name='notices_account'), models.Index(condition=models.Q(('in_account', True), ('read_at', None)), fields=['recipient'], name='notices_unread')],
            },
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=80)),
                ('mail', models.CharField(choices=[('segera', 'Segera'), ('harian', 'Rangkuman harian'), ('tidak', 'Tidak, cukup di halaman akun')], default='segera', max_length=10)),
                ('sms', models.BooleanField(default=False)),
                ('whatsapp', models.BooleanField(default=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'kind'), name='notices_preference_once')],
            },
        ),
    ]
