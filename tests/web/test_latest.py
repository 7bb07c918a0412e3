"""What is made from the whole register follows it: at once, or behind the readers."""

from __future__ import annotations

import gc
import threading

import pytest
from django.test import Client

from sexton.web.register import models
from sexton.web.register.history import change
from sexton.web.research import latest
from sexton.web.research.latest import Latest

pytestmark = pytest.mark.django_db


def change_something() -> None:
    with change("a test", "something is added") as door:
        key = f"source-{models.Source.objects.count()}"
        door.add_many([models.Source(key=key, title="A list")])


def test_it_is_made_once_for_each_version_of_the_register() -> None:
    made: list[int] = []
    newest = Latest(lambda: made.append(len(made)) or len(made))
    assert (newest(), newest()) == (1, 1)
    change_something()
    assert (newest(), newest()) == (2, 2)


def test_readers_of_a_large_register_are_served_what_there_is(monkeypatch) -> None:
    """The thread is not started here: the test's own change is seen by no other connection."""
    started: list[object] = []

    class Thread:
        def __init__(self, target, args, daemon) -> None:
            self.run = lambda: target(*args)
            assert daemon

        def start(self) -> None:
            started.append(self.run)

    monkeypatch.setattr(latest.threading, "Thread", Thread)
    monkeypatch.setattr(latest.connection, "close", lambda: None)
    numbers = iter((1, 2))
    newest = Latest(lambda: next(numbers), at_once=0)
    assert newest() == 1
    change_something()
    assert (newest(), newest()) == (1, 1)
    assert len(started) == 1, "one thread works, whoever asks"
    started[0]()
    assert newest() == 2


def test_a_failure_behind_readers_leaves_them_what_there_is(monkeypatch, caplog) -> None:
    monkeypatch.setattr(latest.connection, "close", lambda: None)
    monkeypatch.setattr(
        latest.threading,
        "Thread",
        lambda target, args, daemon: type("", (), {"start": lambda _: target(*args)})(),
    )
    made = [1]
    newest = Latest(lambda: made.pop(), at_once=0)
    assert newest() == 1
    change_something()
    assert newest() == 1
    assert "could not be made anew" in caplog.text
    made.append(3)
    assert newest() == 1  # what there was; the next one is made now
    assert newest() == 3


def test_who_needs_it_as_it_is_now_waits(monkeypatch) -> None:
    monkeypatch.setattr(latest.threading, "Thread", None)
    numbers = iter((1, 2))
    newest = Latest(lambda: next(numbers), at_once=0)
    assert newest() == 1
    change_something()
    assert newest.up_to_date() == 2


def test_a_page_that_was_behind_the_register_is_not_kept(client: Client, monkeypatch) -> None:
    from sexton.web.research import search

    address = "/search/?q=Schatunov"
    assert "no-store" not in client.get(address).get("Cache-Control", "")
    monkeypatch.setattr(
        latest.threading, "Thread", lambda **_: type("", (), {"start": lambda _: None})()
    )
    behind = Latest(search.current, at_once=0)
    behind()
    change_something()
    monkeypatch.setattr(search, "current", behind)
    for _ in range(2):
        assert client.get(address)["Cache-Control"] == "no-store"


def test_two_makers_who_need_each_other_do_not_wait_for_ever() -> None:
    """One makes the table while the other, which needs it, makes the index."""
    met = threading.Barrier(2, timeout=20)

    def meet(name: str) -> str:
        met.wait()
        return name

    made: list[str] = []
    makers = [
        threading.Thread(
            target=lambda n=n: made.append(latest._without_collecting(lambda: meet(n)))
        )
        for n in ("table", "index")
    ]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join(20)
    assert sorted(made) == ["index", "table"]
    assert gc.isenabled()
