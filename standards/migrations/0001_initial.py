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
            name='Regulation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=400, unique=True, verbose_name='judul')),
                ('repealed_by', models.CharField(blank=True, max_length=400, verbose_name='dicabut/diubah dengan')),
            ],
            options={
                'verbose_name': 'peraturan',
                'verbose_name_plural': 'peraturan',
                'ordering': ('title',),
            },
        ),
        migrations.CreateModel(
            name='Kbli',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=5, validators=[django.core.validators.RegexValidator('^\\d{5}$', 'Kode KBLI terdiri atas lima angka.')], verbose_name='kode')),
                ('edition', models.PositiveSmallIntegerField(default=2020, verbose_name='edisi')),
                ('title', models.CharField(max_length=250, verbose_name='judul')),
            ],
            options={
                'verbose_name': 'KBLI',
                'verbose_name_plural': 'KBLI',
                'ordering': ('code', 'edition'),
                'constraints': [models.UniqueConstraint(fields=('code', 'edition'), name='standards_kbli_edition')],
            },
        ),
        migrations.CreateModel(
            name='Procedure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, verbose_name='kode')),
                ('name', models.CharField(max_length=200, verbose_name='nama SOP/klasifikasi')),
                ('sop_number', models.CharField(blank=True, max_length=80, verbose_name='nomor SOP')),
                ('total_text', models.CharField(blank=True, max_length=120, verbose_name='total waktu tercetak')),
                ('provisional_reason', models.TextField(blank=True, help_text='Isi jika alur ini disusun sementara karena naskah SOP aslinya belum ada.', verbose_name='alasan sementara')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='dibekukan')),
                ('copied_from', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='standards.procedure')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='procedures', to='accounts.office', verbose_name='unit penyelenggara')),
            ],
            options={
                'verbose_name': 'prosedur (SOP)',
                'verbose_name_plural': 'prosedur (SOP)',
                'ordering': ('office', 'name'),
            },
        ),
        migrations.CreateModel(
            name='ProcedureRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='urutan')),
                ('label', models.CharField(max_length=120, verbose_name='judul kolom')),
                ('position', models.ForeignKey(blank=True, help_text='Kosong berarti pemohon.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='accounts.position', verbose_name='jabatan')),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='standards.procedure')),
            ],
            options={
                'verbose_name': 'pelaksana dalam SOP',
                'verbose_name_plural': 'pelaksana dalam SOP',
                'ordering': ('procedure', 'order'),
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='urutan')),
                ('key', models.SlugField(max_length=40, verbose_name='kode')),
                ('text', models.CharField(max_length=300, verbose_name='pertanyaan')),
                ('help_text', models.CharField(blank=True, max_length=300, verbose_name='penjelasan')),
                ('asked_if', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='follow_ups', to='standards.question', verbose_name='hanya ditanyakan bila jawaban ini ya')),
            ],
            options={
                'verbose_name': 'pertanyaan penentu',
                'verbose_name_plural': 'pertanyaan penentu',
                'ordering': ('version', 'order'),
            },
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, verbose_name='kode alamat')),
                ('name', models.CharField(max_length=250, verbose_name='nama layanan')),
                ('summary', models.CharField(blank=True, help_text='Satu kalimat biasa: untuk siapa dan untuk apa layanan ini.', max_length=300, verbose_name='ringkasan')),
                ('keywords', models.CharField(blank=True, max_length=300, verbose_name='kata kunci pencarian')),
                ('risk', models.CharField(blank=True, choices=[('', 'Bukan perizinan berbasis risiko'), ('rendah', 'Rendah'), ('menengah_rendah', 'Menengah rendah'), ('menengah_tinggi', 'Menengah tinggi'), ('tinggi', 'Tinggi')], max_length=20, verbose_name='tingkat risiko')),
                ('kbli', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='services', to='standards.kbli', verbose_name='KBLI')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='accounts.office', verbose_name='unit penyelenggara')),
            ],
            options={
                'verbose_name': 'jenis pelayanan',
                'verbose_name_plural': 'jenis pelayanan',
                'ordering': ('office', 'name'),
            },
        ),
        migrations.CreateModel(
            name='Evaluation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('term_amount', models.PositiveIntegerField()),
                ('term_unit', models.CharField(choices=[('hari_kerja', 'hari_kerja'), ('hari_kalender', 'hari_kalender'), ('menit_kerja', 'menit_kerja')], max_length=15)),
                ('started_at', models.DateTimeField()),
                ('due_on', models.DateField(blank=True, null=True)),
                ('due_at', models.DateTimeField(blank=True, null=True)),
                ('met_at', models.DateTimeField(blank=True, null=True)),
                ('breached_at', models.DateTimeField(blank=True, null=True)),
                ('calendar_version', models.CharField(blank=True, max_length=40)),
                ('marked_at', models.DateTimeField(blank=True, null=True)),
                ('next_mark_at', models.DateTimeField(blank=True, null=True)),
                ('result', models.TextField(blank=True, verbose_name='hasil evaluasi')),
                ('done_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dicatat oleh')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='standards.service', verbose_name='jenis pelayanan')),
            ],
            options={
                'verbose_name': 'evaluasi standar',
                'verbose_name_plural': 'evaluasi standar',
            },
        ),
        migrations.CreateModel(
            name='SopStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='urutan')),
                ('printed_number', models.CharField(max_length=10, verbose_name='nomor tercetak')),
                ('kind', models.CharField(choices=[('ajukan', 'Pemohon mengajukan berkas'), ('periksa', 'Periksa kelengkapan (menentukan lengkap dan benar)'), ('kerjakan', 'Pekerjaan biasa (verifikasi, telaah, pengantar)'), ('tinjau', 'Pemeriksaan tim teknis dengan berita acara'), ('bayar', 'Pembayaran retribusi'), ('konsep', 'Menyusun konsep dokumen'), ('paraf', 'Paraf konsep'), ('tanda_tangan', 'Tanda tangan pimpinan'), ('nomor', 'Penomoran dan pencatatan register'), ('kuesioner', 'Kuesioner kepuasan'), ('serahkan', 'Penyerahan kepada pemohon')], max_length=20, verbose_name='jenis langkah')),
                ('activity', models.TextField(verbose_name='kegiatan')),
                ('completeness', models.TextField(blank=True, verbose_name='kelengkapan (masukan)')),
                ('standard_amount', models.PositiveIntegerField(blank=True, null=True, verbose_name='waktu baku')),
                ('standard_unit', models.CharField(blank=True, choices=[('hari_kerja', 'hari kerja'), ('hari_kalender', 'hari kalender'), ('menit_kerja', 'menit')], max_length=15, verbose_name='satuan')),
                ('standard_text', models.CharField(blank=True, max_length=40, verbose_name='waktu tercetak')),
                ('output', models.TextField(blank=True, verbose_name='keluaran')),
                ('optional', models.BooleanField(default=False, help_text='Langkah bersyarat: petugas boleh melewatinya dengan alasan.', verbose_name='jika diperlukan')),
                ('condition', models.CharField(blank=True, max_length=200, verbose_name='syarat langkah')),
                ('remark', models.CharField(blank=True, max_length=200, verbose_name='keterangan')),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='standards.procedure')),
                ('recorded_by', models.ForeignKey(blank=True, help_text='Untuk langkah pemohon: petugas yang mencatatnya di portal.', null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='recorded_steps', to='standards.procedurerole', verbose_name='dicatat oleh')),
                ('returns_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='returned_from', to='standards.sopstep', verbose_name='jika tidak memenuhi, kembali ke')),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='steps', to='standards.procedurerole', verbose_name='pelaksana')),
            ],
            options={
                'verbose_name': 'langkah SOP',
                'verbose_name_plural': 'langkah SOP',
                'ordering': ('procedure', 'order'),
            },
        ),
        migrations.CreateModel(
            name='StandardVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(default=1, verbose_name='versi')),
                ('status', models.CharField(choices=[('konsep', 'Konsep'), ('ditetapkan', 'Ditetapkan')], default='konsep', editable=False, max_length=12, verbose_name='keadaan')),
                ('effective_on', models.DateField(blank=True, null=True, verbose_name='berlaku mulai')),
                ('heading', models.CharField(blank=True, max_length=300, verbose_name='judul tercetak')),
                ('preamble', models.TextField(blank=True, verbose_name='pendahuluan')),
                ('decree', models.CharField(blank=True, max_length=300, verbose_name='ditetapkan dengan')),
                ('decreed_on', models.DateField(blank=True, null=True, verbose_name='tanggal penetapan')),
                ('decreed_at_place', models.CharField(blank=True, max_length=80, verbose_name='tempat penetapan')),
                ('decreed_by', models.CharField(blank=True, max_length=200, verbose_name='ditetapkan oleh')),
                ('decreed_by_rank', models.CharField(blank=True, max_length=80, verbose_name='pangkat penetap')),
                ('decreed_by_number', models.CharField(blank=True, max_length=25, verbose_name='NIP penetap')),
                ('term_amount', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='jangka waktu')),
                ('term_unit', models.CharField(choices=[('hari_kerja', 'hari kerja'), ('hari_kalender', 'hari kalender'), ('menit_kerja', 'menit')], default='hari_kerja', max_length=15, verbose_name='satuan')),
                ('target_amount', models.PositiveSmallIntegerField(blank=True, help_text='Lebih pendek dari jangka waktu menurut standar; kosong jika tidak ada.', null=True, verbose_name='target internal')),
                ('product', models.CharField(blank=True, max_length=250, verbose_name='produk layanan')),
                ('certificate_title', models.CharField(blank=True, max_length=250, verbose_name='judul dokumen izin')),
                ('certificate_statement', models.TextField(blank=True, help_text='Kalimat penetapan yang tercetak di bawah data pemegang.', verbose_name='isi dokumen izin')),
                ('number_pattern', models.CharField(blank=True, help_text='Contoh: 503/{nomor:04}/BKK/DPMPTSP/{bulan_romawi}/{tahun}', max_length=120, verbose_name='pola nomor dokumen')),
                ('validity_months', models.PositiveSmallIntegerField(blank=True, help_text='Kosong: berlaku selama tidak ada perubahan atau pencabutan.', null=True, verbose_name='masa berlaku (bulan)')),
                ('digest', models.CharField(blank=True, editable=False, max_length=64, verbose_name='sidik')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='diterbitkan')),
                ('published_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='standards.service', verbose_name='jenis pelayanan')),
            ],
            options={
                'verbose_name': 'versi standar pelayanan',
                'verbose_name_plural': 'versi standar pelayanan',
                'ordering': ('service', '-number'),
                'permissions': [('publish_standardversion', 'Dapat menetapkan standar')],
            },
        ),
        migrations.CreateModel(
            name='StandardComponent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(choices=[('persyaratan', 'Persyaratan'), ('prosedur', 'Sistem, mekanisme, dan prosedur'), ('waktu', 'Jangka waktu penyelesaian'), ('biaya', 'Biaya/tarif'), ('produk', 'Produk pelayanan'), ('pengaduan', 'Penanganan pengaduan, saran, dan masukan'), ('dasar_hukum', 'Dasar hukum'), ('sarana', 'Sarana, prasarana, dan/atau fasilitas'), ('kompetensi', 'Kompetensi pelaksana'), ('pengawasan', 'Pengawasan internal'), ('jumlah_pelaksana', 'Jumlah pelaksana'), ('jaminan_layanan', 'Jaminan pelayanan'), ('jaminan_keamanan', 'Jaminan keamanan dan keselamatan pelayanan'), ('evaluasi', 'Evaluasi kinerja pelaksana')], max_length=20, verbose_name='komponen')),
                ('order', models.PositiveSmallIntegerField(verbose_name='urutan')),
                ('printed_number', models.CharField(max_length=10, verbose_name='nomor tercetak')),
                ('title', models.CharField(max_length=250, verbose_name='judul tercetak')),
                ('body', models.TextField(blank=True, help_text='Satu butir satu baris; butir bawahan menjorok dua spasi; nomor ditulis apa adanya.', verbose_name='uraian')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='components', to='standards.standardversion')),
            ],
            options={
                'verbose_name': 'komponen standar pelayanan',
                'verbose_name_plural': 'komponen standar pelayanan',
                'ordering': ('version', 'order'),
            },
        ),
        migrations.CreateModel(
            name='RequirementGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='urutan')),
                ('printed_number', models.CharField(blank=True, max_length=10, verbose_name='nomor tercetak')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='judul')),
                ('lead', models.TextField(blank=True, verbose_name='kalimat pengantar')),
                ('applies_when', models.BooleanField(default=True, verbose_name='berlaku bila jawabannya ya')),
                ('question', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='groups', to='standards.question', verbose_name='bergantung pada pertanyaan')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requirement_groups', to='standards.standardversion')),
            ],
            options={
                'verbose_name': 'kelompok persyaratan',
                'verbose_name_plural': 'kelompok persyaratan',
                'ordering': ('version', 'order'),
            },
        ),
        migrations.CreateModel(
            name='Requirement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='urutan')),
                ('printed_number', models.CharField(blank=True, max_length=10, verbose_name='nomor tercetak')),
                ('text', models.TextField(verbose_name='bunyi')),
                ('kind', models.CharField(choices=[('unggah', 'Berkas diunggah'), ('nyatakan', 'Cukup dinyatakan'), ('isi_formulir', 'Diisi pada formulir portal'), ('muatan', 'Isi yang harus dimuat berkas induknya'), ('minimal_satu', 'Sekurangnya salah satu butir bawahannya'), ('keterangan', 'Keterangan saja')], max_length=20, verbose_name='pemenuhan')),
                ('applies_when', models.BooleanField(default=True, verbose_name='berlaku bila jawabannya ya')),
                ('mandatory', models.BooleanField(default=True, verbose_name='wajib')),
                ('help_text', models.CharField(blank=True, max_length=250, verbose_name='petunjuk unggah')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='children', to='standards.requirement', verbose_name='butir induk')),
                ('question', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='requirements', to='standards.question', verbose_name='bergantung pada pertanyaan')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='requirements', to='standards.requirementgroup', verbose_name='kelompok')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requirements', to='standards.standardversion')),
            ],
            options={
                'verbose_name': 'persyaratan',
                'verbose_name_plural': 'persyaratan',
                'ordering': ('version', 'group__order', 'order', 'pk'),
            },
        ),
        migrations.AddField(
            model_name='question',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='standards.standardversion'),
        ),
        migrations.CreateModel(
            name='LegalBasis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='urutan')),
                ('printed_number', models.CharField(max_length=10, verbose_name='nomor tercetak')),
                ('text', models.TextField(verbose_name='bunyi')),
                ('regulation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='standards.regulation', verbose_name='peraturan')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='legal_bases', to='standards.standardversion')),
            ],
            options={
                'verbose_name': 'dasar hukum',
                'verbose_name_plural': 'dasar hukum',
                'ordering': ('version', 'order'),
            },
        ),
        migrations.CreateModel(
            name='FormField',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='urutan')),
                ('key', models.SlugField(max_length=40, verbose_name='kode')),
                ('label', models.CharField(max_length=150, verbose_name='label')),
                ('kind', models.CharField(choices=[('teks', 'Teks satu baris'), ('teks_panjang', 'Teks panjang'), ('angka', 'Angka'), ('tanggal', 'Tanggal'), ('pilihan', 'Pilihan')], default='teks', max_length=15, verbose_name='jenis')),
                ('required', models.BooleanField(default=True, verbose_name='wajib')),
                ('help_text', models.CharField(blank=True, max_length=250, verbose_name='petunjuk')),
                ('choices_text', models.TextField(blank=True, verbose_name='pilihan (satu per baris)')),
                ('on_certificate', models.BooleanField(default=False, verbose_name='tercetak pada dokumen izin')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='form_fields', to='standards.standardversion')),
            ],
            options={
                'verbose_name': 'isian formulir',
                'verbose_name_plural': 'isian formulir',
                'ordering': ('version', 'order'),
            },
        ),
        migrations.CreateModel(
            name='Fee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=1, verbose_name='urutan')),
                ('label', models.CharField(max_length=200, verbose_name='untuk')),
                ('amount', models.PositiveBigIntegerField(default=0, verbose_name='jumlah (rupiah)')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fees', to='standards.standardversion')),
            ],
            options={
                'verbose_name': 'tarif',
                'verbose_name_plural': 'tarif',
                'ordering': ('version', 'order'),
            },
        ),
        migrations.CreateModel(
            name='VersionProcedure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=1, verbose_name='urutan')),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='version_links', to='standards.procedure', verbose_name='prosedur (SOP)')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='procedure_links', to='standards.standardversion')),
            ],
            options={
                'verbose_name': 'prosedur yang dipakai',
                'verbose_name_plural': 'prosedur yang dipakai',
                'ordering': ('version', 'order'),
            },
        ),
        migrations.AddConstraint(
            model_name='procedure',
            constraint=models.UniqueConstraint(fields=('office', 'code'), name='standards_procedure_code'),
        ),
        migrations.AddConstraint(
            model_name='procedurerole',
            constraint=models.UniqueConstraint(fields=('procedure', 'label'), name='standards_role_label'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.UniqueConstraint(fields=('office', 'slug'), name='standards_service_slug'),
        ),
        migrations.AddIndex(
            model_name='evaluation',
            index=models.Index(condition=models.Q(('met_at', None), ('next_mark_at__isnull', False)), fields=['next_mark_at'], name='standards_evaluations_marked'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.UniqueConstraint(condition=models.Q(('met_at', None)), fields=('service',), name='standards_one_evaluation_due'),
        ),
        migrations.AddConstraint(
            model_name='sopstep',
            constraint=models.UniqueConstraint(fields=('procedure', 'order'), name='standards_step_order'),
        ),
        migrations.AddConstraint(
            model_name='sopstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('standard_amount', None), ('standard_unit', '')), models.Q(('standard_amount__isnull', False), models.Q(('standard_unit', ''), _negated=True)), _connector='OR'), name='standards_step_time_has_unit'),
        ),
        migrations.AddConstraint(
            model_name='standardversion',
            constraint=models.UniqueConstraint(fields=('service', 'number'), name='standards_version_number'),
        ),
        migrations.AddConstraint(
            model_name='standardversion',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'ditetapkan')), fields=('service', 'effective_on'), name='standards_one_version_a_day'),
        ),
        migrations.AddConstraint(
            model_name='standardversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'ditetapkan'), _negated=True), models.Q(('effective_on__isnull', False), ('term_amount__isnull', False), models.Q(('digest', ''), _negated=True)), _connector='OR'), name='standards_published_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='standardcomponent',
            constraint=models.UniqueConstraint(fields=('version', 'key'), name='standards_component_once'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(fields=('version', 'key'), name='standards_question_key'),
        ),
        migrations.AddConstraint(
            model_name='formfield',
            constraint=models.UniqueConstraint(fields=('version', 'key'), name='standards_field_key'),
        ),
        migrations.AddConstraint(
            model_name='versionprocedure',
            constraint=models.UniqueConstraint(fields=('version', 'procedure'), name='standards_procedure_once'),
        ),
    ]
