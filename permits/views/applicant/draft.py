"""Filling in a draft: data, questions, papers, and the look over everything before it is sent."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from documents import uploads
from permits import policies, selectors
from permits.domain.lifecycle import Status
from permits.forms.applicant import ApplicationForm, QuestionsForm, SendForm
from permits.models import Application
from permits.presenters import facts
from permits.selectors import Checklist
from permits.services import applications, documents, filling
from permits.views.applicant import requirements_page, review_page
from permits.views.applicant.access import SignedIn, get_own_application
from standards.domain.requirements import Need
from workflow.domain.errors import DomainError
from workflow.refusals import sentence

_PAGE = require_http_methods(["GET", "HEAD", "POST"])
SENT = (Status.SUBMITTED, Status.IN_PROCESS)
FILE, DECLARED = "berkas-", "nyata-"


def _locked(request: SignedIn, found: Application) -> HttpResponse | None:
    """Lead away from a page that can no longer change anything."""
    verdict = policies.may_edit(request.user, found)
    if verdict:
        return None
    messages.info(request, sentence(verdict.reason))
    return redirect(found)


def _quiet(request: SignedIn) -> bool:
    """Whether a script asks for a piece of the page."""
    return bool(request.headers.get("HX-Request"))


@login_required
@_PAGE
def form(request: SignedIn, key: UUID) -> HttpResponse:
    """Identity and the form of the service: what is right is kept, what is wrong is shown.

    ``?kosong`` (from the page before sending) names every empty field at its place.
    """
    found = get_own_application(request, key)
    if away := _locked(request, found):
        return away
    rows = found.version.form_fields.all()
    asked = ApplicationForm(found, rows, data=request.POST if request.method == "POST" else None)
    if request.method != "POST" and "kosong" in request.GET:
        asked = ApplicationForm.kept(found, rows)
    if request.method == "POST":
        asked.full_clean()
        try:
            filling.save_form(
                found,
                at=timezone.now(),
                identity=asked.identity(),
                form_data=asked.answers(),
            )
        except DomainError as error:
            messages.error(request, sentence(error))
            return redirect(found)
        if _quiet(request):
            context = {"form": asked, "at": timezone.now(), "office": found.office}
            return render(request, "permits/applicant/_saved.html", context)
        if not asked.errors:
            return _after_form(request, found, len(asked.missing))
    context = {"application": found, "office": found.office, "form": asked}
    return render(request, "permits/applicant/form.html", context)


def _after_form(request: SignedIn, found: Application, missing: int) -> HttpResponse:
    if missing:
        words = _("Tersimpan. Masih ada %(n)s isian kosong; Anda dapat melengkapinya nanti.")
        messages.info(request, words % {"n": missing})
    else:
        messages.success(request, _("Data tersimpan."))
    asks = bool(found.version.questions.all())
    return redirect("permits:questions" if asks else "permits:requirements", key=found.public_id)


@login_required
@_PAGE
def questions(request: SignedIn, key: UUID) -> HttpResponse:
    """The questions on which requirements depend; a yes may open further ones."""
    found = get_own_application(request, key)
    if away := _locked(request, found):
        return away
    shown = selectors.open_questions(found.version, found.answers)
    if not shown:
        return redirect("permits:requirements", key=found.public_id)
    asked = QuestionsForm(
        shown, found.answers, data=request.POST if request.method == "POST" else None
    )
    if request.method == "POST" and asked.is_valid():
        try:
            found = filling.save_answers(found, asked.answers(), at=timezone.now())
        except DomainError as error:
            messages.error(request, sentence(error))
            return redirect(found)
        return _after_questions(request, found, len(shown), len(asked.missing))
    context = {"application": found, "office": found.office, "form": asked}
    return render(request, "permits/applicant/questions.html", context)


def _after_questions(
    request: SignedIn, found: Application, shown: int, missing: int
) -> HttpResponse:
    now_open = len(selectors.open_questions(found.version, found.answers))
    if now_open > shown:
        messages.info(request, _("Tersimpan. Jawaban Anda membuka pertanyaan lanjutan."))
        return redirect("permits:questions", key=found.public_id)
    if missing:
        words = _("Tersimpan. Masih ada %(n)s pertanyaan yang belum dijawab.")
        messages.info(request, words % {"n": missing})
        return redirect(found)
    messages.success(request, _("Jawaban tersimpan."))
    return redirect("permits:requirements", key=found.public_id)


@login_required
@_PAGE
def requirements(request: SignedIn, key: UUID) -> HttpResponse:
    """Every requirement in printed order, in one form: whichever button is pressed, all is kept."""
    found = get_own_application(request, key)
    if away := _locked(request, found):
        return away
    if request.method == "POST":
        changed = _number(request.GET.get("butir", ""), "")
        errors = _keep(request, found, ticked=changed if _quiet(request) else None)
        if _quiet(request):
            return _pieces(request, get_own_application(request, key), changed, errors)
        if not errors:
            messages.success(request, _("Tersimpan."))
            return redirect(found)
        return _papers_page(request, get_own_application(request, key), errors)
    return _papers_page(request, found, {})


@login_required
@require_POST
def upload(request: SignedIn, key: UUID, requirement: int) -> HttpResponse:
    """Attach a file to one requirement; files chosen elsewhere on the page are kept as well."""
    found = get_own_application(request, key)
    if away := _locked(request, found):
        return away
    errors = _keep(request, found, needed=requirement)
    if _quiet(request):
        return _pieces(request, get_own_application(request, key), requirement, errors)
    if errors:
        return _papers_page(request, get_own_application(request, key), errors)
    messages.success(request, _("Berkas tersimpan."))
    url = reverse("permits:requirements", args=[found.public_id])
    return redirect(f"{url}#syarat-{requirement}")


def _keep(
    request: SignedIn, found: Application, *, needed: int | None = None, ticked: int | None = None
) -> dict[int, str]:
    """Keep the statements and every chosen file; return a sentence for each file that failed.

    ``needed`` is a requirement whose file must be there, ``ticked`` the one statement that saves
    itself.
    """
    errors: dict[int, str] = {}
    now = timezone.now()
    chosen: dict[int, UploadedFile | None] = {
        _number(name, FILE): request.FILES.get(name)
        for name in request.FILES
        if name.startswith(FILE)
    }
    if needed is not None:
        chosen.setdefault(needed, request.FILES.get("berkas"))
    for requirement, file in chosen.items():
        if file is None:
            errors[requirement] = _("Pilih berkas terlebih dahulu.")
            continue
        try:
            documents.attach(found, requirement, file, actor=request.user, at=now)
        except DomainError as error:
            errors[requirement] = sentence(error)
    if "pernyataan" in request.POST:
        declared = [_number(name, DECLARED) for name in request.POST if name.startswith(DECLARED)]
        try:
            filling.save_declarations(found, declared, at=now, only=ticked)
        except DomainError as error:
            messages.error(request, sentence(error))
    return errors


def _number(name: str, prefix: str) -> int:
    digits = name.removeprefix(prefix)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 18 else 0


def _papers(found: Application, checklist: Checklist, errors: dict[int, str]) -> dict[str, object]:
    known = {line.requirement.pk for line in checklist.lines()}
    return {
        "application": found,
        "office": found.office,
        "blocks": requirements_page.blocks(checklist, found.answers, errors),
        "tally": requirements_page.progress(checklist),
        "unanswered": bool(requirements_page.unanswered(found, checklist)),
        "form_complete": checklist.form_complete,
        "errors": [(pk, text) for pk, text in errors.items() if pk in known],
        "stray": [text for pk, text in errors.items() if pk not in known],
        "accept": uploads.ACCEPT,
    }


def _papers_page(request: SignedIn, found: Application, errors: dict[int, str]) -> HttpResponse:
    context = _papers(found, selectors.checklist(found), errors)
    return render(request, "permits/applicant/requirements.html", context)


def _pieces(
    request: SignedIn, found: Application, requirement: int, errors: dict[int, str]
) -> HttpResponse:
    """Return what changed on the page of papers: one requirement, and how much is there."""
    checklist = selectors.checklist(found)
    context = _papers(found, checklist, errors)
    context["saved"] = requirement
    context["item"] = requirements_page.item(checklist, requirement, found.answers, errors)
    return render(request, "permits/applicant/_requirement_saved.html", context)


@login_required
@_PAGE
def review(request: SignedIn, key: UUID) -> HttpResponse:
    """Is this what I mean? Everything on one page, the statement of truth, and the send button."""
    found = get_own_application(request, key)
    if request.method == "POST" and found.status in SENT:  # pressed twice: it is sent once
        return redirect("permits:receipt", key=key)
    if away := _locked(request, found):
        return away
    asked = SendForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and asked.is_valid():
        answer = _send(request, found, asked)
        if answer is not None:
            return answer
        found = get_own_application(request, key)
    return render(request, "permits/applicant/review.html", _everything(found, asked))


def _send(request: SignedIn, found: Application, asked: SendForm) -> HttpResponse | None:
    """Send the file; ``None`` when something stands against it and the page must be shown again."""
    first = found.status == Status.DRAFT
    send = applications.submit_application if first else applications.resubmit_application
    try:
        send(
            found,
            actor=request.user,
            at=timezone.now(),
            declared_true=asked.cleaned_data["declared_true"],
        )
    except DomainError as error:
        if error.code == "standard_changed":
            return _follow_standard(request, found)
        asked.add_error(
            "declared_true" if error.code == "not_declared_true" else None, sentence(error)
        )
        return None
    if first:
        return redirect("permits:receipt", key=found.public_id)
    messages.success(request, _("Terkirim kembali. Kantor memeriksa perbaikan Anda."))
    return redirect(found)


def _follow_standard(request: SignedIn, found: Application) -> HttpResponse:
    """Carry the draft over to the standard that is in force now, and say so."""
    now = timezone.now()
    try:
        version = filling.version_in_force(found.service, now)
        filling.move_to_version(found, version, at=now)
    except DomainError as error:
        messages.error(request, sentence(error))
    else:
        messages.warning(request, sentence("standard_changed"))
    return redirect(found)


def _everything(found: Application, asked: SendForm) -> dict[str, object]:
    checklist = selectors.checklist(found)
    form_url = reverse("permits:form", args=[found.public_id])
    questions_url = reverse("permits:questions", args=[found.public_id])
    lines = [line for line in checklist.lines() if line.applies]
    return {
        "application": found,
        "office": found.office,
        "form": asked,
        "identity": facts.identity_facts(found, form_url),
        "answers": facts.form_facts(found, form_url),
        "questions": facts.answer_facts(found, checklist.questions, questions_url),
        "papers": [line for line in lines if line.need is Need.UPLOAD],
        "statements": [line for line in lines if line.need is Need.DECLARE and line.declared],
        "missing": review_page.missing(found, checklist),
        "returned": found.status != Status.DRAFT,
    }
