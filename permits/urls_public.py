"""Addresses for anybody: tracking and verification."""

from django.urls import path

from permits.views import public, verification

urlpatterns = [
    path("lacak/", public.track, name="track"),
    path("lacak/<str:code>/", public.tracked, name="tracked"),
    path("periksa-dokumen/", verification.verify, name="verify"),
    path("v/<str:token>/", verification.verified, name="verified"),
]
