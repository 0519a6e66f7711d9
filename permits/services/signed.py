"""What follows when the worker has signed a document at a step of the SOP."""

from __future__ import annotations

from datetime import datetime

from accounts.selectors import held
from permits import selectors
from permits.models import Certificate
from permits.presenters.signers import signer_remarks
from permits.services import visits
from workflow import transitions


def forward(certificate: Certificate, *, at: datetime) -> None:
    """Pass the application on from the step that signed ``certificate``, unless it left it.

    What is unusual about who signed stands on the routing card.
    """
    application = transitions.lock(certificate.application)
    if application.current_step_id != certificate.visit_id:
        return
    signer = certificate.signer
    appointment = held(signer, at).get(application.desk_id or 0)
    initial = selectors.own_initial(application, signer, certificate.paper)
    visits.forward(
        application,
        actor=signer,
        at=at,
        note=signer_remarks(application, initial, appointment, at),
        appointment=appointment,
    )
