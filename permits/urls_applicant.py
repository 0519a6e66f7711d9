"""Addresses for applicants (documents and photos also for officers)."""

from django.urls import path

from permits.views import applicant, files, filling

_FILE = "permohonan/<uuid:key>/"

urlpatterns = [
    path("ajukan/<slug:office>/<slug:slug>/", applicant.start, name="start"),
    path("permohonan/", applicant.my_applications, name="my_applications"),
    path(_FILE, applicant.application, name="application"),
    path(f"{_FILE}data/", filling.form, name="form"),
    path(f"{_FILE}pertanyaan/", filling.questions, name="questions"),
    path(f"{_FILE}berkas/", filling.requirements, name="requirements"),
    path(f"{_FILE}berkas/<int:requirement>/", filling.upload, name="upload"),
    path(f"{_FILE}periksa/", filling.review, name="review"),
    path(f"{_FILE}tanda-terima/", applicant.receipt, name="receipt"),
    path(f"{_FILE}tanda-terima.pdf", files.receipt_pdf, name="receipt_pdf"),
    path(f"{_FILE}hitungan/", applicant.counting_days, name="counting"),
    path(f"{_FILE}tarik/", applicant.withdraw, name="withdraw"),
    path(f"{_FILE}kuesioner/", applicant.survey, name="survey"),
    path(f"{_FILE}ambil/", applicant.collect, name="collect"),
    path(f"{_FILE}izin.pdf", files.certificate_pdf, name="certificate_pdf"),
    path("berkas/<uuid:key>/", files.document, name="document"),
    path("foto/<uuid:key>/", files.photo, name="photo"),
]
