"""The reference names every column, and the guide every key and profile."""

import re
from pathlib import Path

from sexton.records import COLUMNS, load_mapping
from sexton.records.mapping import _KEYS
from sexton.records.packs import profiles

DOCS = Path(__file__).parents[2] / "docs"


def test_every_column_is_documented():
    text = (DOCS / "reference" / "person-list.md").read_text(encoding="utf-8")
    documented = re.findall(r"`(\w+)`", "\n".join(re.findall(r"^\| (`.*?) \|", text, re.M)))
    assert set(COLUMNS) <= set(documented)


def test_every_key_and_profile_is_documented():
    text = (DOCS / "how-to" / "map-your-columns.md").read_text(encoding="utf-8")
    for key in _KEYS:
        assert f"`{key}`" in text or f"`[{key}]`" in text or f"`[[{key}]]`" in text, key
    for name in profiles():
        assert f"`{name}`" in text


def test_the_guide_s_examples_are_profiles(tmp_path):
    text = (DOCS / "how-to" / "map-your-columns.md").read_text(encoding="utf-8")
    examples = re.findall(r"^( *)```toml\n(.*?)```", text, re.M | re.S)
    assert len(examples) == 3
    for indent, example in examples:
        (tmp_path / "m.toml").write_text(re.sub(f"^{indent}", "", example, flags=re.M))
        assert load_mapping(tmp_path / "m.toml").sources()
