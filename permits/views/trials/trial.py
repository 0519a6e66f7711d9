"""The trial run of a draft standard: one page plays the applicant and every officer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from notices import kinds
from permits import selectors
from permits.content.trials import marked
from permits.models import Application, Printout, SamplePaper, Trial
from permits.presenters import wording
from permits.presenters.charges import account
from permits.selectors.trials import messages_about, signed_papers, trial_of
from permits.services import rehearsals, sample_papers, trials
from permits.views.trials import by_itself
from permits.views.trials import walk as acts
from permits.views.trials.walk import FormRefused, Stuck, Walk
from standards.models import StandardVersion
from workflow.domain.errors import DomainError
from workflow.refusals import sentence

_TEMPLATE = "permits/trials/trial.html"
_CONTROLS = ("csrfmiddlewaretoken", "once", "act", "seen_acts")
_BUTTONS: dict[str, LazyText] = {
    acts.FILL: gettext_lazy("Isi dengan contoh"),
    acts.SAVE: gettext_lazy("Simpan isian"),
    acts.SEND: gettext_lazy("Kirim permohonan"),
    acts.ACCEPT: gettext_lazy("Nyatakan semua berkas sesuai"),
    "lengkap": gettext_lazy("Nyatakan lengkap dan benar"),
    "kembalikan": gettext_lazy("Kembalikan untuk dilengkapi"),
    "tidak_sesuai": gettext_lazy("Nyatakan tidak sesuai"),
    "tolak": gettext_lazy("Usulkan penolakan"),
    "tolak_langsung": gettext_lazy("Tolak permohonan"),
    "putus_tolak": gettext_lazy("Setujui dan tanda tangani surat penolakan"),
    "bap": gettext_lazy("Simpan berita acara"),
    "teruskan": gettext_lazy("Selesai, teruskan berkas"),
    "bagian": gettext_lazy("Kirim bagian Anda"),
    "lewati": gettext_lazy("Lewati langkah ini"),
    "balik": gettext_lazy("Kembalikan ke langkah sebelumnya"),
    "konsep": gettext_lazy("Simpan konsep"),
    "naskah": gettext_lazy("Simpan konsep"),
    "paraf_dokumen": gettext_lazy("Bubuhkan paraf"),
    "ttd_dokumen": gettext_lazy("Tanda tangani dokumen"),
    "paraf_pertama": gettext_lazy("Teruskan untuk paraf"),
    "paraf": gettext_lazy("Bubuhkan paraf"),
    "tanda_tangan": gettext_lazy("Tanda tangani dokumen"),
    "nomor": gettext_lazy("Catat nomor dan terbitkan"),
    "serahkan": gettext_lazy("Catat penyerahan"),
    "tetapkan": gettext_lazy("Tetapkan tagihan"),
    "ralat": gettext_lazy("Ralat tagihan"),
    "bayar": gettext_lazy("Catat pembayaran"),
}
_PRINTED = {
    Printout.Kind.RECEIPT: SamplePaper.Template.RECEIPT,
    Printout.Kind.DRAFT: SamplePaper.Template.CERTIFICATE,
    Printout.Kind.REFUSAL: SamplePaper.Template.REFUSAL,
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One form of the desk with its button."""

    form: Any
    label: str


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, version: StandardVersion) -> HttpResponse:
    """Show where the trial stands; a POST is the next act, or a control of the trial itself."""
    now = timezone.now()
    actor: Any = request.user
    here = reverse("admin:permits_trial_page", args=[version.pk])
    trial = trial_of(version)
    if request.method != "POST":
        return _play(request, version, trial, now)
    act = request.POST.get("act", "")
    if act == by_itself.RUN:
        return _run(request, version, trials.begin(version, actor=actor, at=now), now)
    if act == "mulai":
        trials.begin(version, actor=actor, at=now)
    elif act == "hapus":
        trials.remove(version)
        messages.success(request, _("Uji coba dihapus. Tidak ada yang tersisa darinya."))
        return redirect("admin:standards_standardversion_change", version.pk)
    elif trial is None:
        messages.warning(request, sentence("trial_moved"))
    elif act == "ulang":
        trials.restart(trial, at=now)
    elif act == "mundur":
        _control(request, lambda: trials.undo(trial, _seen(request)))
    else:
        return _play(request, version, trial, now)
    return redirect(here)


def _play(
    request: HttpRequest, version: StandardVersion, trial: Trial | None, now: datetime
) -> HttpResponse:
    """Play the trial, try the act that was pressed, and show what then stands."""
    context = _context(version, trial)
    if trial is None:
        return render(request, _TEMPLATE, context)
    pressed = request.POST.get("act", "") if request.method == "POST" else ""
    data = acts.typed(request.POST, _CONTROLS) if pressed else {}
    try:
        with rehearsals.rehearsal(version, trial.started_at) as stage:
            walk = acts.play(stage, trial)
            refused = _try(walk, pressed, data, now) if pressed else None
            if not pressed or refused:
                shown = {**context, **_shown(walk, refused, data, now)}
                return render(request, _TEMPLATE, shown)  # inside: its rows are gone afterwards
    except (DomainError, Stuck) as error:
        return render(request, _TEMPLATE, {**context, **_why_not(error)})
    added = [trials.Act(pressed, data)]
    _control(request, lambda: trials.add(trial, _seen(request), added, at=now))
    return redirect("admin:permits_trial_page", version.pk)


