"""Rules files: a change of one number keeps the others, and a wrong file says what is wrong."""

from __future__ import annotations

import pickle

import pytest

from sexton.evidence import RulesError, default_rules, load_rules


def written(tmp_path, text):
    path = tmp_path / "rules.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_changes_only_what_it_names(tmp_path):
    rules = load_rules(written(tmp_path, 'version = "mine"\n[unit]\nsame = 0.9\n'))
    assert rules.version == "mine"
    assert rules.value("unit", "same") == 0.9
    assert rules.value("unit", "same_share") == default_rules().value("unit", "same_share")
    assert default_rules().value("unit", "same") != 0.9


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[unit]\nsame = 0.9\n", "version"),
        ('version = "1"\n[unit]\nsmae = 0.9\n', "smae"),
        ('version = "1"\n[unit]\nsame = -1\n', "above 0"),
        ('version = "1"\nrank = 3\n', "rank"),
        ('version = "1"\n[rank\n', "TOML"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(tmp_path, text, says):
    with pytest.raises(RulesError, match=says):
        load_rules(written(tmp_path, text))


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(RulesError, match="cannot be read"):
        load_rules(tmp_path / "none.toml")


def test_what_follows_from_rules_is_worked_out_once_for_each(tmp_path):
    asked = []

    def same(rules):
        asked.append(rules.version)
        return rules.value("unit", "same")

    mine = load_rules(written(tmp_path, 'version = "mine"\n[unit]\nsame = 0.9\n'))
    assert [mine.derived(same), mine.derived(same)] == [0.9, 0.9]
    assert default_rules().derived(same) == default_rules().value("unit", "same")
    assert asked == ["mine", default_rules().version]
    assert pickle.loads(pickle.dumps(default_rules())) == default_rules()
