"""URLs of the complaint book and the monthly report."""

from django.urls import URLPattern, path

from complaints.views.desk import books, reports

_REPORT = "meja/pengaduan/laporan/<uuid:key>/"

urlpatterns: list[URLPattern] = [
    path("meja/pengaduan/buku/", books.book, name="book"),
    path("meja/pengaduan/buku/pdf/", books.book_pdf, name="book_pdf"),
    path("meja/pengaduan/buku/identitas/", books.book_identities, name="book_identities"),
    path("meja/pengaduan/cetakan/<uuid:key>/", books.paper, name="book_paper"),
    path("meja/pengaduan/laporan/", reports.report_list, name="reports"),
    path(_REPORT, reports.report, name="report"),
    path(f"{_REPORT}susun-ulang/", reports.compile_again, name="report_compile"),
    path(f"{_REPORT}ajukan/", reports.submit, name="report_submit"),
    path(f"{_REPORT}setujui/", reports.approve, name="report_approve"),
    path(f"{_REPORT}kembalikan/", reports.send_back, name="report_return"),
    path(f"{_REPORT}serahkan/", reports.hand_over, name="report_hand_over"),
    path(f"{_REPORT}pdf/", reports.report_pdf, name="report_pdf"),
]
