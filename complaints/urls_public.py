"""Public URLs: information, the complaint form, tracking by number and secret."""

from django.urls import path

from complaints.views.public import home, sending, tracking

urlpatterns = [
    path("pengaduan/", home.home, name="home"),
    path("pengaduan/lacak/", tracking.track, name="track"),
    path("pengaduan/saya/", tracking.mine, name="mine"),
    path("pengaduan/saya/surat/", tracking.letter, name="my_letter"),
    path("pengaduan/<slug:office>/kirim/", sending.send, name="send"),
    path("pengaduan/<slug:office>/serupa/", sending.alike, name="alike"),
    path("pengaduan/<slug:office>/", home.office, name="office"),
]
