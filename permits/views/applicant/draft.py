"""Pages to fill in a draft: data, questions, documents, and the review before sending."""

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
from permits.forms.applicant import ApplicationForm, DraftForm, QuestionsForm, SendForm
from permits.models import Application
from permits.presenters import charges, facts
from permits.presenters.previous import previous_permit
from permits.selectors import AskedFacts, Checklist
from permits.services import applications, documents, filling, moving
from permits.views.applicant import requirements_page, review_page
from permits.views.applicant.access import SignedIn, get_own_application
from standards.domain.requirements import Need
from workflow.domain.errors import DomainError
from workflow.http import refuse
from workflow.once import say_not_done
from workflow.refusals import sentence
from workflow.throttling import hashed_address

_PAGE = require_http_methods(["GET", "HEAD", "POST"])
SENT = (Status.SUBMITTED, Status.IN_PROCESS)
FILE, MORE, DECLARED = "berkas-", "tambah-", "nyata-"


def _redirect_if_locked(request: SignedIn, application: Application) -> HttpResponse | None:
    """Redirect if the application can no longer be edited; else return ``None``."""
    verdict = policies.may_edit(request.user, application)
    if verdict:
        return None
    messages.info(request, sentence(verdict.reason))
    return redirect(application)


def _is_htmx(request: SignedIn) -> bool:
    """Whether htmx requests a part of the page."""
    return bool(request.headers.get("HX-Request"))


@login_required
@_PAGE
def form(request: SignedIn, key: UUID) -> HttpResponse:
    """Identity and the form of the service: valid fields are saved, errors are shown.

    ``?kosong`` (from the review page) shows an error at every empty field.
    """
    application = get_own_application(request, key)
    if response := _redirect_if_locked(request, application):
        return response
    asked = selectors.asked_facts(application)
    data = request.POST if request.method == "POST" else None
    page_form = ApplicationForm(application, asked, data=data)
    if request.method != "POST" and (page_form.refused or "kosong" in request.GET):
        page_form = ApplicationForm.from_draft(application, asked)
        if "kosong" in request.GET:
            page_form.point_out()
    if request.method == "POST":
        page_form.full_clean()
        try:
            filling.save_form(
                application,
                at=timezone.now(),
                identity=page_form.identity(),
                answers=page_form.answers(),
            )
        except DomainError as error:
            say_not_done(request, error)
            return redirect(application)
        if _is_htmx(request):
            context = {"form": page_form, "at": timezone.now(), "office": application.office}
            return render(request, "permits/applicant/_saved.html", context)
        if not page_form.errors:
            return _after_form(request, get_own_application(request, key))
    return render(request, "permits/applicant/form.html", _page_context(application, page_form))


def _page_context(application: Application, page_form: DraftForm) -> dict[str, object]:
    return {
        "application": application,
        "office": application.office,
        "form": page_form,
        "has_questions": _has_questions(application),
    }


def _has_questions(application: Application) -> bool:
    """Whether the standard has a page of deciding questions."""
    return selectors.has_questions(application.version)


def _after_form(request: SignedIn, application: Application) -> HttpResponse:
    missing = len(selectors.form_missing(application))
    if missing:
        message = _("Tersimpan. Masih ada %(n)s isian kosong; Anda dapat melengkapinya nanti.")
        messages.info(request, message % {"n": missing})
    else:
        messages.success(request, _("Data tersimpan."))
    target = "permits:questions" if _has_questions(application) else "permits:requirements"
    return redirect(target, key=application.public_id)


@login_required
@_PAGE
def questions(request: SignedIn, key: UUID) -> HttpResponse:
    """The questions on which requirements depend; a yes may add further ones."""
    application = get_own_application(request, key)
    if response := _redirect_if_locked(request, application):
        return response
    asked = selectors.asked_facts(application)
    if not asked.questions:
        return redirect("permits:requirements", key=application.public_id)
    data = request.POST if request.method == "POST" else None
    page_form = QuestionsForm(application, asked, data=data)
    if page_form.refused and data is None:
        page_form = QuestionsForm(application, asked, data=page_form.initial)
    today = application.office.local_date(timezone.now())
    if request.method == "POST" and page_form.is_valid() and page_form.is_sound(today):
        try:
            application = filling.save_form(
                application, at=timezone.now(), answers=page_form.answers()
            )
        except DomainError as error:
            say_not_done(request, error)
            return redirect(application)
        return _after_questions(request, application, asked)
    return render(
        request, "permits/applicant/questions.html", _page_context(application, page_form)
    )


