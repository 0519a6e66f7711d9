"""What the database refuses to change: published questionnaires, and answers."""

from workflow.guards import Guard, register

_VERSION = (
    "EXISTS (SELECT 1 FROM surveys_instrumentversion v "
    "WHERE v.id = {row}.version_id AND v.state = 'ditetapkan')"
)
MESSAGE = "kuesioner yang sudah ditetapkan tidak dapat diubah"

register(
    Guard(
        "guard_instrumentversion",
        "surveys_instrumentversion",
        ("UPDATE", "DELETE"),
        MESSAGE,
        "{row}.state = 'ditetapkan'",
        old_only=True,
    ),
    Guard(
        "guard_surveyquestion",
        "surveys_question",
        ("INSERT", "UPDATE", "DELETE"),
        MESSAGE,
        _VERSION,
    ),
    Guard(
        "guard_surveyresponse",
        "surveys_response",
        ("UPDATE",),
        "jawaban survei tidak dapat diubah",
    ),
    # until its period is over an answer is taken out and put back in another place (settling)
    Guard(
        "guard_sealedresponse",
        "surveys_response",
        ("DELETE",),
        "jawaban survei tidak dapat dihapus",
        "{row}.trace = 'ditutup'",
    ),
)
