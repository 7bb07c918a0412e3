"""The examples in the docstrings of the names package are true."""

import doctest
import importlib
import pkgutil

import pytest

import sexton.names

MODULES = sorted(module.name for module in pkgutil.iter_modules(sexton.names.__path__))


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name):
    module = importlib.import_module(f"sexton.names.{name}")
    assert doctest.testmod(module).failed == 0


def test_there_are_examples():
    whole = importlib.import_module("sexton.names.whole")
    assert doctest.testmod(whole).attempted >= 5