def _after_questions(
    request: SignedIn, application: Application, shown: AskedFacts
) -> HttpResponse:
    now = selectors.asked_facts(application)
    missing = len(now.unanswered)
    if {row.key for row in now.questions} - {row.key for row in shown.questions}:
        messages.info(request, _("Tersimpan. Jawaban Anda membuka pertanyaan lanjutan."))
        return redirect("permits:questions", key=application.public_id)
    if missing:
        message = _("Tersimpan. Masih ada %(n)s pertanyaan yang belum dijawab.")
        messages.info(request, message % {"n": missing})
        return redirect(application)
    messages.success(request, _("Jawaban tersimpan."))
    return redirect("permits:requirements", key=application.public_id)


@login_required
@_PAGE
def requirements(request: SignedIn, key: UUID) -> HttpResponse:
    """All requirements in printed order, in one form: every button saves all of it."""
    application = get_own_application(request, key)
    if response := _redirect_if_locked(request, application):
        return response
    if request.method == "POST":
        changed = _number(request.GET.get("butir", ""), "")
        ticked = changed if _is_htmx(request) else None
        errors = _save_requirements(request, application, ticked=ticked)
        if _is_htmx(request):
            return _saved_requirement(request, get_own_application(request, key), changed, errors)
        if not errors:
            messages.success(request, _("Tersimpan."))
            return redirect(application)
        return _requirements_page(request, get_own_application(request, key), errors)
    return _requirements_page(request, application, {})


@login_required
@require_POST
def upload(request: SignedIn, key: UUID, requirement: int) -> HttpResponse:
    """Attach a file to one requirement; files chosen elsewhere on the page are saved as well."""
    application = get_own_application(request, key)
    if response := _redirect_if_locked(request, application):
        return response
    errors = _save_requirements(request, application, needed=requirement)
    if _is_htmx(request):
        return _saved_requirement(request, get_own_application(request, key), requirement, errors)
    if errors:
        return _requirements_page(request, get_own_application(request, key), errors)
    messages.success(request, _("Berkas tersimpan."))
    url = reverse("permits:requirements", args=[application.public_id])
    return redirect(f"{url}#syarat-{requirement}")


@login_required
@require_POST
def remove(request: SignedIn, key: UUID, document: UUID) -> HttpResponse:
    """Remove a mistaken upload; what else was chosen on the page is saved as well."""
    application = get_own_application(request, key)
    if response := _redirect_if_locked(request, application):
        return response
    errors = _save_requirements(request, application)
    try:
        documents.remove(application, document, at=timezone.now())
    except DomainError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("Berkas dihapus."))
    if errors:
        return _requirements_page(request, get_own_application(request, key), errors)
    return redirect("permits:requirements", key=key)


@login_required
@_PAGE
def delete_draft(request: SignedIn, key: UUID) -> HttpResponse:
    """Delete a draft with its files, after a question."""
    application = get_own_application(request, key)
    refuse(policies.may_delete_draft(request.user, application))
    if request.method == "POST":
        applications.delete_draft(application)
        messages.success(request, _("Konsep beserta berkasnya dihapus."))
        return redirect("permits:my_applications")
    context = {"application": application, "office": application.office}
    return render(request, "permits/applicant/delete_draft.html", context)


def _save_requirements(
    request: SignedIn,
    application: Application,
    *,
    needed: int | None = None,
    ticked: int | None = None,
) -> dict[int, str]:
    """Save the declarations and every chosen file; return the errors by requirement.

    ``needed`` is a requirement whose file must be present, ``ticked`` the only declaration to
    save.
    """
    errors: dict[int, str] = {}
    now = timezone.now()
    address = hashed_address(request)
    chosen: dict[int, UploadedFile | None] = {
        _number(name, FILE): request.FILES.get(name)
        for name in request.FILES
        if name.startswith(FILE)
    }
    if needed is not None and f"{MORE}{needed}" not in request.FILES:
        chosen.setdefault(needed, request.FILES.get("berkas"))
    for requirement, file in chosen.items():
        if file is None:
            errors[requirement] = _("Pilih berkas terlebih dahulu.")
            continue
        try:
            documents.attach(
                application, requirement, file, actor=request.user, at=now, address=address
            )
        except DomainError as error:
            errors[requirement] = sentence(error)
    for name in request.FILES:
        if not name.startswith(MORE):
            continue
        requirement = _number(name, MORE)
        for more in request.FILES.getlist(name):
            try:
                documents.add(
                    application, requirement, more, actor=request.user, at=now, address=address
                )
            except DomainError as error:
                errors[requirement] = sentence(error)
    if "pernyataan" in request.POST:
        declared = [_number(name, DECLARED) for name in request.POST if name.startswith(DECLARED)]
        try:
            filling.save_declarations(application, declared, at=now, only=ticked)
        except DomainError as error:
            say_not_done(request, error)
    return errors


