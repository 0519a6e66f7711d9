"""Addresses of the complaint desk."""

from django.urls import path

from complaints.views import desk

_COMPLAINT = "meja/pengaduan/<uuid:key>/"

urlpatterns = [
    path("meja/pengaduan/", desk.worklist, name="list"),
    path(_COMPLAINT, desk.complaint, name="complaint"),
]
