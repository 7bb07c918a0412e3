"""How records of persons who never lived are marked, and how the mark is seen again.

Every row of ``sexton simulate`` carries it; it goes through mappings and archives with the cells.
"""

from __future__ import annotations

from sexton.records.model import Record

ID_BEGINS = "sim-"
SOURCE_BEGINS = "simulated"
REMARK = "simulated person; no such man lived"


def is_simulated(record: Record) -> bool:
    """Whether a record says of itself, by its id, source or remarks, that it is simulated."""
    return (
        record.id.startswith(ID_BEGINS)
        or record.fields.get("source", "").startswith(SOURCE_BEGINS)
        or REMARK in record.fields.get("remarks", "")
    )
