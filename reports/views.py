"""Reports at the desk: compile, edit, check, return, approve, sign, publish, download."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Office
from accounts.officers import Officer, officer_page
from documents.serving import serve_private_file
from documents.spreadsheets import XLSX
from documents.uploads import PDF
from reports import files, policies, selectors
from reports.forms import CompileForm, ReturnForm, SignForm, WordsForm
from reports.models import Report
from reports.presenters import list_page, report_page
from reports.services import compiling, signing
from workflow import signature
from workflow.domain.errors import DomainError
from workflow.http import refuse
from workflow.once import say_not_done
from workflow.refusals import sentence

_SHOWN = 60


@officer_page
@require_http_methods(["GET", "HEAD", "POST"])
def report_list(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Which periods are reported, and which not yet? POST compiles one."""
    office = _office(officer, request.GET.get("kantor", ""))
    rows = Report.objects.visible_to(officer.user, officer.at).filter(office=office)
    found = list(rows.select_related("office", "compiled_by").defer("content")[:_SHOWN])
    forms = _compile_forms(request, office, officer)
    if request.method == "POST" and (code := request.POST.get("kind", "")) in forms:
        form = forms[code]
        if form.is_valid() and (made := _compiled(request, officer, office, code, form)):
            return redirect(made)
    writes = policies.may_write(officer.user, office, officer.at)
    context = {
        "desk": officer.desk,
        "office": office,
        "offices": officer.offices,
        "reports": found,
        "page": list_page(office, forms),
        "may_compile": writes,
        "must_name_compiler": writes.reason == "report_head_signs",
        "may_collect": policies.may_collect_evidence(officer.user, office, officer.at),
    }
    return render(request, "reports/list.html", context)


def _compile_forms(
    request: HttpRequest, office: Office, officer: Officer
) -> dict[str, CompileForm]:
    """Return the form of each kind that has periods to report; the one that was sent is bound."""
    today, forms = office.local_date(officer.at), {}
    for kind in selectors.kinds_of(office):
        periods = selectors.unreported(kind, office, today)
        sent = request.POST if request.POST.get("kind") == kind.code else None
        if periods or sent:
            forms[kind.code] = CompileForm(sent, kind=kind, periods=periods)
    return forms


def _compiled(
    request: HttpRequest, officer: Officer, office: Office, code: str, form: CompileForm
) -> Report | None:
    period = form.periods[form.cleaned_data["period"]]
    kind = next(one for one in selectors.kinds_of(office) if one.code == code)
    try:
        made = compiling.compile_report(kind, office, period, actor=officer.user, at=officer.at)
    except DomainError as error:
        form.add_error("period", sentence(error))
        return None
    messages.success(request, _("Laporan tersusun. Periksa isinya, lalu paraf."))
    return made


@officer_page
@require_safe
def report(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponse:
    """What does it say, who has put their initials under it, and what is my step?"""
    return _show(request, officer, _find(officer, key))


@officer_page
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponse:
    """The sentences that may be changed, and what citizens wrote, to take out who is named."""
    found = _find(officer, key)
    page = report_page(found, officer)
    if not page.may_edit:
        say_not_done(
            request,
            policies.may_write(officer.user, found.office, officer.at).reason or "out_of_turn",
        )
        return redirect(found)
    form = WordsForm(request.POST or None, report=found)
    if request.method == "POST" and form.is_valid():
        try:
            compiling.change_words(
                found,
                form.words(),
                actor=officer.user,
                at=officer.at,
                seen=request.POST.get("digest", ""),
            )
        except DomainError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, _("Kalimat dan saran tersimpan."))
            return redirect(found)
    context = {"desk": officer.desk, "report": found, "form": form}
    return render(request, "reports/words.html", context)


Do = Callable[[Report, Officer, str], Any]


