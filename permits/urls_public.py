"""Public URLs: tracking and verification."""

from django.urls import path

from permits.views.public import needs, register, tracking, verification

urlpatterns = [
    path("lacak/", tracking.track, name="track"),
    path("lacak/<str:code>/", tracking.tracked, name="tracked"),
    path("layanan/<slug:office>/<slug:slug>/perlu/", needs.needs, name="needs"),
    path("periksa-dokumen/", verification.verify, name="verify"),
    path("izin-terbit/", register.register, name="public_register"),
    path("data/izin.json", register.register_json, name="public_register_json"),
    path("data/izin.csv", register.register_csv, name="public_register_csv"),
    path("v/<str:token>/", verification.verified, name="verified"),
]
