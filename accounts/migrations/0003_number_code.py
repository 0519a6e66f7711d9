from itertools import product

import django.core.validators
from django.db import migrations, models

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def short_code(code, taken):
    """Return the first letters of ``code``, as many as tell it from those of other offices."""
    letters = "".join(sign for sign in code.upper() if sign in LETTERS)
    candidates = [letters[:length] for length in range(3, 7) if len(letters) >= length]
    candidates += ["".join(three) for three in product(LETTERS, repeat=3)]
    return next(each for each in candidates if each not in taken and each != "PGD")


def fill(apps, schema_editor):
    """Give every office a short code; numbers that were given out keep the long one."""
    offices = apps.get_model("accounts", "Office").objects.order_by("pk")
    taken = set()
    for office in offices.only("code"):
        taken.add(found := short_code(office.code, taken))
        offices.filter(pk=office.pk).update(number_code=found)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_phone_numbers")]
    operations = [
        migrations.AddField("office", "number_code", models.CharField(max_length=6, default="")),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="office",
            name="number_code",
            field=models.CharField(
                help_text=(
                    "Dua sampai enam huruf yang mudah diucapkan lewat telepon, misalnya PKU. "
                    "Berdiri di depan setiap nomor permohonan dan pengaduan; tidak dapat diganti "
                    "sesudah disimpan."
                ),
                max_length=6,
                unique=True,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[A-Z]{2,6}$", "Dua sampai enam huruf besar."
                    )
                ],
                verbose_name="kode nomor",
            ),
        ),
    ]
