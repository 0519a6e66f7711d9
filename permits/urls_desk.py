"""URLs of the desk: for officers, who hold a position in the office."""

from django.urls import path

from permits.views.desk import actions, calendar, clock, pages

_FILE = "meja/<uuid:key>/"

urlpatterns = [
    path("meja/", pages.worklist, name="worklist"),
    path(_FILE, pages.application, name="desk_application"),
    path(f"{_FILE}kartu/", pages.routing_card, name="routing_card"),
    path(f"{_FILE}hitungan/", pages.deadline, name="desk_deadline"),
    path(f"{_FILE}jam/", clock.adjust_clock, name="adjust_clock"),
    path(f"{_FILE}konsep.pdf", pages.preview_pdf, name="preview_pdf"),
    path(f"{_FILE}surat.pdf", pages.letter_pdf, name="letter_pdf"),
    path(f"{_FILE}terima/", actions.receive, name="receive"),
    path(f"{_FILE}periksa/<int:requirement>/", actions.verdict, name="verdict"),
    path(f"{_FILE}lengkap/", actions.complete, name="complete"),
    path(f"{_FILE}kembalikan/", actions.return_file, name="return"),
    path(f"{_FILE}tolak/", actions.reject, name="reject"),
    path(f"{_FILE}berita-acara/", actions.inspect, name="inspect"),
    path(f"{_FILE}teruskan/", actions.pass_on, name="pass_on"),
    path(f"{_FILE}lewati/", actions.skip, name="skip"),
    path(f"{_FILE}balik/", actions.send_back, name="send_back"),
    path(f"{_FILE}konsep/", actions.save_draft, name="draft"),
    path(f"{_FILE}konsep/selesai/", actions.finish_draft, name="finish_draft"),
    path(f"{_FILE}paraf/", actions.initial, name="initial"),
    path(f"{_FILE}tanda-tangan/", actions.sign, name="sign"),
    path(f"{_FILE}nomor/", actions.number, name="number"),
    path(f"{_FILE}serahkan/", actions.hand_over, name="hand_over"),
    path("register/", pages.register, name="register"),
    path("kalender/dampak/", calendar.calendar_effect, name="calendar_effect"),
]
