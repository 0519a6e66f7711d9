import datetime
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Office',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=30, unique=True, verbose_name='kode')),
                ('name', models.CharField(max_length=200, verbose_name='nama')),
                ('short_name', models.CharField(max_length=80, verbose_name='nama singkat')),
                ('government', models.CharField(help_text='Baris pertama kop surat.', max_length=120, verbose_name='pemerintah daerah')),
                ('address', models.CharField(max_length=300, verbose_name='alamat')),
                ('city', models.CharField(max_length=80, verbose_name='tempat penetapan')),
                ('phone', models.CharField(blank=True, max_length=80, verbose_name='telepon')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('website', models.CharField(blank=True, max_length=120, verbose_name='situs web')),
                ('motto', models.CharField(blank=True, max_length=200, verbose_name='motto')),
                ('emblem', models.TextField(blank=True, help_text='Gambar PNG sebagai data URI, untuk kop surat.', verbose_name='lambang')),
                ('time_zone', models.CharField(choices=[('Asia/Jakarta', 'WIB (Jakarta)'), ('Asia/Makassar', 'WITA (Makassar)'), ('Asia/Jayapura', 'WIT (Jayapura)')], default='Asia/Jakarta', max_length=40, verbose_name='zona waktu')),
                ('counts_first_day', models.BooleanField(default=False, help_text='Jika tidak dicentang, hari berkas dinyatakan lengkap adalah hari ke-0 dan hitungan mulai pada hari kerja berikutnya.', verbose_name='hari pertama ikut dihitung')),
                ('cut_off', models.TimeField(blank=True, help_text='Berkas yang dinyatakan lengkap setelah jam ini dianggap diterima pada hari kerja berikutnya. Kosongkan untuk memakai jam tutup kantor.', null=True, verbose_name='jam terakhir penerimaan')),
                ('late_arrivals_roll', models.BooleanField(default=True, help_text='Jika tidak dicentang, berkas yang dinyatakan lengkap setelah jam terakhir atau pada hari libur tetap memakai tanggal itu sebagai hari ke-0.', verbose_name='yang datang terlambat bergeser ke hari kerja berikutnya')),
                ('calendar_warning_months', models.PositiveSmallIntegerField(default=3, help_text='Berapa bulan sebelum akhir tahun administrator diperingatkan bahwa hari libur tahun berikutnya belum ditetapkan.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)], verbose_name='peringatan kalender (bulan sebelumnya)')),
                ('check_workdays', models.PositiveSmallIntegerField(default=2, help_text='Berkas yang belum diperiksa selama ini dilaporkan ke atasan.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='batas pemeriksaan kelengkapan (hari kerja)')),
                ('completion_days', models.PositiveSmallIntegerField(default=30, help_text='Pemohon yang berkasnya dikembalikan diingatkan, diperingatkan, dan setelah ini permohonannya gugur.', validators=[django.core.validators.MinValueValidator(7)], verbose_name='batas melengkapi berkas (hari kalender)')),
                ('letter_pattern', models.CharField(default='005/{nomor:03}/DPMPTSP/{bulan_romawi}/{tahun}', help_text='Nomor surat pemberitahuan: {nomor:03}, {bulan}, {bulan_romawi}, {tahun}.', max_length=80, verbose_name='pola nomor surat')),
                ('draft_days', models.PositiveSmallIntegerField(default=90, help_text='Konsep yang tidak disentuh selama ini dihapus setelah pemohon diberi tahu.', validators=[django.core.validators.MinValueValidator(30)], verbose_name='lama konsep disimpan (hari kalender)')),
            ],
            options={
                'verbose_name': 'unit penyelenggara',
                'verbose_name_plural': 'unit penyelenggara',
                'ordering': ('name',),
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='alamat e-mail')),
                ('full_name', models.CharField(max_length=150, verbose_name='nama lengkap')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='nomor telepon')),
                ('employee_number', models.CharField(blank=True, max_length=25, verbose_name='NIP')),
                ('rank', models.CharField(blank=True, max_length=80, verbose_name='pangkat/golongan')),
                ('is_demo', models.BooleanField(default=False, verbose_name='akun demo')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'pengguna',
                'verbose_name_plural': 'pengguna',
            },
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, verbose_name='kode')),
                ('name', models.CharField(max_length=150, verbose_name='nama jabatan')),
                ('is_head', models.BooleanField(default=False, verbose_name='pimpinan unit')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='positions', to='accounts.office', verbose_name='unit penyelenggara')),
                ('superior', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='subordinates', to='accounts.position', verbose_name='atasan')),
            ],
            options={
                'verbose_name': 'jabatan',
                'verbose_name_plural': 'jabatan',
                'ordering': ('office', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('capacity', models.CharField(choices=[('definitif', 'Definitif'), ('plt', 'Plt.'), ('plh', 'Plh.')], default='definitif', max_length=10, verbose_name='kedudukan')),
                ('started_on', models.DateField(verbose_name='mulai')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='sampai')),
                ('decree', models.CharField(blank=True, max_length=200, verbose_name='surat keputusan')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to=settings.AUTH_USER_MODEL, verbose_name='pejabat/petugas')),
                ('position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='accounts.position', verbose_name='jabatan')),
            ],
            options={
                'verbose_name': 'pelaksana jabatan',
                'verbose_name_plural': 'pelaksana jabatan',
                'ordering': ('position', 'started_on'),
            },
        ),
        migrations.CreateModel(
            name='OfficeChannel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='urutan')),
                ('marker', models.CharField(blank=True, max_length=10, verbose_name='nomor tercetak')),
                ('kind', models.CharField(choices=[('petugas', 'Petugas pengaduan'), ('loket', 'Loket pengaduan'), ('surat', 'Surat'), ('telepon', 'Telepon'), ('faksimile', 'Faksimile'), ('sms', 'SMS'), ('whatsapp', 'WhatsApp'), ('email', 'E-mail'), ('media_sosial', 'Media sosial'), ('web', 'Situs web'), ('formulir', 'Formulir pengaduan'), ('kotak', 'Kotak pengaduan'), ('lapor', 'SP4N-LAPOR!'), ('survei', 'Survei kepuasan')], max_length=20, verbose_name='jenis')),
                ('label', models.CharField(max_length=200, verbose_name='nama saluran')),
                ('value', models.CharField(blank=True, max_length=400, verbose_name='alamat/nomor')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='channels', to='accounts.office')),
            ],
            options={
                'verbose_name': 'saluran pengaduan',
                'verbose_name_plural': 'saluran pengaduan',
                'ordering': ('office', 'order'),
                'constraints': [models.UniqueConstraint(fields=('office', 'order'), name='accounts_channel_order')],
            },
        ),
        migrations.CreateModel(
            name='OfficeHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Senin'), (1, 'Selasa'), (2, 'Rabu'), (3, 'Kamis'), (4, 'Jumat'), (5, 'Sabtu'), (6, 'Minggu')], verbose_name='hari')),
                ('opens_at', models.TimeField(default=datetime.time(7, 30), verbose_name='buka')),
                ('closes_at', models.TimeField(default=datetime.time(16, 0), verbose_name='tutup')),
                ('break_starts_at', models.TimeField(blank=True, null=True, verbose_name='istirahat mulai')),
                ('break_ends_at', models.TimeField(blank=True, null=True, verbose_name='istirahat selesai')),
                ('season', models.CharField(blank=True, max_length=60, verbose_name='musim')),
                ('first_on', models.DateField(blank=True, null=True, verbose_name='berlaku dari')),
                ('last_on', models.DateField(blank=True, null=True, verbose_name='sampai')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hours', to='accounts.office')),
            ],
            options={
                'verbose_name': 'jam kerja',
                'verbose_name_plural': 'jam kerja',
                'ordering': ('office', 'first_on', 'weekday'),
                'constraints': [models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='accounts_hours_close_after_open'), models.UniqueConstraint(fields=('office', 'weekday', 'first_on'), name='accounts_one_row_per_season_day'), models.UniqueConstraint(condition=models.Q(('first_on', None)), fields=('office', 'weekday'), name='accounts_one_row_per_weekday')],
            },
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.UniqueConstraint(fields=('office', 'code'), name='accounts_position_code'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.UniqueConstraint(condition=models.Q(('is_head', True)), fields=('office',), name='accounts_one_head_per_office'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('started_on')), _connector='OR'), name='accounts_appointment_ends_later'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.UniqueConstraint(fields=('user', 'position', 'started_on'), name='accounts_appointment_once'),
        ),
    ]
