"""What keeps likely pairs apart is told by its name."""

from __future__ import annotations

import pytest

from sexton.linkage.apart import kept_apart

LIKE = {"surname": 9.0, "given": 4.0, "birth_date": 8.0}
UNLIKE = {"surname": -5.0, "given": -5.0, "birth_date": -4.0, "prisoner_number": 30.0}


def told(fields, clusters=(), prior=-10.0):
    return [*kept_apart(fields, clusters, fields.__getitem__, prior)]


def test_pairs_of_one_cluster_and_unlikely_pairs_are_not_told():
    assert not told({(0, 1): LIKE}, [[0, 1]])
    assert not told({(0, 1): {"surname": 3.0}})


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        (UNLIKE, "contradiction"),
        (LIKE | {"source": -6.0}, "too many"),
        ({"surname": 9.0, "given": 4.0, "source": -6.0}, "one source"),
        ({"surname": 10.5}, "weak"),
        ({"death_date": 10.0, "burial_place": 8.0}, "nobody named"),
    ],
)
def test_a_pair_is_kept_apart_by_itself(fields, reason):
    (found,) = told({(0, 1): fields})
    assert (found.reason, found.between) == (reason, (0, 1))
    assert found.bits == pytest.approx(sum(fields.values()) - 10)


def test_others_of_the_clusters_keep_two_apart():
    fields = {(0, 1): LIKE, (0, 2): LIKE, (1, 2): {"surname": -8.0, "birth_date": -15.0}}
    (found,) = told(fields, [[0, 1]])
    assert (found.edge, found.reason) == ((0, 2), "other records")


def test_it_is_told_which_two_contradict_each_other_and_in_what():
    fields = {(0, 1): LIKE, (0, 2): LIKE, (1, 2): UNLIKE}
    (found,) = [each for each in told(fields, [[0, 1]]) if each.edge == (0, 2)]
    assert (found.reason, found.between) == ("contradiction", (1, 2))
    assert found.why == "Contradict each other: surname, given, birth date."
