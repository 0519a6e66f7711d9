"""The evidence pack: composed once, printed part by part by the worker, kept as one ZIP.

Its job may run twice and die at any point: the content is composed once and frozen, each PDF is a
row of its own, and the ZIP is made when all are there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from accounts.models import Office, User
from boards.domain.indicators import (
    INDICATORS,
    NOT_HELD,
    OVERVIEW,
    POLICY,
    State,
    file_name,
    standard_code,
)
from boards.models import EvidenceFile, EvidencePack
from boards.services.pekppp import citizens, policy, prints
from boards.services.pekppp.evidence import Evidence
from boards.services.pekppp.policy import Subject
from documents.content import in_indonesian, letterhead
from reports.policies import may_collect_evidence
from standards.models import StandardVersion
from workflow.domain.dates import moment
from workflow.domain.errors import DomainError
from workflow.models import JobStatus
from workflow.sweeps import UNFINISHED, RetryLater, SweepResult, drain_queue, run_job
from workflow.worker import notify_on_commit

TASK = "boards.make_evidence"
FOLDER, PARTS = "evidence-packs", "evidence-files"
TEMPLATE = "certificates/evidence.html"
_BATCH = 1  # packs
_FIXED = (2026, 1, 1, 0, 0, 0)  # no time of day in entries: the same content gives the same file

_COMPOSERS: dict[str, Callable[[Subject], Evidence]] = {
    "01": policy.standards,
    "02": policy.consultation,
    "03": policy.media,
    "04": policy.review,
    "05": policy.pledge,
    "06": citizens.survey,
    "07": citizens.survey_media,
    "08": citizens.follow_ups,
    "09": citizens.follow_up_speed,
    "10": policy.hours,
    "21": policy.information,
    "22": policy.working,
    "23": policy.quality,
    "24": policy.currency,
    "25": citizens.face_to_face,
    "26": citizens.channels,
    "27": citizens.register,
    "28": citizens.answers,
    "sop": citizens.sop,
}


@transaction.atomic
def order(office: Office, *, actor: User, at: datetime) -> EvidencePack:
    """Enqueue a pack; pressed twice, or by two people: one that is still being made is returned.

    Raises ``DomainError`` with the code of ``may_collect_evidence``.
    """
    verdict = may_collect_evidence(actor, office, at)
    if not verdict:
        raise DomainError(verdict.reason)
    Office.objects.select_for_update().get(pk=office.pk)
    running = EvidencePack.objects.filter(office=office, job_status=JobStatus.QUEUED).first()
    if running is not None:
        return running
    pack = EvidencePack.objects.create(office=office, asked_by=actor, asked_at=at, next_try_at=at)
    notify_on_commit(TASK)
    return pack


def make_packs(at: datetime) -> SweepResult:
    """Compose and print what is queued; it may run twice."""
    packs = EvidencePack.objects.select_related("office")
    ready = packs.ready(at).order_by("pk").values_list("pk", flat=True)
    return drain_queue(
        TASK,
        lambda: ready[:_BATCH],
        lambda pk: run_job(packs, pk, lambda row: _next_part(row, at), at=at),
    )


def _next_part(pack: EvidencePack, at: datetime) -> Callable[[], object]:
    """Do one part: the content, else one PDF, else the ZIP."""
    if pack.composed_at is None:
        content = compose(pack.office, at)
        return partial(_freeze, pack, content, at)
    made = set(pack.files.values_list("code", flat=True))
    for code in (OVERVIEW, *(one["code"] for one in _printed(pack.content))):
        if code not in made:
            return _print(pack, code)
    return _zip(pack)


@in_indonesian
def compose(office: Office, at: datetime) -> dict[str, Any]:
    """Return what the portal holds of each indicator at ``at``, as plain values."""
    subject = policy.subject_of(office, at)
    indicators = [_COMPOSERS[one.code](subject).as_content(one) for one in INDICATORS]
    made: dict[str, Any] = json.loads(
        json.dumps(
            {
                "office": letterhead(office),
                "as_of": moment(at, office.zone),
                "indicators": indicators,
                "standards": [
                    _standard(number, version)
                    for number, version in enumerate(subject.versions, start=1)
                ],
                "not_held": [list(one) for one in NOT_HELD],
            },
            default=str,
        )
    )
    return made


def _standard(number: int, version: StandardVersion) -> dict[str, Any]:
    """Return the print of a standard, which belongs to indicator 1."""
    return {
        "code": standard_code(number),
        "title": f"{version.service.name}, versi {version.number}",
        "aspect": POLICY,
        "weight": 0,
        "state": str(State.HELD),
        "chapters": prints.chapters(version),
        "gaps": [],
        "papers": [],
    }


def _printed(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Return everything that has a PDF of its own; packs from before have no standards."""
    return [*content["indicators"], *content.get("standards", ())]


