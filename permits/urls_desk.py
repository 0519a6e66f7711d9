"""Addresses of the desk: for people who hold a position in the office."""

from django.urls import path

from permits.views import calendar, clock, desk, desk_acts

_FILE = "meja/<uuid:key>/"

urlpatterns = [
    path("meja/", desk.worklist, name="worklist"),
    path(_FILE, desk.file, name="file"),
    path(f"{_FILE}kartu/", desk.routing_card, name="routing_card"),
    path(f"{_FILE}hitungan/", desk.file_counting, name="file_counting"),
    path(f"{_FILE}jam/", clock.adjust_clock, name="adjust_clock"),
    path(f"{_FILE}konsep.pdf", desk.preview_pdf, name="preview_pdf"),
    path(f"{_FILE}surat.pdf", desk.letter_pdf, name="letter_pdf"),
    path(f"{_FILE}terima/", desk_acts.receive, name="receive"),
    path(f"{_FILE}periksa/<int:requirement>/", desk_acts.verdict, name="verdict"),
    path(f"{_FILE}lengkap/", desk_acts.complete, name="complete"),
    path(f"{_FILE}kembalikan/", desk_acts.return_file, name="return"),
    path(f"{_FILE}tolak/", desk_acts.reject, name="reject"),
    path(f"{_FILE}berita-acara/", desk_acts.inspect, name="inspect"),
    path(f"{_FILE}teruskan/", desk_acts.pass_on, name="pass_on"),
    path(f"{_FILE}lewati/", desk_acts.skip, name="skip"),
    path(f"{_FILE}balik/", desk_acts.send_back, name="send_back"),
    path(f"{_FILE}konsep/", desk_acts.save_draft, name="draft"),
    path(f"{_FILE}konsep/selesai/", desk_acts.finish_draft, name="finish_draft"),
    path(f"{_FILE}paraf/", desk_acts.initial, name="initial"),
    path(f"{_FILE}tanda-tangan/", desk_acts.sign, name="sign"),
    path(f"{_FILE}nomor/", desk_acts.number, name="number"),
    path(f"{_FILE}serahkan/", desk_acts.hand_over, name="hand_over"),
    path("register/", desk.register, name="register"),
    path("kalender/dampak/", calendar.calendar_effect, name="calendar_effect"),
]