def _number(name: str, prefix: str) -> int:
    digits = name.removeprefix(prefix)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 18 else 0


def _requirements_context(
    application: Application, checklist: Checklist, errors: dict[int, str]
) -> dict[str, object]:
    requirement_keys = {line.requirement.pk for line in checklist.lines()}
    return {
        "application": application,
        "office": application.office,
        "blocks": requirements_page.blocks(application, checklist, errors),
        "tally": requirements_page.progress(checklist),
        "unanswered": bool(checklist.asked.unanswered),
        "form_complete": checklist.form_complete,
        "errors": [(pk, text) for pk, text in errors.items() if pk in requirement_keys],
        "stray": [text for pk, text in errors.items() if pk not in requirement_keys],
        "accept": uploads.ACCEPT,
        "has_questions": _has_questions(application),
    }


def _requirements_page(
    request: SignedIn, application: Application, errors: dict[int, str]
) -> HttpResponse:
    context = _requirements_context(application, selectors.checklist(application), errors)
    return render(request, "permits/applicant/requirements.html", context)


def _saved_requirement(
    request: SignedIn, application: Application, requirement: int, errors: dict[int, str]
) -> HttpResponse:
    """Return the changed parts of the page: one requirement, and the progress."""
    checklist = selectors.checklist(application)
    context = _requirements_context(application, checklist, errors)
    context["saved"] = requirement
    context["item"] = requirements_page.item(application, checklist, requirement, errors)
    return render(request, "permits/applicant/_requirement_saved.html", context)


@login_required
@_PAGE
def review(request: SignedIn, key: UUID) -> HttpResponse:
    """The review page: all data, the statement of truth, and the send button."""
    application = get_own_application(request, key)
    if request.method == "POST" and application.status in SENT:  # a repeated request
        return redirect("permits:receipt", key=key)
    if response := _redirect_if_locked(request, application):
        return response
    send_form = SendForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and send_form.is_valid():
        response = _send(request, application, send_form)
        if response is not None:
            return response
        application = get_own_application(request, key)
    return render(request, "permits/applicant/review.html", _review_context(application, send_form))


def _send(request: SignedIn, application: Application, send_form: SendForm) -> HttpResponse | None:
    """Send the application; return ``None`` if it is refused and the page must be shown again."""
    first = application.status == Status.DRAFT
    send = applications.submit_application if first else applications.resubmit_application
    try:
        send(
            application,
            actor=request.user,
            at=timezone.now(),
            declared_true=send_form.cleaned_data["declared_true"],
        )
    except DomainError as error:
        if error.code == "standard_changed":
            return _follow_standard(request, application)
        send_form.add_error(
            "declared_true" if error.code == "not_declared_true" else None, sentence(error)
        )
        return None
    if first:
        return redirect("permits:receipt", key=application.public_id)
    messages.success(request, _("Terkirim kembali. Kantor memeriksa perbaikan Anda."))
    return redirect(application)


def _follow_standard(request: SignedIn, application: Application) -> HttpResponse:
    """Move the draft to the standard in force, with a message."""
    now = timezone.now()
    try:
        version = filling.version_in_force(application.service, now)
        moving.move_to_version(application, version, at=now)
    except DomainError as error:
        say_not_done(request, error)
    else:
        say_not_done(request, "standard_changed", messages.WARNING)
    return redirect(application)


def _review_context(application: Application, send_form: SendForm) -> dict[str, object]:
    checklist = selectors.checklist(application)
    form_url = reverse("permits:form", args=[application.public_id])
    questions_url = reverse("permits:questions", args=[application.public_id])
    lines = [line for line in checklist.lines() if line.applies]
    return {
        "application": application,
        "office": application.office,
        "form": send_form,
        "identity": facts.identity_facts(application, form_url),
        "answers": facts.form_facts(application, checklist.asked, form_url),
        "questions": facts.answer_facts(application, checklist.asked, questions_url),
        "papers": [line for line in lines if line.need is Need.UPLOAD],
        "statements": [line for line in lines if line.need is Need.DECLARE and line.declared],
        "missing": review_page.missing(application, checklist),
        "returned": application.status != Status.DRAFT,
        "has_questions": _has_questions(application),
        "fees": charges.fee_rows(application),
        "previous": previous_permit(application, timezone.now()),
    }
