"""Units of terms and levels of risk."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.domain.clock import Unit


class TermUnit(models.TextChoices):
    """Units in which a standard promises."""

    WORKDAY = Unit.WORKDAY, _("hari kerja")
    CALENDAR_DAY = Unit.CALENDAR_DAY, _("hari kalender")
    WORK_MINUTE = Unit.WORK_MINUTE, _("menit")


class Risk(models.TextChoices):
    """Risk levels of PP 28/2025 (and PP 5/2021 before it)."""

    NONE = "", _("Bukan perizinan berbasis risiko")
    LOW = "rendah", _("Rendah")
    MEDIUM_LOW = "menengah_rendah", _("Menengah rendah")
    MEDIUM_HIGH = "menengah_tinggi", _("Menengah tinggi")
    HIGH = "tinggi", _("Tinggi")


class Section(models.TextChoices):
    """Categories of KBLI 2020; ``standards.domain.kbli`` says which codes stand in each."""

    A = "A", _("Pertanian, kehutanan, dan perikanan")
    B = "B", _("Pertambangan dan penggalian")
    C = "C", _("Industri pengolahan")
    D = "D", _("Pengadaan listrik, gas, uap, dan udara dingin")
    E = "E", _("Pengelolaan air, limbah, dan sampah")
    F = "F", _("Konstruksi")
    G = "G", _("Perdagangan, reparasi mobil dan sepeda motor")
    H = "H", _("Pengangkutan dan pergudangan")
    I = "I", _("Akomodasi, makan dan minum")  # noqa: E741 - the letter of the law
    J = "J", _("Informasi dan komunikasi")
    K = "K", _("Keuangan dan asuransi")
    L = "L", _("Real estat")
    M = "M", _("Jasa profesional, ilmiah, dan teknis")
    N = "N", _("Penyewaan, ketenagakerjaan, agen perjalanan, penunjang usaha")
    O = "O", _("Administrasi pemerintahan, pertahanan, jaminan sosial")  # noqa: E741
    P = "P", _("Pendidikan")
    Q = "Q", _("Kesehatan dan kegiatan sosial")
    R = "R", _("Kesenian, hiburan, dan rekreasi")
    S = "S", _("Jasa lainnya")
    T = "T", _("Rumah tangga sebagai pemberi kerja")
    U = "U", _("Badan internasional")
