import django.core.validators
import django.db.models.deletion
import permits.domain.numbering
import permits.models.certificates
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("standards", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Application",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("konsep", "Konsep"),
                            ("diajukan", "Diajukan"),
                            ("belum_lengkap", "Belum lengkap"),
                            ("diproses", "Diproses"),
                            ("dikembalikan", "Dikembalikan"),
                            ("terbit", "Terbit"),
                            ("selesai", "Selesai"),
                            ("ditolak", "Ditolak"),
                            ("ditarik", "Ditarik"),
                            ("gugur", "Gugur"),
                        ],
                        default="konsep",
                        max_length=20,
                        verbose_name="keadaan",
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        max_length=40, null=True, unique=True, verbose_name="nomor permohonan"
                    ),
                ),
                (
                    "tracking_code",
                    models.CharField(
                        default=permits.domain.numbering.tracking_code, max_length=19, unique=True
                    ),
                ),
                (
                    "holder_kind",
                    models.CharField(
                        choices=[("perorangan", "Perorangan"), ("badan", "Badan usaha/lembaga")],
                        default="badan",
                        max_length=12,
                        verbose_name="pemegang izin",
                    ),
                ),
                (
                    "holder_name",
                    models.CharField(blank=True, max_length=200, verbose_name="nama pemegang"),
                ),
                (
                    "responsible_name",
                    models.CharField(
                        blank=True, max_length=150, verbose_name="nama penanggung jawab"
                    ),
                ),
                (
                    "national_id",
                    models.CharField(
                        blank=True,
                        max_length=16,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\d{16}$", "NIK terdiri atas 16 angka."
                            )
                        ],
                        verbose_name="NIK penanggung jawab",
                    ),
                ),
                (
                    "business_number",
                    models.CharField(
                        blank=True,
                        max_length=13,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\d{13}$", "NIB terdiri atas 13 angka."
                            )
                        ],
                        verbose_name="NIB",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="alamat")),
                (
                    "phone",
                    models.CharField(blank=True, max_length=20, verbose_name="nomor telepon"),
                ),
                ("form_data", models.JSONField(blank=True, default=dict)),
                ("answers", models.JSONField(blank=True, default=dict)),
                ("declared", models.JSONField(blank=True, default=list)),
                ("declared_true_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(null=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                (
                    "applicant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="accounts.position",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="accounts.office",
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="standards.procedure",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="standards.service",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="standards.standardversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "permohonan",
                "verbose_name_plural": "permohonan",
                "ordering": ("-created_at",),
            },
        ),
        migrations.CreateModel(
            name="ApplicationClockEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mulai", "mulai"),
                            ("jeda", "jeda"),
                            ("lanjut", "lanjut"),
                            ("ulang", "ulang"),
                            ("perpanjang", "perpanjang"),
                            ("koreksi", "koreksi"),
                            ("henti", "henti"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("key", models.CharField(blank=True, max_length=60)),
                ("amount", models.SmallIntegerField(default=0)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("ground", models.CharField(blank=True, max_length=200)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clock_events",
                        to="permits.application",
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="permits.applicationclockevent",
                    ),
                ),
            ],
            options={
                "verbose_name": "kejadian jam layanan",
                "verbose_name_plural": "kejadian jam layanan",
                "ordering": ("at", "pk"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ApplicationRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event", models.CharField(max_length=40)),
                ("source", models.CharField(max_length=30)),
                ("to", models.CharField(max_length=30)),
                ("capacity", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                ("note", models.TextField(blank=True)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="permits.application",
                    ),
                ),
            ],
            options={
                "verbose_name": "catatan permohonan",
                "verbose_name_plural": "catatan permohonan",
                "ordering": ("at", "pk"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ApplicationStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("visit", models.PositiveSmallIntegerField(default=1)),
                ("handed_over_at", models.DateTimeField()),
                ("received_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("capacity", models.CharField(blank=True, max_length=200)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("selesai", "Selesai"),
                            ("dikembalikan", "Dikembalikan"),
                            ("dilewati", "Tidak diperlukan"),
                            ("dihentikan", "Dihentikan"),
                        ],
                        max_length=15,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="permits.application",
                    ),
                ),
                (
                    "finished_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "handed_over_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="standards.sopstep",
                    ),
                ),
            ],
            options={
                "verbose_name": "pelaksanaan langkah",
                "verbose_name_plural": "pelaksanaan langkah",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="ApplicationDeadline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("term_amount", models.PositiveIntegerField()),
                (
                    "term_unit",
                    models.CharField(
                        choices=[
                            ("hari_kerja", "hari_kerja"),
                            ("hari_kalender", "hari_kalender"),
                            ("menit_kerja", "menit_kerja"),
                        ],
                        max_length=15,
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("due_on", models.DateField(blank=True, null=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("met_at", models.DateTimeField(blank=True, null=True)),
                ("breached_at", models.DateTimeField(blank=True, null=True)),
                ("calendar_version", models.CharField(blank=True, max_length=40)),
                ("marked_at", models.DateTimeField(blank=True, null=True)),
                ("next_mark_at", models.DateTimeField(blank=True, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("layanan", "Jangka waktu layanan"),
                            ("target", "Target internal"),
                            ("langkah", "Waktu baku langkah"),
                            ("pemeriksaan", "Pemeriksaan kelengkapan"),
                            ("kelengkapan", "Melengkapi berkas"),
                            ("pengambilan", "Pengambilan dokumen"),
                            ("masa_berlaku", "Masa berlaku izin"),
                            ("konsep", "Penyimpanan konsep"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deadlines",
                        to="permits.application",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deadlines",
                        to="permits.applicationstep",
                    ),
                ),
            ],
            options={
                "verbose_name": "tenggat",
                "verbose_name_plural": "tenggat",
            },
        ),
        migrations.AddField(
            model_name="application",
            name="current_step",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="permits.applicationstep",
            ),
        ),
        migrations.CreateModel(
            name="CertificateDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveSmallIntegerField()),
                ("content", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("written_at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="permits.application",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "konsep dokumen izin",
                "verbose_name_plural": "konsep dokumen izin",
                "ordering": ("application", "revision"),
            },
        ),
        migrations.CreateModel(
            name="CertificateNumber",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("value", models.PositiveIntegerField(verbose_name="urutan")),
                ("text", models.CharField(max_length=120, verbose_name="nomor")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("dicadangkan", "Dicadangkan"),
                            ("terbit", "Terbit"),
                            ("batal", "Batal"),
                        ],
                        default="dicadangkan",
                        max_length=12,
                        verbose_name="keadaan",
                    ),
                ),
                ("reserved_at", models.DateTimeField(verbose_name="dicadangkan pada")),
                (
                    "settled_at",
                    models.DateTimeField(null=True, verbose_name="terbit atau batal pada"),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="alasan")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="numbers",
                        to="permits.application",
                        verbose_name="permohonan",
                    ),
                ),
            ],
            options={
                "verbose_name": "nomor dokumen izin",
                "verbose_name_plural": "nomor dokumen izin",
                "ordering": ("register", "value"),
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "job_status",
                    models.CharField(
                        choices=[
                            ("terutang", "Menunggu dikerjakan"),
                            ("selesai", "Selesai"),
                            ("gagal", "Gagal"),
                        ],
                        default="terutang",
                        max_length=10,
                        verbose_name="keadaan pekerjaan",
                    ),
                ),
                ("next_try_at", models.DateTimeField(verbose_name="dicoba lagi")),
                (
                    "lease_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="dipegang sampai"),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="percobaan")),
                (
                    "last_error",
                    models.CharField(blank=True, max_length=500, verbose_name="kesalahan terakhir"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("diminta", "Menunggu tanda tangan elektronik"),
                            ("ditandatangani", "Ditandatangani"),
                            ("terbit", "Terbit"),
                            ("dicabut", "Dicabut"),
                        ],
                        default="diminta",
                        max_length=15,
                        verbose_name="keadaan",
                    ),
                ),
                ("content", models.JSONField()),
                (
                    "token",
                    models.CharField(
                        default=permits.models.certificates.new_token, max_length=40, unique=True
                    ),
                ),
                (
                    "signer_capacity",
                    models.CharField(max_length=200, verbose_name="jabatan penanda tangan"),
                ),
                ("requested_at", models.DateTimeField(verbose_name="diminta pada")),
                ("signed_at", models.DateTimeField(null=True, verbose_name="ditandatangani pada")),
                ("issued_at", models.DateTimeField(null=True, verbose_name="terbit pada")),
                ("valid_from", models.DateField(verbose_name="berlaku dari")),
                ("valid_until", models.DateField(null=True, verbose_name="berlaku sampai")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="dicabut pada")),
                (
                    "revoked_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="alasan pencabutan"),
                ),
                ("file", models.FileField(blank=True, max_length=200, upload_to="")),
                (
                    "sha256",
                    models.CharField(
                        blank=True, db_index=True, max_length=64, verbose_name="sidik"
                    ),
                ),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificate",
                        to="permits.application",
                        verbose_name="permohonan",
                    ),
                ),
                (
                    "signer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="permits.applicationstep",
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="permits.certificatedraft",
                    ),
                ),
                (
                    "number",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificate",
                        to="permits.certificatenumber",
                        verbose_name="nomor",
                    ),
                ),
            ],
            options={
                "verbose_name": "dokumen izin",
                "verbose_name_plural": "dokumen izin",
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("file", models.FileField(max_length=200, upload_to="")),
                ("original_name", models.CharField(max_length=200)),
                ("content_type", models.CharField(max_length=40)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("uploaded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="permits.application",
                    ),
                ),
                (
                    "requirement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="standards.requirement",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "berkas",
                "verbose_name_plural": "berkas",
                "ordering": ("uploaded_at",),
            },
        ),
        migrations.CreateModel(
            name="DueDateChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("old_on", models.DateField(verbose_name="semula")),
                ("new_on", models.DateField(verbose_name="menjadi")),
                ("calendar_version", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="due_date_changes",
                        to="permits.application",
                    ),
                ),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="permits.applicationdeadline",
                    ),
                ),
            ],
            options={
                "verbose_name": "perubahan tanggal janji",
                "verbose_name_plural": "perubahan tanggal janji",
                "ordering": ("at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="HandOver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[("loket", "Diambil di loket"), ("unduh", "Diunduh pemohon")],
                        max_length=10,
                    ),
                ),
                ("receiver", models.CharField(max_length=150, verbose_name="nama penerima")),
                ("at", models.DateTimeField()),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hand_over",
                        to="permits.application",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "penyerahan",
                "verbose_name_plural": "penyerahan",
            },
        ),
        migrations.CreateModel(
            name="Initial",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("capacity", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="initials",
                        to="permits.certificatedraft",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "visit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="initial",
                        to="permits.applicationstep",
                    ),
                ),
            ],
            options={
                "verbose_name": "paraf",
                "verbose_name_plural": "paraf",
                "ordering": ("at",),
            },
        ),
        migrations.CreateModel(
            name="Inspection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("inspected_on", models.DateField(verbose_name="tanggal peninjauan")),
                ("place", models.CharField(max_length=200, verbose_name="tempat")),
                ("team", models.CharField(max_length=300, verbose_name="anggota tim")),
                ("findings", models.TextField(verbose_name="temuan")),
                (
                    "recommendation",
                    models.CharField(
                        choices=[
                            ("layak", "Memenuhi syarat"),
                            ("tidak_layak", "Tidak memenuhi syarat"),
                        ],
                        max_length=15,
                        verbose_name="rekomendasi",
                    ),
                ),
                ("written_at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="inspections",
                        to="permits.application",
                    ),
                ),
                (
                    "visit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="inspection",
                        to="permits.applicationstep",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "berita acara pemeriksaan",
                "verbose_name_plural": "berita acara pemeriksaan",
            },
        ),
        migrations.CreateModel(
            name="InspectionPhoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("file", models.FileField(max_length=200, upload_to="")),
                ("content_type", models.CharField(max_length=40)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "caption",
                    models.CharField(blank=True, max_length=150, verbose_name="keterangan"),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="photos",
                        to="permits.inspection",
                    ),
                ),
            ],
            options={
                "verbose_name": "foto peninjauan",
                "verbose_name_plural": "foto peninjauan",
            },
        ),
        migrations.CreateModel(
            name="NumberRegister",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registers",
                        to="accounts.office",
                    ),
                ),
            ],
            options={
                "verbose_name": "buku nomor",
                "verbose_name_plural": "buku nomor",
            },
        ),
        migrations.AddField(
            model_name="certificatenumber",
            name="register",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="numbers",
                to="permits.numberregister",
                verbose_name="buku nomor",
            ),
        ),
        migrations.CreateModel(
            name="Printout",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "job_status",
                    models.CharField(
                        choices=[
                            ("terutang", "Menunggu dikerjakan"),
                            ("selesai", "Selesai"),
                            ("gagal", "Gagal"),
                        ],
                        default="terutang",
                        max_length=10,
                        verbose_name="keadaan pekerjaan",
                    ),
                ),
                ("next_try_at", models.DateTimeField(verbose_name="dicoba lagi")),
                (
                    "lease_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="dipegang sampai"),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="percobaan")),
                (
                    "last_error",
                    models.CharField(blank=True, max_length=500, verbose_name="kesalahan terakhir"),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key", models.CharField(max_length=100, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("tanda_terima", "Tanda terima"),
                            ("konsep", "Konsep dokumen izin"),
                            ("surat", "Surat pemberitahuan"),
                        ],
                        max_length=15,
                    ),
                ),
                ("content", models.JSONField()),
                ("created_at", models.DateTimeField()),
                ("file", models.FileField(blank=True, max_length=200, upload_to="")),
                ("sha256", models.CharField(blank=True, max_length=64)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="printouts",
                        to="permits.application",
                    ),
                ),
            ],
            options={
                "verbose_name": "cetakan",
                "verbose_name_plural": "cetakan",
            },
        ),
        migrations.CreateModel(
            name="RequirementVerdict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("sesuai", "Sesuai"),
                            ("tidak_sesuai", "Tidak sesuai"),
                            ("tidak_ada", "Tidak ada"),
                        ],
                        max_length=15,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="alasan")),
                ("at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verdicts",
                        to="permits.application",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to="permits.document",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "requirement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to="standards.requirement",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verdicts",
                        to="permits.applicationstep",
                    ),
                ),
            ],
            options={
                "verbose_name": "hasil periksa berkas",
                "verbose_name_plural": "hasil periksa berkas",
                "ordering": ("at", "pk"),
            },
        ),
        migrations.AddConstraint(
            model_name="applicationstep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("finished_at", None)),
                fields=("application",),
                name="permits_one_open_step",
            ),
        ),
        migrations.AddConstraint(
            model_name="applicationstep",
            constraint=models.UniqueConstraint(
                fields=("application", "step", "visit"), name="permits_visit_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="applicationstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at", None), ("outcome", "")),
                    models.Q(
                        ("finished_at__isnull", False), models.Q(("outcome", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="permits_finished_has_outcome",
            ),
        ),
        migrations.AddIndex(
            model_name="applicationdeadline",
            index=models.Index(
                condition=models.Q(("met_at", None), ("next_mark_at__isnull", False)),
                fields=["next_mark_at"],
                name="permits_deadlines_marked",
            ),
        ),
        migrations.AddConstraint(
            model_name="applicationdeadline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("met_at", None)),
                fields=("application", "kind"),
                name="permits_one_running_deadline",
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                condition=models.Q(("status__in", ["diajukan", "diproses", "terbit"])),
                fields=["desk", "due_at", "submitted_at"],
                name="permits_worklist",
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["applicant", "-created_at"], name="permits_own_files"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                fields=["office", "status", "-submitted_at"], name="permits_office_status"
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "konsep"),
                    models.Q(("number__isnull", False), ("submitted_at__isnull", False)),
                    _connector="OR",
                ),
                name="permits_sent_has_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "konsep")),
                fields=("applicant", "service"),
                name="permits_one_draft_a_service",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificatedraft",
            constraint=models.UniqueConstraint(
                fields=("application", "revision"), name="permits_draft_revision"
            ),
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(
                condition=models.Q(("job_status", "terutang")),
                fields=["next_try_at"],
                name="permits_certificates_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at", None)),
                fields=("application", "requirement"),
                name="permits_one_current_document",
            ),
        ),
        migrations.AddConstraint(
            model_name="numberregister",
            constraint=models.UniqueConstraint(
                fields=("office", "kind", "year"), name="permits_register_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificatenumber",
            constraint=models.UniqueConstraint(
                fields=("register", "value"), name="permits_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificatenumber",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "batal"), _negated=True),
                fields=("application",),
                name="permits_one_number_a_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificatenumber",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "batal"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="permits_void_has_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="printout",
            index=models.Index(
                condition=models.Q(("job_status", "terutang")),
                fields=["next_try_at"],
                name="permits_printouts_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirementverdict",
            constraint=models.UniqueConstraint(
                fields=("visit", "requirement"), name="permits_verdict_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="requirementverdict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("result", "sesuai"), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="permits_refusal_has_reason",
            ),
        ),
    ]
