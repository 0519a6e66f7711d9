"""Database triggers that refuse updates and deletes of records and clock events.

What two people have decided to destroy passes, row by row, while the act lasts.
"""

from workflow.guards import Guard, register, unless_destroyed

MESSAGE = "catatan tidak dapat diubah atau dihapus"
_BOTH = ("UPDATE", "DELETE")
_DECIDED = "{row}.decision IN ('dikembalikan', 'gugur') OR {row}.objection_until IS NOT NULL"

register(
    Guard(
        "guard_applicationrecord",
        "permits_applicationrecord",
        _BOTH,
        MESSAGE,
        unless_destroyed("permits.ApplicationRecord"),
    ),
    Guard(
        "guard_clockevent",
        "permits_applicationclockevent",
        _BOTH,
        MESSAGE,
        unless_destroyed("permits.ApplicationClockEvent"),
    ),
    Guard(
        "guard_recordedfact",
        "permits_recordedfact",
        _BOTH,
        MESSAGE,
        unless_destroyed("permits.RecordedFact"),
    ),
    # what a further performer gave stays
    Guard(
        "guard_given_part",
        "permits_steppart",
        _BOTH,
        MESSAGE,
        when=unless_destroyed("permits.StepPart", "{row}.finished_at IS NOT NULL"),
        old_only=True,
    ),
    Guard("guard_duedatechange", "permits_duedatechange", _BOTH, MESSAGE),
    Guard("guard_refusal", "permits_refusal", ("DELETE",), MESSAGE),
    Guard(
        "guard_decided_refusal",
        "permits_refusal",
        ("UPDATE",),
        MESSAGE,
        when=unless_destroyed("permits.Refusal", _DECIDED),
        old_only=True,
    ),
    Guard("guard_certificateorder", "permits_certificateorder", ("DELETE",), MESSAGE),
    # an order that was decided stays; a confirmed replacement still takes effect, or falls
    Guard(
        "guard_decided_order",
        "permits_certificateorder",
        ("UPDATE",),
        MESSAGE,
        when=unless_destroyed(
            "permits.CertificateOrder",
            "{row}.decision IN ('tidak_disetujui', 'ditarik', 'gugur') "
            "OR {row}.effective_at IS NOT NULL",
        ),
        old_only=True,
    ),
    # ... and what was proposed and confirmed is what takes effect
    Guard(
        "guard_order_text",
        "permits_certificateorder",
        ("UPDATE",),
        MESSAGE,
        when=unless_destroyed(
            "permits.CertificateOrder",
            "OLD.kind <> NEW.kind OR OLD.certificate_id <> NEW.certificate_id "
            "OR OLD.reason <> NEW.reason OR OLD.ground <> NEW.ground "
            "OR OLD.found_on <> NEW.found_on OR OLD.decree_number <> NEW.decree_number "
            "OR OLD.decree_date <> NEW.decree_date OR OLD.draft_id <> NEW.draft_id "
            "OR OLD.proposed_by_id <> NEW.proposed_by_id OR OLD.proposed_at <> NEW.proposed_at "
            "OR OLD.decided_by_id <> NEW.decided_by_id OR OLD.decided_at <> NEW.decided_at",
        ),
        old_only=True,
    ),
    # a paper that was ended stays ended, with the order that ended it
    Guard(
        "guard_ended_certificate",
        "permits_certificate",
        ("UPDATE", "DELETE"),
        MESSAGE,
        when=unless_destroyed(
            "permits.Certificate", "{row}.state IN ('dicabut', 'dibatalkan', 'diganti')"
        ),
        old_only=True,
    ),
    Guard("guard_opening", "permits_opening", _BOTH, MESSAGE, unless_destroyed("permits.Opening")),
    Guard("guard_initial", "permits_initial", _BOTH, MESSAGE),
)
