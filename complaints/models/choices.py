"""Choices of a complaint, with the labels that officers read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.domain import admissibility, ladder, lifecycle, rating
from standards.domain.components import Key


class Status(models.TextChoices):
    """Labels for officers; those for complainants are in ``presenters.complainant``."""

    UNDECIDED = lifecycle.Status.UNDECIDED, _("Ditimbang: pengaduan atau saran")
    RECEIVED = lifecycle.Status.RECEIVED, _("Diterima, periksa kelengkapan")
    INCOMPLETE = lifecycle.Status.INCOMPLETE, _("Menunggu pengadu melengkapi")
    STUDIED = lifecycle.Status.STUDIED, _("Ditelaah")
    DRAFTED = lifecycle.Status.DRAFTED, _("Konsep jawaban menunggu persetujuan")
    APPROVED = lifecycle.Status.APPROVED, _("Jawaban disetujui, siap dikirim")
    ANSWERED = lifecycle.Status.ANSWERED, _("Dijawab")
    SUGGESTION = lifecycle.Status.SUGGESTION, _("Saran, belum dijawab")
    THANKED = lifecycle.Status.THANKED, _("Saran, sudah dijawab")
    MERGED = lifecycle.Status.MERGED, _("Digabung")
    WITHDRAWN = lifecycle.Status.WITHDRAWN, pgettext_lazy("complaint", "Dicabut")


class Ground(models.TextChoices):
    """Labels of the grounds on which a report is not simply a complaint."""

    NO_IDENTITY = (
        admissibility.Ground.NO_IDENTITY,
        _("tidak disertai identitas pengadu"),
    )
    NO_MATTER = admissibility.Ground.NO_MATTER, _("tidak disertai objek atau materi pengaduan")
    TOO_LATE = admissibility.Ground.TOO_LATE, _("lewat batas waktu sejak pelayanan diterima")


class Category(models.TextChoices):
    """Where the cause lies."""

    INTERNAL = ladder.Category.INTERNAL, _("Internal kantor")
    OTHER_AGENCY = ladder.Category.OTHER_AGENCY, _("Melibatkan tim teknis/perangkat daerah lain")
    APIP = ladder.Category.APIP, _("Melibatkan APIP")


class Weight(models.TextChoices):
    """Labels of the weights."""

    LIGHT = ladder.Weight.LIGHT, _("Ringan")
    MEDIUM = ladder.Weight.MEDIUM, _("Sedang")
    HEAVY = ladder.Weight.HEAVY, _("Berat")


class Approver(models.TextChoices):
    """The levels of the ladders."""

    OFFICER = ladder.Approver.OFFICER, _("Petugas pengaduan")
    SECTION_HEAD = ladder.Approver.SECTION_HEAD, _("Kepala bidang")
    OFFICE_HEAD = ladder.Approver.OFFICE_HEAD, _("Kepala dinas")
    AGENCY = ladder.Approver.AGENCY, _("Tim teknis/perangkat daerah terkait")
    APIP = ladder.Approver.APIP, _("APIP")
    REGION = ladder.Approver.REGION, _("Wali kota/bupati melalui asisten atau sekretaris daerah")


class Problem(models.TextChoices):
    """Kinds of problems: the fourteen components of a service standard."""

    REQUIREMENTS = Key.REQUIREMENTS, _("Persyaratan")
    PROCEDURE = Key.PROCEDURE, _("Sistem, mekanisme, dan prosedur")
    TERM = Key.TERM, _("Jangka waktu penyelesaian")
    FEE = Key.FEE, _("Biaya/tarif")
    PRODUCT = Key.PRODUCT, _("Produk pelayanan")
    COMPLAINTS = Key.COMPLAINTS, _("Penanganan pengaduan, saran, dan masukan")
    LEGAL_BASIS = Key.LEGAL_BASIS, _("Dasar hukum")
    FACILITIES = Key.FACILITIES, _("Sarana, prasarana, dan/atau fasilitas")
    COMPETENCE = Key.COMPETENCE, _("Kompetensi pelaksana")
    SUPERVISION = Key.SUPERVISION, _("Pengawasan internal")
    STAFFING = Key.STAFFING, _("Jumlah pelaksana")
    GUARANTEE = Key.GUARANTEE, _("Jaminan pelayanan")
    SAFETY = Key.SAFETY, _("Jaminan keamanan dan keselamatan pelayanan")
    EVALUATION = Key.EVALUATION, _("Evaluasi kinerja pelaksana")


class Rating(models.IntegerChoices):
    """Labels of the ratings."""

    VERY_GOOD = rating.Rating.VERY_GOOD, _("Sangat puas")
    GOOD = rating.Rating.GOOD, _("Puas")
    POOR = rating.Rating.POOR, _("Kurang puas")
    BAD = rating.Rating.BAD, _("Tidak puas")
