"""Taking files into the register: read, compare, show, apply all or nothing, take back.

``read_files`` reads them; ``preview`` says what they would do; ``apply`` does it in one change;
``undo_batch`` takes it back. The same files a second time change nothing.
"""

from __future__ import annotations

from sexton.web.register.imports.batches import (
    BatchRefused,
    ImportFailed,
    apply,
    preview,
    undo_batch,
)
from sexton.web.register.imports.files import TABLES, TakenFile, read_files
from sexton.web.register.imports.items import Item, Preview

__all__ = [
    "TABLES",
    "BatchRefused",
    "ImportFailed",
    "Item",
    "Preview",
    "TakenFile",
    "apply",
    "preview",
    "read_files",
    "undo_batch",
]
