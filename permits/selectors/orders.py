"""The orders about the certificate of an application."""

from __future__ import annotations

from permits.models import Application, Certificate, CertificateOrder


def open_order(application: Application) -> CertificateOrder | None:
    """Return the order about a paper of the file which waits for the decision; one at a time."""
    orders = CertificateOrder.objects.filter(certificate__application=application)
    found: CertificateOrder | None = orders.open().with_papers().first()
    return found


def endable_papers(application: Application) -> list[Certificate]:
    """Return the papers of a file that an order can end: the one that counts, then the others."""
    issued = Certificate.objects.filter(
        application=application.pk, state=Certificate.State.ISSUED
    ).with_validity()
    return sorted(issued.order_by("pk"), key=lambda row: row.paper_id is not None)


def orders_of(application: Application) -> list[CertificateOrder]:
    """Return all orders about papers of the file, the newest first."""
    orders = CertificateOrder.objects.filter(certificate__application=application)
    return list(orders.with_papers())


def latest_order(application: Application) -> CertificateOrder | None:
    """Return the last order in force about a paper of the file; ``None`` without any.

    Asks the database only if there is one; the application comes from ``with_related``.
    """
    paper = application.certificate
    if paper is None or not (paper.ended_by_id or hasattr(paper, "replaces")):
        return None
    orders = CertificateOrder.objects.filter(
        certificate__application=application, certificate__paper=None
    )
    return orders.filter(effective_at__isnull=False).with_papers().first()


def replacement_being_signed(application: Application) -> CertificateOrder | None:
    """Return the confirmed replacement whose new paper is not signed yet."""
    orders = CertificateOrder.objects.filter(
        certificate__application=application,
        replacement__isnull=False,
        decision=CertificateOrder.Decision.CONFIRMED,
        effective_at=None,
    )
    return orders.with_papers().first()


def earlier_papers(application: Application) -> list[Certificate]:
    """Return the papers that were replaced, the newest first."""
    papers = (
        Certificate.objects.filter(application=application, paper=None).public().with_validity()
    )
    return list(papers.exclude(pk=application.certificate_id).order_by("-pk"))
