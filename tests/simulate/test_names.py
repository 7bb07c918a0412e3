import numpy as np
import pytest

from sexton.simulate import MissingNames, load_name_counts


def test_a_mans_surname_is_masculine(counts_folder):
    names = load_name_counts(counts_folder)
    assert set(names.men["surname"].names) == {"Иванов", "Зелинский", "Шевченко", "Калина"}
    assert set(names.women["surname"].names) == {"Иванова", "Зелинская", "Шевченко", "Калина"}


def test_a_mans_given_name_is_one_that_fathers_bear(counts_folder):
    names = load_name_counts(counts_folder)
    assert set(names.men["given"].names) == {"Иван", "Илья", "Анатолий", "Пётр"}
    assert set(names.women["given"].names) == {"Мария", "Александра"}


def test_patronymics_agree_with_the_sex(counts_folder):
    names = load_name_counts(counts_folder)
    assert all(name.endswith("ич") for name in names.men["patronymic"].names)
    assert names.women["patronymic"].names == ("Ивановна",)


def test_names_are_drawn_as_often_as_people_bear_them(counts_folder):
    names = load_name_counts(counts_folder)
    drawn = names.men["surname"].draw(np.random.default_rng(3), 10_000)
    # Иванов and Иванова are 80 of 96.
    assert drawn.count("Иванов") / len(drawn) == pytest.approx(80 / 96, abs=0.02)


def test_missing_counts_say_what_is_missing(tmp_path):
    with pytest.raises(MissingNames, match=r"surname_counts\.tsv\.xz is missing.*--names"):
        load_name_counts(tmp_path)
