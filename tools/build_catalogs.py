"""Compile the translations (.po) to what gettext reads (.mo), with Babel and no ``msgfmt``.

Runs as hatchling's build hook, so that an install from source (an editable one too) has its
languages, and by hand: ``python tools/build_catalogs.py``. A catalogue is put in its place whole
or not at all: what reads it beside (a running site, the tests of another process) never sees half.
"""

import os
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def compile_catalogs(root: Path = ROOT) -> list[Path]:
    """Compile every catalogue below ``src/sexton/locale``; return the files that changed."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    written = []
    for po in sorted((root / "src/sexton/locale").glob("*/LC_MESSAGES/*.po")):
        with po.open("rb") as source:
            catalog = read_po(source, locale=po.parent.parent.name)
        compiled = BytesIO()
        write_mo(compiled, catalog)
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.read_bytes() != compiled.getvalue():
            _put(mo, compiled.getvalue())
            written.append(mo)
    return written


def _put(path: Path, content: bytes) -> None:
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_bytes(content)
    aside.replace(path)


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand, outside a build
    pass
else:

    class CatalogBuildHook(BuildHookInterface):
        """Hatchling calls this before it collects the files of a wheel or editable install."""

        PLUGIN_NAME = "custom"

        def initialize(self, version: str, build_data: dict) -> None:
            compile_catalogs(Path(self.root))


if __name__ == "__main__":
    for path in compile_catalogs():
        print(path.relative_to(ROOT))
