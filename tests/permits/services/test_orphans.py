"""Stored files that no row names are deleted; a file with a row, or a young one, never."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from permits.models import Document
from permits.services.orphans import clear_orphans
from tests.factories.permits import Cast, make_submitted

pytestmark = pytest.mark.django_db


def stored(name: str, age: timedelta) -> str:
    """Store a file that was written so long ago; return its name."""
    saved = str(default_storage.save(name, ContentFile(b"isi")))
    written = (timezone.now() - age).timestamp()
    os.utime(default_storage.path(saved), (written, written))
    return saved


def test_only_old_files_without_a_row_go(cast: Cast, monday: datetime) -> None:
    make_submitted(cast, monday)
    known = [str(row.file.name) for row in Document.objects.all()]
    for name in known:
        os.utime(default_storage.path(name), (0, 0))
    orphan = stored("documents/tanpa-pemilik/lama.pdf", timedelta(days=3))
    young = stored("documents/tanpa-pemilik/baru.pdf", timedelta(days=1))
    card = stored("cards/kartu.pdf", timedelta(days=30))
    old_card = stored("cards/kartu-lama.pdf", timedelta(days=61))
    assert clear_orphans(timezone.now()).done == 2
    assert not default_storage.exists(orphan)
    assert not default_storage.exists(old_card)
    assert all(default_storage.exists(name) for name in [*known, young, card])
    assert clear_orphans(timezone.now()).done == 0
