"""Training: known probabilities are recovered, held-out items are not learnt, no chance in it."""

import lzma
import random
from pathlib import Path

import pytest

from sexton.names import load_model
from sexton.names.backgrounds_training import common_names, letter_counts, romanised
from sexton.names.composition import CONVENTIONS, clean_spellings, read_learnt
from sexton.names.tables import read_text, version_of
from sexton.names.training import changes, learn_spellings, packaged, train, training_pairs
from sexton.names.training_pairs import (
    TrainingPair,
    is_development,
    is_held_out,
    is_training,
    read_counts,
    read_pairs,
)

DE, EN = CONVENTIONS.index("de"), CONVENTIONS.index("en")
SPELT = {
    "de": {"ш": [("sch", 0.8), ("sh", 0.2)], "в": [("w", 1.0)], "х": [("ch", 1.0)]},
    "en": {"ш": [("sh", 1.0)], "в": [("v", 0.9), ("w", 0.1)], "х": [("kh", 0.7), ("h", 0.3)]},
}
PLAIN = {"а": "a", "о": "o", "н": "n", "т": "t", "к": "k"}


def _simulated(convention: str, dice: random.Random) -> TrainingPair:
    cyrillic = "".join(dice.choice("шхвтнк") + dice.choice("ао") for _ in range(3))
    latin = ""
    for letter in cyrillic:
        options = SPELT[convention].get(letter) or [(PLAIN[letter], 1.0)]
        latin += dice.choices([o for o, _ in options], [p for _, p in options])[0]
    weights = tuple(float(name == convention) for name in CONVENTIONS)
    return TrainingPair(f"^{cyrillic}$", f"^{latin}$", weights, "Q1", "s")


def test_known_spellings_are_recovered_for_each_convention():
    dice = random.Random(7)
    pairs = [_simulated(convention, dice) for convention in ("de", "en") for _ in range(700)]
    learnt = learn_spellings(pairs)
    assert learnt["ш"]["sch"][DE] == pytest.approx(0.8, abs=0.06)
    assert learnt["ш"]["sh"][EN] > 0.95
    assert learnt["в"]["w"][DE] > 0.95
    assert learnt["в"]["w"][EN] == pytest.approx(0.1, abs=0.05)
    assert learnt["х"]["kh"][EN] == pytest.approx(0.7, abs=0.08)
    assert learnt["а"]["a"].min() >= 0 and learnt["а"]["a"][DE] > 0.95


def _write(path: Path, header: str, rows: list[str]) -> None:
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join([header, *rows]) + "\n")


@pytest.fixture
def data(tmp_path):
    rows = [
        f"шатунов\tschatunow\tde\ts\tQ{n}\nшатунов\tshatunov\ten|sci?\ts\tQ{n}" for n in range(40)
    ]
    rows += ["коулман\tcoleman\tund\t\tQ1", "123\t-\ten\t\tQ2"]
    header = "cyrillic\tlatin\tconvention\tsoviet\twikidata"
    _write(tmp_path / "cyrillic_latin_pairs.tsv.xz", header, rows)
    for kind in ("surname", "given", "patronymic"):
        names = ["шатунов\t30", "сумков\t10", "ШАТУНОВ\t1", "ivanov\t5"]
        _write(tmp_path / f"{kind}_counts.tsv.xz", "name\tcount", names)
    return tmp_path


def test_pairs_are_read_with_the_conventions_they_follow(data):
    pairs = list(read_pairs(data / "cyrillic_latin_pairs.tsv.xz"))
    assert len(pairs) == 81
    assert pairs[0].weights[DE] == 1 and sum(pairs[0].weights) == 1
    assert 0 < pairs[1].weights[EN] < 1
    assert sum(pairs[-1].weights) == 0


def test_all_forms_of_an_item_are_held_out_together(data):
    used = {pair.wikidata for pair in training_pairs(data)}
    items = [f"Q{n}" for n in range(40)]
    assert used == {i for i in items if not is_held_out(i) and not is_development(i)}
    assert used == {item for item in items if is_training(item)}
    held_out = sum(is_held_out(f"Q{n}") for n in range(20_000))
    assert held_out == pytest.approx(2000, rel=0.1)


def test_counts_are_added_up_by_spelling(data):
    assert read_counts(data / "surname_counts.tsv.xz") == {"^шатунов$": 31, "^сумков$": 10}


def test_training_is_the_same_every_time_and_makes_every_table(data, tmp_path):
    seen = []
    tables = train(data, lambda *step: seen.append(step))
    assert train(data) == tables
    assert seen
    kinds = ("surname", "given", "patronymic")
    stems = ("popular_{}", "letters_{}_latin", "letters_{}_cyrillic")
    expected = {f"{stem.format(kind)}.tsv" for stem in stems for kind in kinds}
    assert set(tables) == {"spellings.tsv", "calibration.tsv", "VERSION", *expected}
    assert "шатунов\t0.756" in tables["popular_surname.tsv"]
    assert "surname\tcyrillic-latin\t0\t0.00" in tables["calibration.tsv"]


def test_the_packaged_version_is_that_of_the_packaged_tables():
    kinds = ("surname", "given", "patronymic")
    stems = ("popular_{}", "letters_{}_latin", "letters_{}_cyrillic")
    trained = [f"{s.format(k)}.tsv" for s in stems for k in kinds]
    tables = {n: read_text(n) for n in ("spellings.tsv", "calibration.tsv", *trained)}
    assert packaged() == tables | {"VERSION": read_text("VERSION")}
    assert load_model("given").version == version_of(tables)
    assert version_of({**tables, "spellings.tsv": ""}) != version_of(tables)


def test_changes_count_lines_against_the_present_tables(tmp_path):
    (tmp_path / "a.tsv").write_text("x\ny\n", "utf-8")
    assert changes({"a.tsv": "x\nz\nw\n", "b.tsv": "x\n"}, tmp_path) == {
        "a.tsv": (2, 1),
        "b.tsv": (1, 0),
    }


def test_the_packaged_spellings_know_every_letter_and_convention():
    learnt = read_learnt()
    for letter in "абвгдежзийклмнопрстуфхцчшщъыьэюяё":
        assert sum(learnt[letter].values()).min() > 0.5, letter
    assert learnt["ш"]["sch"][DE] > 0.8 and learnt["ш"]["sh"][EN] > 0.8


def test_common_names_and_their_letters():
    counts = {"^шатунов$": 60, "^сумков$": 40}
    assert common_names(counts, "surname") == {"шатунов": 0.6, "сумков": 0.4}
    latin = romanised(counts, clean_spellings())
    assert "^schatunow$" in latin and "^soemkov$" in latin
    assert "^kardin$" in romanised({"^кардин$": 9}, clean_spellings())
    groups = letter_counts({"^ab$": 1.0, "^ac$": 1.0})
    assert groups["^a"] == 1e6 and groups["b$"] == 5e5
