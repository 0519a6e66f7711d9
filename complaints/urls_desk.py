"""Addresses of the complaint desk."""

from django.urls import path

from complaints.views import desk

_COMPLAINT = "meja/pengaduan/<uuid:key>/"

urlpatterns = [
    path(_COMPLAINT, desk.complaint, name="complaint"),
]