def _run(
    request: HttpRequest, version: StandardVersion, trial: Trial, now: datetime
) -> HttpResponse:
    """Let the trial go on by itself; show where it stopped, else its end."""
    context, stopped = _context(version, trial), None
    try:
        with rehearsals.rehearsal(version, trial.started_at) as stage:
            walk = acts.play(stage, trial)
            done, halt = by_itself.run(walk, now)
            if halt is not None:
                shown = _shown(walk, halt.refused, dict(halt.data), now)
                stopped = render(request, _TEMPLATE, {**context, **shown, "halt": halt})
    except (DomainError, Stuck) as error:
        return render(request, _TEMPLATE, {**context, **_why_not(error)})
    added = _control(request, lambda: trials.add(trial, _seen(request), done, at=now))
    if stopped is not None and added:
        return stopped
    return redirect("admin:permits_trial_page", version.pk)


@require_safe
def papers(request: HttpRequest, version: StandardVersion) -> HttpResponse:
    """Every paper that the trial has made so far, as PDF."""
    trial = get_object_or_404(Trial, version=version)
    context = {**_context(version, trial), "tab": "trial_papers"}
    try:
        with rehearsals.rehearsal(version, trial.started_at) as stage:
            found = _contents(acts.play(stage, trial).application)
    except (DomainError, Stuck) as error:
        return render(request, _TEMPLATE, {**context, **_why_not(error)})
    now = timezone.now()
    rows = [sample_papers.ask_for(version, template, text, now) for template, text in found]
    return render(request, "permits/trials/papers.html", {**context, "papers": rows})


def _contents(application: Application) -> list[tuple[str, dict[str, Any]]]:
    """Return template and content of the papers, the signed one instead of its draft."""
    found = {
        str(_PRINTED[Printout.Kind(row.kind)]): row.content
        for row in application.printouts.order_by("created_at", "pk")
        if row.kind in _PRINTED
    }
    others = []
    for row in signed_papers(application):
        if row.paper_id is not None:
            others.append((str(SamplePaper.Template.FURTHER), row.content))
            continue
        kind = SamplePaper.Template.REFUSAL if row.is_refusal else SamplePaper.Template.CERTIFICATE
        found[str(kind)] = row.content
    return [(template, marked(content)) for template, content in [*found.items(), *others]]


def _try(walk: Walk, act: str, data: dict[str, Any], now: datetime) -> FormRefused | str | None:
    """Do the act; return ``None`` if it was done, else its form with errors or a sentence."""
    try:
        with transaction.atomic():
            walk.perform(act, data, now)
    except FormRefused as error:
        return error
    except DomainError as error:
        return sentence(error)
    return None


def _shown(
    walk: Walk, refused: FormRefused | str | None, data: dict[str, Any], now: datetime
) -> dict[str, Any]:
    """Return what the page shows of the application, and the forms of whoever is to act."""
    walk.reload()
    application = walk.application
    desk = None if walk.with_applicant else walk.page(now)
    bound = refused.form if isinstance(refused, FormRefused) else None
    shown: dict[str, Any] = {
        "application": application,
        "lines": application.steps.select_related("step__role").order_by("pk"),
        "told": [
            (kinds.get(row.template).name, row.recipient) for row in messages_about(application)
        ],
        "seen": len(walk.done),
        "done": [(done.who, _BUTTONS[done.act]) for done in walk.done],
        "ended": application.current_step is None and not walk.with_applicant,
        "account": account(application),
        "read_by_applicant": wording.for_applicant(application, now)[1],
        "advice": wording.advice(application, now),
        "refused": "" if bound is not None else refused or "",
        "bound": bound,
        "with_applicant": walk.with_applicant,
        "page": desk,
    }
    if walk.with_applicant:
        shown["forms"] = walk.applicant_forms(data if bound is not None else None)
        shown["checklist"] = selectors.checklist(application)
    elif desk is not None:
        offered = [
            bound if bound is not None and bound.name == form.name else form
            for form in walk.desk_forms(desk)
        ]
        shown["offers"] = [Offer(form, str(_BUTTONS[form.name])) for form in offered]
        shown["checklist"] = desk.requirements.checklist
    return shown


def _context(version: StandardVersion, trial: Trial | None) -> dict[str, Any]:
    return {
        "version": version,
        "service": version.service,
        "office": version.service.office,
        "desk": {},
        "trial": trial,
        "seen": len(trial.acts) if trial else 0,
        "tab": "trial",
    }


def _why_not(error: DomainError | Stuck) -> dict[str, Any]:
    """Return why the trial cannot be shown: the draft is not complete, or an act is refused."""
    if isinstance(error, Stuck):
        return {"stuck": error}
    if error.code == "standard_incomplete":
        return {"faults": error.facts["missing"]}
    return {"faults": [sentence(error)]}


def _control(request: HttpRequest, act: Callable[[], None]) -> bool:
    """Do ``act``; return whether it was done. If not, the next page says why."""
    try:
        act()
    except DomainError as error:
        messages.warning(request, sentence(error))
        return False
    return True


def _seen(request: HttpRequest) -> int:
    """Return how many acts the page had that was sent."""
    digits = request.POST.get("seen_acts", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else -1