def _act(do: Do, done: str | LazyText) -> Callable[..., HttpResponseBase]:
    """Make the view of a button: ``do`` takes report, officer and the digest that was shown."""

    @officer_page
    @require_POST
    def act(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponse:
        found, seen = _find(officer, key), request.POST.get("digest", "")
        return _press(request, found, lambda: do(found, officer, seen), done)

    return act


def _press(
    request: HttpRequest, found: Report, do: Callable[[], Any], done: str | LazyText
) -> HttpResponse:
    try:
        do()
    except DomainError as error:
        say_not_done(request, error)
    else:
        messages.success(request, str(done))
    return redirect(found)


compile_again = _act(
    lambda found, officer, _seen: compiling.compile_again(found, actor=officer.user, at=officer.at),
    gettext_lazy("Isi disusun ulang. Paraf sebelumnya tidak berlaku lagi."),
)
submit = _act(
    lambda found, officer, seen: compiling.submit(
        found, actor=officer.user, at=officer.at, seen=seen
    ),
    gettext_lazy("Paraf Anda tercatat. Laporan diteruskan."),
)
approve = _act(
    lambda found, officer, seen: compiling.approve(
        found, actor=officer.user, at=officer.at, seen=seen
    ),
    gettext_lazy("Laporan disetujui dengan paraf Anda."),
)
publish = _act(
    lambda found, officer, _seen: compiling.publish(found, actor=officer.user, at=officer.at),
    gettext_lazy("Laporan diterbitkan di halaman kantor."),
)


@officer_page
@require_POST
def send_back(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponse:
    """Remarks for who compiled it."""
    found, form = _find(officer, key), ReturnForm(request.POST)
    if not form.is_valid():
        return _show(request, officer, found, note=form)
    note = form.cleaned_data["note"]
    return _press(
        request,
        found,
        lambda: compiling.send_back(found, actor=officer.user, at=officer.at, note=note),
        _("Laporan dikembalikan kepada penyusun."),
    )


@officer_page
@require_POST
@sensitive_post_parameters()
def sign(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponse:
    """The signature of the head: the password again, and a fresh second factor."""
    found, form = _find(officer, key), SignForm(request.POST)
    refuse(policies.may_sign(officer.user, found, officer.at))
    if not form.is_valid() or not signature.is_confirmed(request, form):
        response = _show(request, officer, found, signing_form=form)
        response.status_code = 429 if form.locked_out else 200
        return response
    seen = form.cleaned_data["digest"]
    return _press(
        request,
        found,
        lambda: signing.sign(found, actor=officer.user, at=officer.at, seen=seen),
        _("Laporan ditandatangani. PDF-nya sedang dibuat."),
    )


@officer_page
@require_safe
def paper(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponseBase:
    """The signed PDF; until it is made, a page that says so."""
    found = _find(officer, key)
    stored = getattr(found, "paper", None)
    if stored is None or not stored.file:
        messages.info(request, _("PDF bertanda tangan belum jadi. Muat ulang sebentar lagi."))
        return redirect(found)
    name = f"{slugify(found.title)}.pdf"
    return serve_private_file(request, stored.file, content_type=PDF, name=name)


@officer_page
@require_safe
def docx(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponse:
    """The report for who edits it further in a word processor."""
    found = _find(officer, key)
    content = signing.file_content(found, officer.user, officer.at)
    return _download(files.document(content), files.DOCX, f"{slugify(found.title)}.docx")


@officer_page
@require_safe
def xlsx(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponse:
    """The tables of the report."""
    found = _find(officer, key)
    more = selectors.kind_of(found).tables(found.content)
    return _download(files.workbook(found.content, more), XLSX, f"{slugify(found.title)}.xlsx")


@require_safe
def published(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """A published report, for everybody."""
    found = get_object_or_404(Report.objects.public().select_related("paper"), public_id=key)
    name = f"{slugify(found.title)}.pdf"
    return serve_private_file(request, found.paper.file, content_type=PDF, name=name)


@require_safe
def published_list(request: HttpRequest, office: str) -> HttpResponse:
    """What has this office published about itself?"""
    found = get_object_or_404(Office.objects.public(), code=office)
    rows = Report.objects.public().filter(office=found).defer("content").select_related("paper")
    return render(request, "reports/published.html", {"office": found, "reports": rows[:_SHOWN]})


def _find(officer: Officer, key: UUID) -> Report:
    rows = Report.objects.visible_to(officer.user, officer.at)
    return get_object_or_404(rows.select_related("office", "compiled_by", "paper"), public_id=key)


def _office(officer: Officer, code: str) -> Office:
    return next((one for one in officer.offices if one.code == code), officer.offices[0])


def _show(
    request: HttpRequest,
    officer: Officer,
    found: Report,
    *,
    note: ReturnForm | None = None,
    signing_form: SignForm | None = None,
) -> HttpResponse:
    page = report_page(found, officer)
    form = signing_form or SignForm(initial={"digest": found.digest})
    offered = [form] if page.may_sign else []
    context = {
        "desk": officer.desk,
        "report": found,
        "office": found.office,
        "page": page,
        "return_form": note or ReturnForm(),
        "sign_form": form,
        "passkey_page": signature.ask_for_what_is_needed(
            request, offered, found.get_absolute_url()
        ),
        "tools": selectors.kind_of(found).tools,
    }
    with timezone.override(found.office.zone):
        return render(request, "reports/report.html", context)


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
