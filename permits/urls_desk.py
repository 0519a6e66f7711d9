"""URLs of the desk: for officers, who hold a position in the office."""

from django.urls import path

from permits.views.desk import (
    actions,
    calendar,
    charge_actions,
    clock,
    further_paper_actions,
    pages,
    paper_actions,
    papers,
    parts,
    replay,
    reveal,
    step_files,
)

_APPLICATION = "meja/<uuid:key>/"
_PAPER = f"{_APPLICATION}izin/"

urlpatterns = [
    path("meja/", pages.worklist, name="worklist"),
    path(_APPLICATION, pages.application, name="desk_application"),
    path(f"{_APPLICATION}riwayat/", pages.history, name="history"),
    path(f"{_APPLICATION}kartu/", pages.routing_card, name="routing_card"),
    path(f"{_APPLICATION}hitungan/", pages.deadline, name="desk_deadline"),
    path(f"{_APPLICATION}jam/", clock.adjust_clock, name="adjust_clock"),
    path(f"{_APPLICATION}konsep.pdf", pages.preview_pdf, name="preview_pdf"),
    path(f"{_APPLICATION}surat.pdf", pages.letter_pdf, name="letter_pdf"),
    path(f"{_APPLICATION}alasan-membuka/", reveal.opening_reason, name="opening_reason"),
    path(f"{_APPLICATION}nomor-identitas/", reveal.show_number, name="show_number"),
    path(f"{_APPLICATION}terima/", actions.receive, name="receive"),
    path(f"{_APPLICATION}periksa/<int:requirement>/", actions.verdict, name="verdict"),
    path(f"{_APPLICATION}isian/", actions.answer_verdict, name="answer_verdict"),
    path(f"{_APPLICATION}lengkap/", actions.complete, name="complete"),
    path(f"{_APPLICATION}kembalikan/", actions.return_application, name="return"),
    path(f"{_APPLICATION}tolak/usul/", actions.propose_refusal, name="propose_refusal"),
    path(f"{_APPLICATION}tolak/setuju/", actions.confirm_refusal, name="confirm_refusal"),
    path(f"{_APPLICATION}tolak/", actions.refuse_application, name="refuse"),
    path(f"{_APPLICATION}berita-acara/", actions.inspect, name="inspect"),
    path(f"{_APPLICATION}tagihan/", charge_actions.set_charges, name="set_charges"),
    path(f"{_APPLICATION}tagihan/ralat/", charge_actions.correct_charge, name="correct_charge"),
    path(f"{_APPLICATION}bayar/", charge_actions.pay, name="pay"),
    path(f"{_APPLICATION}teruskan/", step_files.pass_on, name="pass_on"),
    path(f"{_APPLICATION}bagian/", parts.give_part, name="give_part"),
    path(f"{_APPLICATION}bagian/dilewati/", parts.pass_over, name="pass_over"),
    path("meja/berkas-bagian/<uuid:key>/", parts.part_file, name="part_file"),
    path(f"{_APPLICATION}surat/<uuid:paper>/", step_files.step_file, name="step_file"),
    path(f"{_APPLICATION}lewati/", actions.skip, name="skip"),
    path(f"{_APPLICATION}balik/", actions.send_back, name="send_back"),
    path(f"{_APPLICATION}konsep/", actions.save_draft, name="draft"),
    path(f"{_APPLICATION}konsep/selesai/", actions.finish_draft, name="finish_draft"),
    path(f"{_APPLICATION}paraf/", actions.initial, name="initial"),
    path(f"{_APPLICATION}tanda-tangan/", actions.sign, name="sign"),
    path(f"{_APPLICATION}dokumen/", further_paper_actions.write_paper, name="write_paper"),
    path(
        f"{_APPLICATION}dokumen/paraf/", further_paper_actions.initial_paper, name="initial_paper"
    ),
    path(
        f"{_APPLICATION}dokumen/tanda-tangan/", further_paper_actions.sign_paper, name="sign_paper"
    ),
    path(f"{_APPLICATION}nomor/", actions.number, name="number"),
    path(f"{_APPLICATION}serahkan/", actions.hand_over, name="hand_over"),
    path("meja/izin/", papers.orders, name="orders"),
    path(_PAPER, papers.paper, name="paper"),
    path(f"{_PAPER}cabut/", paper_actions.propose_ending, name="propose_ending"),
    path(f"{_PAPER}ganti/", paper_actions.propose_replacement, name="propose_replacement"),
    path(f"{_PAPER}putus/", paper_actions.confirm_order, name="confirm_order"),
    path(f"{_PAPER}tutup/", paper_actions.close_order, name="close_order"),
    path("register/", pages.register, name="register"),
    path("pembukaan-data/", pages.openings, name="openings"),
    path("kalender/dampak/", calendar.calendar_effect, name="calendar_effect"),
    path("standar/<int:service>/coba-jangka-waktu/", replay.replay_page, name="replay"),
]