def _freeze(pack: EvidencePack, content: dict[str, Any], at: datetime) -> object:
    rows = EvidencePack.objects.filter(pk=pack.pk, composed_at=None)
    rows.update(content=content, composed_at=at)
    return UNFINISHED


def _print(pack: EvidencePack, code: str) -> Callable[[], object]:
    from documents.rendering import RenderError, render_pdf

    path = f"{PARTS}/{pack.public_id}/{file_name(code)}"
    try:
        pdf = render_pdf(TEMPLATE, _shown(pack, code))
        name = _store(path, pdf)
    except (RenderError, OSError) as error:
        raise RetryLater(f"{type(error).__name__}: {error}") from error

    def store() -> object:
        facts = {"file": name, "sha256": hashlib.sha256(pdf).hexdigest()}
        EvidenceFile.objects.update_or_create(pack=pack, code=code, defaults=facts)
        return UNFINISHED

    return store


@in_indonesian
def _shown(pack: EvidencePack, code: str) -> dict[str, Any]:
    """Return what one PDF prints."""
    labels = {str(state): str(EvidencePack.STATES[state]) for state in State}
    content = pack.content
    shown: dict[str, Any] = {"office": content["office"], "as_of": content["as_of"]}
    if code == OVERVIEW:
        listed = [{**one, "label": labels[one["state"]]} for one in content["indicators"]]
        return {**shown, "indicators": listed, "not_held": content["not_held"]}
    found = next(one for one in _printed(content) if one["code"] == code)
    return {**shown, "indicator": {**found, "label": labels[found["state"]]}}


def _zip(pack: EvidencePack) -> Callable[[], object]:
    files = list(pack.files.order_by("code"))
    written = BytesIO()
    manifest: dict[str, Any] = {
        "kantor": pack.content["office"]["name"],
        "keadaan_per": pack.content["as_of"],
        "indikator": [
            {key: one[key] for key in ("code", "title", "aspect", "state", "gaps")}
            for one in pack.content["indicators"]
        ],
        "tidak_disimpan_portal": pack.content["not_held"],
        "berkas": [],
        "tidak_ditemukan": [],
    }
    papers = [paper for one in pack.content["indicators"] for paper in one["papers"]]
    wanted = [(file_name(row.code), str(row.file.name), row.sha256) for row in files]
    wanted += [(f"bukti/{one['name']}", one["file"], one["sha256"]) for one in papers]
    try:
        with ZipFile(written, "w", ZIP_DEFLATED) as archive:
            for name, stored, digest in wanted:
                if not default_storage.exists(stored):
                    manifest["tidak_ditemukan"].append(name)
                    continue
                with default_storage.open(stored) as handle:
                    body = handle.read()
                archive.writestr(_entry(name), body)
                manifest["berkas"].append({"nama": name, "sha256": digest, "ukuran": len(body)})
            listed = json.dumps(manifest, ensure_ascii=False, indent=2)
            archive.writestr(_entry("manifest.json"), listed.encode())
        body = written.getvalue()
        kept = _store(f"{FOLDER}/{pack.public_id}.zip", body)
    except OSError as error:
        raise RetryLater(f"{type(error).__name__}: {error}") from error
    digest = hashlib.sha256(body).hexdigest()
    return partial(EvidencePack.objects.filter(pk=pack.pk).update, file=kept, sha256=digest)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _FIXED)
    entry.compress_type = ZIP_DEFLATED
    return entry


def _store(path: str, body: bytes) -> str:
    if default_storage.exists(path):  # made before a crash
        default_storage.delete(path)
    return default_storage.save(path, ContentFile(body))
