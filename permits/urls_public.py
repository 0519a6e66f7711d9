"""Public URLs: tracking and verification."""

from django.urls import path

from permits.views.public import tracking, verification

urlpatterns = [
    path("lacak/", tracking.track, name="track"),
    path("lacak/<str:code>/", tracking.tracked, name="tracked"),
    path("periksa-dokumen/", verification.verify, name="verify"),
    path("v/<str:token>/", verification.verified, name="verified"),
]
