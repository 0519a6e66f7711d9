"""One price becomes a rule; a price of nothing is a free service."""

import django.db.models.deletion
from django.db import migrations, models

import standards.domain.conditions
import standards.models.conditions


def name_free(apps, schema_editor):
    """Rows of published standards change their shape only: their digest covers the same words."""
    apps.get_model("standards", "FeeRule").objects.filter(amount=0).update(kind="gratis")


class Migration(migrations.Migration):

    dependencies = [
        ("standards", "0006_conditional_steps"),
    ]

    operations = [
        migrations.RenameModel("Fee", "FeeRule"),
        migrations.AlterModelOptions(
            name="feerule",
            options={
                "ordering": ("version", "order"),
                "verbose_name": "aturan tarif",
                "verbose_name_plural": "aturan tarif",
            },
        ),
        migrations.AlterField(
            model_name="feerule",
            name="amount",
            field=models.PositiveBigIntegerField(default=0, verbose_name="jumlah atau tarif (rupiah)"),
        ),
        migrations.AddField(
            model_name="feerule",
            name="kind",
            field=models.CharField(
                choices=[
                    ("gratis", "Gratis"),
                    ("tetap", "Tetap"),
                    ("per_satuan", "Tarif dikalikan isian"),
                    ("tabel", "Menurut tabel tarif"),
                    ("ditetapkan", "Ditetapkan petugas pada langkah SOP"),
                ],
                default="tetap",
                max_length=15,
                verbose_name="jenis",
            ),
        ),
        migrations.AddField(
            model_name="feerule",
            name="units",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Kode isian berupa angka, dipisahkan koma, misalnya luas, lama_hari.",
                max_length=200,
                verbose_name="dikalikan isian",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="feerule",
            name="minimum",
            field=models.PositiveBigIntegerField(blank=True, null=True, verbose_name="paling sedikit (rupiah)"),
        ),
        migrations.AddField(
            model_name="feerule",
            name="maximum",
            field=models.PositiveBigIntegerField(blank=True, null=True, verbose_name="paling banyak (rupiah)"),
        ),
        migrations.AddField(
            model_name="feerule",
            name="when",
            field=standards.models.conditions.ConditionField(
                blank=True, default=standards.domain.conditions.Condition, verbose_name="berlaku bila"
            ),
        ),
        migrations.AddField(
            model_name="feerule",
            name="multiple",
            field=models.PositiveSmallIntegerField(
                blank=True,
                choices=[(100, "Rp 100"), (500, "Rp 500"), (1000, "Rp 1.000")],
                help_text="Kosong: ke rupiah penuh.",
                null=True,
                verbose_name="dibulatkan ke kelipatan",
            ),
        ),
        migrations.AddField(
            model_name="feerule",
            name="rounding",
            field=models.CharField(
                blank=True,
                choices=[("terdekat", "terdekat"), ("ke_atas", "ke atas"), ("ke_bawah", "ke bawah")],
                default="",
                help_text="Kosong: ke yang terdekat.",
                max_length=10,
                verbose_name="arah pembulatan",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="feerule",
            name="step",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Nomor tercetak langkah. Kosong: saat berkas dinyatakan lengkap dan benar.",
                max_length=10,
                verbose_name="ditetapkan pada langkah SOP nomor",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="feerule",
            name="ground",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Misalnya Perda 5/2023 tentang Pajak dan Retribusi Daerah, Lampiran III.",
                max_length=300,
                verbose_name="dasar hukum tarif",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(name_free, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="feerule",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "gratis"), _negated=True) | models.Q(("amount", 0)),
                name="standards_free_costs_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="feerule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("minimum__isnull", True),
                    ("maximum__isnull", True),
                    ("minimum__lte", models.F("maximum")),
                    _connector="OR",
                ),
                name="standards_fee_limits",
                violation_error_message="Jumlah paling sedikit melebihi paling banyak.",
            ),
        ),
        migrations.CreateModel(
            name="FeeRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=1, verbose_name="urutan")),
                ("amount", models.PositiveBigIntegerField(default=0, verbose_name="tarif (rupiah)")),
                (
                    "when",
                    standards.models.conditions.ConditionField(
                        blank=True, default=standards.domain.conditions.Condition, verbose_name="berlaku bila"
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="standards.feerule",
                        verbose_name="aturan tarif",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fee_rows",
                        to="standards.standardversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "baris tabel tarif",
                "verbose_name_plural": "baris tabel tarif",
                "ordering": ("version", "rule__order", "order", "pk"),
            },
        ),
    ]
