"""The registry of the kinds of SOP steps: one entry a kind.

A new kind needs its entry here, its form and its template. Policies and forms are in higher
layers, so an entry has names; ``tests/permits/test_step_kinds.py`` checks that they exist. What a
kind means for the order of the SOP (sending back, waiting for the applicant) is in
``standards.domain.steps``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from permits.domain.lifecycle import Status
from standards.domain.papers import PaperAct
from standards.domain.steps import StepKind


@dataclass(frozen=True, slots=True)
class Waiting:
    """The texts for an applicant who must act although the office has the application.

    ``sentence`` may name the issued ``document`` (``permits.presenters.wording``).
    """

    sentence: LazyText
    advice: LazyText


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskWork:
    """What an officer does at a step.

    ``task`` is its short name, ``sentence`` its text in a list (empty: the text of the status).
    ``policy`` is a function of ``permits.policies``, ``forms`` are classes of
    ``permits.forms.desk``, ``template`` shows them: with ``guidance`` above, and ``finish`` and
    ``skip`` on the buttons that pass the application on and leave the step out. ``carries`` are the
    forms that carry the application on, the first that is offered: a trial goes on by them.
    """

    task: LazyText
    sentence: LazyText | str = ""
    policy: str
    forms: tuple[str, ...]
    carries: tuple[str, ...]
    template: str
    guidance: LazyText | str = ""
    finish: LazyText = _("Selesai, teruskan berkas")
    skip: LazyText = _("Lewati: tidak diperlukan")


@dataclass(frozen=True, slots=True, kw_only=True)
class StepKindEntry:
    """One kind of step.

    ``stage`` is its name for applicants (empty: the text of the SOP), ``desk`` is ``None`` if no
    officer acts at it, ``waiting`` has the texts for the applicant by status, if they must act.
    """

    stage: LazyText | str = ""
    desk: DeskWork | None = None
    waiting: Mapping[Status, Waiting] = field(default_factory=dict)


# at any other step at which the service clock stands because the applicant has something to do
WAITS_FOR_APPLICANT: Final = Waiting(
    _("Diproses - kantor menunggu Anda"),
    _("Ya. Kantor menunggu Anda pada langkah yang sedang berjalan menurut SOP."),
)
_PAYMENT: Final = Waiting(
    _("Diproses - lunasi retribusi"),
    _(
        "Ya. Bayar retribusi menurut tagihan dari kantor. Setelah pembayaran dicatat, "
        "permohonan diproses lebih lanjut."
    ),
)

STEP_KINDS: Final[Mapping[StepKind, StepKindEntry]] = {
    StepKind.FILE: StepKindEntry(stage=_("Permohonan dikirim")),
    StepKind.CHECK: StepKindEntry(
        stage=_("Kelengkapan berkas diperiksa"),
        desk=DeskWork(
            task=_("Periksa kelengkapan"),
            sentence=_("Diproses - periksa kembali kelengkapan"),
            policy="may_check",
            forms=("CompleteForm", "ReturnForm"),
            carries=("CompleteForm",),
            template="permits/desk/acts/check.html",
        ),
    ),
    StepKind.WORK: StepKindEntry(
        desk=DeskWork(
            task=_("Kerjakan dan teruskan"),
            sentence=_("Diproses - kerjakan, lalu teruskan"),
            policy="may_pass",
            forms=("PassForm",),
            carries=("PassForm",),
            template="permits/desk/acts/pass.html",
        ),
    ),
    StepKind.INSPECT: StepKindEntry(
        stage=_("Tim teknis meninjau"),
        desk=DeskWork(
            task=_("Tinjau dan tulis berita acara"),
            sentence=_("Diproses - tinjau dan tulis berita acara"),
            policy="may_inspect",
            forms=("InspectionForm",),
            carries=("InspectionForm",),
            template="permits/desk/acts/inspect.html",
        ),
    ),
    StepKind.PAY: StepKindEntry(
        stage=_("Retribusi dibayar"),
        desk=DeskWork(
            task=_("Catat pembayaran"),
            sentence=_("Diproses - catat pembayaran"),
            policy="may_pay",
            forms=("PaymentForm",),
            carries=("PassForm", "PaymentForm"),  # passed on if nothing is to be paid
            template="permits/desk/acts/pay.html",
        ),
        waiting=dict.fromkeys((Status.SUBMITTED, Status.IN_PROCESS), _PAYMENT),
    ),
    StepKind.DRAFT: StepKindEntry(
        stage=_("Konsep dokumen disusun"),
        desk=DeskWork(
            task=_("Susun konsep"),
            sentence=_("Diproses - susun konsep dokumen"),
            policy="may_draft",
            forms=("DraftForm", "FinishDraftForm"),
            carries=("FinishDraftForm",),
            template="permits/desk/acts/draft.html",
        ),
    ),
    StepKind.INITIAL: StepKindEntry(
        stage=_("Konsep diperiksa dan diparaf"),
        desk=DeskWork(
            task=_("Paraf konsep"),
            sentence=_("Diproses - baca konsep, lalu paraf"),
            policy="may_initial",
            forms=("InitialForm",),
            carries=("InitialForm",),
            template="permits/desk/acts/initial.html",
        ),
    ),
    StepKind.SIGN: StepKindEntry(
        stage=_("Pimpinan menandatangani"),
        desk=DeskWork(
            task=_("Tanda tangani"),
            sentence=_("Diproses - baca konsep, lalu tanda tangani"),
            policy="may_sign",
            forms=("SignForm", "RefuseForm"),
            carries=("SignForm",),
            template="permits/desk/acts/sign.html",
        ),
    ),
    StepKind.NUMBER: StepKindEntry(
        stage=_("Dokumen diberi nomor dan diterbitkan"),
        desk=DeskWork(
            task=_("Catat nomor"),
            sentence=_("Ditandatangani - beri nomor dan terbitkan"),
            policy="may_number",
            forms=("NumberForm",),
            carries=("NumberForm",),
            template="permits/desk/acts/number.html",
        ),
    ),
    StepKind.SURVEY: StepKindEntry(
        stage=_("Kuesioner kepuasan diisi"),
        desk=DeskWork(
            task=_("Catat kuesioner"),
            sentence=_("Menunggu kuesioner dari pemohon"),
            policy="may_pass",
            forms=("PassForm",),
            carries=("PassForm",),
            template="permits/desk/acts/pass.html",
            guidance=_(
                "Langkah ini selesai sendiri begitu pemohon mengisi kuesioner lewat tautan atau "
                "tablet. Catat di sini hanya bila pemohon mengisi lembar kertas. Bila pemohon "
                "tidak mengisinya, lewati langkah ini dengan alasannya."
            ),
            finish=_("Catat kuesioner kertas sudah diisi"),
            skip=_("Lewati: kuesioner tidak diisi"),
        ),
        waiting={
            Status.IN_PROCESS: Waiting(
                _("Diproses - isi kuesioner kepuasan"),
                _(
                    "Ya. Isi kuesioner kepuasan di halaman ini, lewat tautan dalam pesan kami, "
                    "atau di loket kantor. Setelah terisi, permohonan diproses lebih lanjut."
                ),
            ),
            Status.ISSUED: Waiting(
                _("%(document)s terbit - isi kuesioner, lalu unduh"),
                _(
                    "Ya. Dokumen sudah terbit. Isi kuesioner kepuasan di halaman permohonan, lewat "
                    "tautan dalam pesan kami, atau di loket kantor; setelah terisi, dokumen dapat "
                    "diunduh."
                ),
            ),
        },
    ),
    StepKind.HAND_OVER: StepKindEntry(
        stage=_("Dokumen diserahkan kepada pemohon"),
        desk=DeskWork(
            task=_("Serahkan dokumen"),
            policy="may_hand_over",
            forms=("HandOverForm",),
            carries=("HandOverForm",),
            template="permits/desk/acts/hand_over.html",
        ),
    ),
}

# at the step of the signature, while a proposal to refuse waits for the decision
REFUSAL_WORK: Final = DeskWork(
    task=_("Putuskan usul penolakan"),
    sentence=_("Diusulkan ditolak - putuskan"),
    policy="may_decide_refusal",
    forms=("ConfirmRefusalForm",),
    carries=("ConfirmRefusalForm",),
    template="permits/desk/acts/refusal.html",
)

# at a step at which rows that run side by side meet, while one of them is not done
BESIDE_WORK: Final = DeskWork(
    task=_("Menunggu langkah yang bersamaan"),
    sentence=_("Diproses - menunggu langkah yang bersamaan"),
    policy="may_wait",
    forms=(),
    carries=(),
    template="permits/desk/acts/beside.html",
)

# at a step of ordinary work that writes, initials or signs a paper beside the permit
PAPER_WRITING: Final = DeskWork(
    task=_("Susun dokumen"),
    sentence=_("Diproses - susun dokumen, lalu teruskan"),
    policy="may_write_paper",
    forms=("PaperTextForm", "PassForm"),
    carries=("PassForm",),
    template="permits/desk/acts/paper_write.html",
)
PAPER_INITIALS: Final = DeskWork(
    task=_("Paraf dokumen"),
    sentence=_("Diproses - baca dokumen, lalu paraf"),
    policy="may_initial_paper",
    forms=("InitialPaperForm",),
    carries=("InitialPaperForm",),
    template="permits/desk/acts/paper_initial.html",
)
PAPER_SIGNING: Final = DeskWork(
    task=_("Tanda tangani dokumen"),
    sentence=_("Diproses - baca dokumen, lalu tanda tangani"),
    policy="may_sign_paper",
    forms=("SignPaperForm",),
    carries=("SignPaperForm",),
    template="permits/desk/acts/paper_sign.html",
)


# what a further performer is asked for, whatever the kind of the step
GIVE_PART: Final = _("Beri bagian Anda")

_PAPER_WORK: Final[Mapping[PaperAct, tuple[str, DeskWork]]] = {
    PaperAct.WRITE: ("tulis_dokumen", PAPER_WRITING),
    PaperAct.INITIAL: ("paraf_dokumen", PAPER_INITIALS),
    PaperAct.SIGN: ("ttd_dokumen", PAPER_SIGNING),
}

# the kinds of work by which a list is narrowed: those of the kinds of step, and the following
PAPER_TASKS: Final[Mapping[str, DeskWork]] = dict(_PAPER_WORK.values())
PART_TASK: Final = "beri_bagian"
TASKS: Final = (*StepKind, *PAPER_TASKS, PART_TASK)


def task_name(task: str) -> LazyText | str:
    """Return what an officer reads of a name of ``TASKS``; "" if nobody acts under it."""
    if task == PART_TASK:
        return GIVE_PART
    work = PAPER_TASKS[task] if task in PAPER_TASKS else desk_work(task)
    return work.task if work else ""


def task_of(act: PaperAct) -> str:
    """Return the name in ``TASKS`` of what a step does with a paper beside the permit."""
    return _PAPER_WORK[act][0]


def paper_work(act: PaperAct) -> DeskWork:
    """Return what an officer does at a step that does ``act`` with a paper beside the permit."""
    return _PAPER_WORK[act][1]


def desk_work(kind: str) -> DeskWork | None:
    """Return what an officer does at a step of ``kind``; ``None`` if nothing (also for "")."""
    return STEP_KINDS[StepKind(kind)].desk if kind else None
