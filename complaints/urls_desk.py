"""Addresses of the complaint desk."""

from django.urls import path

from complaints.views import desk, entry

_COMPLAINT = "meja/pengaduan/<uuid:key>/"

urlpatterns = [
    path("meja/pengaduan/", desk.worklist, name="list"),
    path("meja/pengaduan/catat/", entry.enter, name="enter"),
    path("meja/pengaduan/catat/serupa/", entry.enter_alike, name="enter_alike"),
    path(_COMPLAINT, desk.complaint, name="complaint"),
]
