"""What the database itself demands of a destruction: two people, and nothing after it is done."""

from workflow.guards import Guard, register

register(
    Guard(
        "guard_destruction_decided",
        "workflow_destroyedrow",
        ("INSERT",),
        "pemusnahan belum diputuskan dua orang",
        when="NOT EXISTS (SELECT 1 FROM archives_disposal d WHERE d.id = {row}.act "
        "AND d.act = 'musnah' AND d.state = 'disetujui' AND d.number = {row}.report "
        "AND d.decided_by_id <> d.proposed_by_id AND d.done_at IS NULL)",
    ),
    Guard(
        "guard_disposal_decided",
        "archives_disposal",
        ("UPDATE",),
        "berita acara tidak dapat diubah",
        when="{row}.done_at IS NOT NULL",
        old_only=True,
    ),
    Guard("guard_disposal", "archives_disposal", ("DELETE",), "berita acara tidak dapat dihapus"),
    Guard(
        "guard_disposalitem", "archives_disposalitem", ("DELETE",), "daftar arsip tidak berkurang"
    ),
)
