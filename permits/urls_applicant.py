"""URLs for applicants (documents and photos also for officers)."""

from django.urls import path

from permits.views import files
from permits.views.applicant import draft, pages, submissions

_FILE = "permohonan/<uuid:key>/"

urlpatterns = [
    path("ajukan/<slug:office>/<slug:slug>/", pages.start, name="start"),
    path("permohonan/", pages.my_applications, name="my_applications"),
    path(_FILE, pages.application, name="application"),
    path(f"{_FILE}data/", draft.form, name="form"),
    path(f"{_FILE}pertanyaan/", draft.questions, name="questions"),
    path(f"{_FILE}berkas/", draft.requirements, name="requirements"),
    path(f"{_FILE}berkas/<int:requirement>/", draft.upload, name="upload"),
    path(f"{_FILE}berkas/<uuid:document>/hapus/", draft.remove, name="remove_document"),
    path(f"{_FILE}hapus/", draft.delete_draft, name="delete_draft"),
    path(f"{_FILE}periksa/", draft.review, name="review"),
    path(f"{_FILE}tanda-terima/", pages.receipt, name="receipt"),
    path(f"{_FILE}tanda-terima.pdf", files.receipt_pdf, name="receipt_pdf"),
    path(f"{_FILE}kiriman/", submissions.submissions, name="submissions"),
    path(f"{_FILE}kiriman/<int:nth>.pdf", submissions.submission_pdf, name="submission_pdf"),
    path(f"{_FILE}hitungan/", pages.deadline, name="deadline"),
    path(f"{_FILE}tarik/", pages.withdraw, name="withdraw"),
    path(f"{_FILE}lagi/", pages.start_again, name="start_again"),
    path(f"{_FILE}ambil/", pages.collect, name="collect"),
    path(f"{_FILE}izin.pdf", files.certificate_pdf, name="certificate_pdf"),
    path(f"{_FILE}izin/<int:paper>.pdf", files.paper_pdf, name="paper_pdf"),
    path("berkas/<uuid:key>/", files.document, name="document"),
    path("foto/<uuid:key>/", files.photo, name="photo"),
    path("bukti-bayar/<uuid:key>/", files.payment_proof, name="payment_proof"),
]
