"""The guards of the kit: what hangs is ended, what is printed is heard, and what is changed is noticed."""

from __future__ import annotations

import itertools
import os
import threading
import time

import pytest

from cableformat import Cable, FormatError, ModelError, Part
from cableformat.testing import guard
from cableformat.testing.guard import HangError, Listener, conduct, time_limit
from cableformat.testing.laws import LawError

CABLE = Cable.from_text("1. (U) Talks went on.")


def spin():
    for _ in itertools.count():
        pass


@pytest.mark.parametrize("hang", [spin, lambda: time.sleep(30)])
def test_what_hangs_is_ended(hang):
    started = time.monotonic()
    with pytest.raises(HangError), time_limit(0.2):
        hang()
    assert time.monotonic() - started < 10


def test_what_hangs_is_ended_even_if_it_eats_errors():
    def eat():
        try:
            spin()
        except Exception:  # noqa: BLE001 - what is tested
            spin()

    with pytest.raises(HangError), time_limit(0.2):
        eat()


def test_what_ends_in_time_is_left_alone():
    with time_limit(30):
        done = sum(range(100))
    assert done == 4950


def test_python_code_that_hangs_is_ended_beside_the_main_thread():
    """Where no signal comes, as in other threads and on Windows."""
    caught = []

    def run():
        with pytest.raises(HangError), time_limit(0.2):
            spin()
        caught.append(True)
        with time_limit(30):
            caught.append("in time")

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(30)
    assert caught == [True, "in time"]


def test_the_listener_hears_what_is_printed_and_what_is_written_past_it(capfd):
    with Listener() as listener:
        assert listener.heard() == ""
        print("words")  # noqa: T201 - what is tested
        os.write(1, b"bytes\n")
        heard = listener.heard()
        assert "words\n" in heard
        assert "bytes\n" in heard
        assert listener.heard() == ""
    print("after")  # noqa: T201 - as above
    assert capfd.readouterr().out == "after\n"


def breaks(law_error=None):
    raise law_error


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError("oh"), "odd raises ValueError: oh"),
        (SystemExit(3), "odd raises SystemExit: 3"),
        (ModelError("No such part."), "law: No such part."),
        (FormatError("Broken.", line=3), "line 3: Broken."),
        (LawError("law", "does not hold"), "law: does not hold"),
    ],
)
def test_whatever_a_plugin_raises_breaks_the_law(error, said):
    with (
        Listener() as listener,
        pytest.raises(LawError, match="law") as caught,
        conduct("law", "odd", (), listener, 30),
    ):
        breaks(error)
    assert said in str(caught.value)


def test_what_stops_the_run_passes():
    with Listener() as listener, pytest.raises(KeyboardInterrupt), conduct("law", "odd", (), listener, 30):
        breaks(KeyboardInterrupt())


@pytest.mark.parametrize(("printed", "said"), [("x", "'x'"), ("y" * 300, f"'{'y' * 80}'...")])
def test_a_plugin_that_prints_breaks_the_law(printed, said):
    broken = pytest.raises(LawError, match="standard output")
    with Listener() as listener, broken as caught, conduct("law", "odd", (CABLE,), listener, 30):
        print(printed, end="")  # noqa: T201 - what is tested
    assert said in str(caught.value)


@pytest.mark.parametrize("text", ["Other words.", None])
def test_a_plugin_that_changes_a_cable_breaks_the_law(text):
    """Also where it leaves what is no cable any more, and where it broke the law in doing so."""
    cable = Cable.from_text("1. (U) Talks.")

    def change():
        object.__setattr__(cable.parts[0], "text", text)
        breaks(LawError("law", "does not hold"))

    broken = pytest.raises(LawError, match="changes the cable")
    with Listener() as listener, broken, conduct("law", "odd", ((cable,), b"x"), listener, 30):
        change()


def test_cables_are_found_however_deep():
    other = Cable(parts=(Part("a", "body", "x"),))
    assert list(guard.cables_in((CABLE, (b"x", (other, "y"))))) == [CABLE, other]
