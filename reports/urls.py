"""URLs of reports: the desk, and the published ones for everybody."""

from django.urls import path

from reports import views

app_name = "reports"
_REPORT = "meja/laporan/<uuid:key>/"

urlpatterns = [
    path("meja/laporan/", views.report_list, name="list"),
    path(_REPORT, views.report, name="report"),
    path(f"{_REPORT}kalimat/", views.words, name="words"),
    path(f"{_REPORT}susun-ulang/", views.compile_again, name="compile_again"),
    path(f"{_REPORT}ajukan/", views.submit, name="submit"),
    path(f"{_REPORT}setujui/", views.approve, name="approve"),
    path(f"{_REPORT}kembalikan/", views.send_back, name="send_back"),
    path(f"{_REPORT}tandatangani/", views.sign, name="sign"),
    path(f"{_REPORT}terbitkan/", views.publish, name="publish"),
    path(f"{_REPORT}pdf/", views.paper, name="pdf"),
    path(f"{_REPORT}docx/", views.docx, name="docx"),
    path(f"{_REPORT}xlsx/", views.xlsx, name="xlsx"),
    path("laporan/<slug:office>/", views.published_list, name="office"),
    path("laporan/<uuid:key>.pdf", views.published, name="published"),
]
