"""URLs of the boards: for the leaders of an office, and the promise board for everybody."""

from django.urls import path

from boards.views import evidence, lists, now, papers, period, promises

app_name = "boards"

urlpatterns = [
    path("meja/papan/", now.board, name="now"),
    path("meja/papan/masa-lalu/", period.board, name="period"),
    path("meja/papan/masa-lalu/berkas/", lists.files, name="files"),
    path("meja/papan/masa-lalu/pengaduan/", lists.complaints, name="complaints"),
    path("meja/papan/cetak/", papers.order_now, name="print_now"),
    path("meja/papan/masa-lalu/cetak/", papers.order_period, name="print_period"),
    path("meja/papan/cetakan/<uuid:key>/", papers.paper, name="paper"),
    path("meja/laporan/pekppp/", evidence.packs, name="evidence"),
    path("meja/laporan/pekppp/<uuid:key>.zip", evidence.archive, name="evidence_zip"),
    path("meja/laporan/pekppp/<uuid:key>/<slug:code>.pdf", evidence.pdf, name="evidence_pdf"),
    path("janji/", promises.home, name="promises_home"),
    path("janji/<slug:office>/", promises.office, name="promises"),
    path("janji/<slug:office>/data.json", promises.data_json, name="promises_json"),
]
