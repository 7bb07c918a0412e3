"""Names go together by people, and a spelling that no rule knows is everybody's."""

import numpy as np
import pytest

from sexton.simulate import MissingNames, load_name_counts
from sexton.simulate.names import default_folder
from sexton.simulate.peoples import cast_of, people_names


@pytest.fixture(scope="module")
def real():
    if not default_folder().is_dir():
        pytest.skip("the counts of names are not here")
    return cast_of(load_name_counts())


def drawn(cast, part, people, size=2_000):
    number = people_names().index(people)
    codes = cast.men[part][number].draw(np.random.default_rng(1).random(size))
    return [cast.names[part][code] for code in codes]


@pytest.mark.parametrize(
    ("people", "endings"),
    [
        ("ukrainian", ("ко", "к", "ло", "ра", "ха")),
        ("georgian", ("швили", "дзе", "иани")),
        ("armenian", ("ян",)),
        ("belarusian", ("ич", "нок", "ко", "ик")),
    ],
)
def test_most_surnames_have_the_form_of_the_people(real, people, endings):
    surnames = drawn(real, "surname", people)
    assert sum(name.endswith(endings) for name in surnames) / len(surnames) > 0.55


def test_a_georgian_is_not_called_after_a_tatar_father(real):
    assert not {"Фаритович", "Рашитович"} & set(drawn(real, "patronymic", "georgian", 300))


def test_russians_rarely_bear_names_of_other_peoples(real):
    surnames = drawn(real, "surname", "russian")
    assert not [name for name in surnames if name.endswith(("швили", "адзе"))]
    given_names = drawn(real, "given", "russian")
    assert sum(name in {"Марат", "Ильдар", "Руслан"} for name in given_names) / 2_000 < 0.01


def test_a_people_without_names_of_its_own_draws_from_all(module_counts):
    cast = cast_of(module_counts)
    assert set(drawn(cast, "surname", "georgian")) <= set(cast.names["surname"])


def test_the_missing_folder_is_an_error(tmp_path):
    with pytest.raises(MissingNames):
        load_name_counts(tmp_path / "nowhere")
