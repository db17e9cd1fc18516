"""Runs one law over one format: short examples first, then those that Hypothesis draws and shrinks."""

from __future__ import annotations

import time
import warnings
from typing import TYPE_CHECKING, Any

import attrs
import hypothesis
from hypothesis import HealthCheck, Phase, Verbosity
from hypothesis.errors import Flaky, HypothesisWarning, Unsatisfiable

from cableformat.cable import Cable
from cableformat.testing.guard import HangError, Listener, conduct
from cableformat.testing.laws import LawError
from cableformat.testing.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hypothesis.strategies import SearchStrategy

_MAX_SHOWN = 2_000


@attrs.frozen
class Profile:
    """How much is tried.

    Attributes:
        name: `quick`, `thorough` or `nightly`.
        examples: Examples a law.
        seconds: The time a law may take; where it is over, what was tried counts.
        example_seconds: The time one example may take; where it is over, the plugin hangs.
        shrink_seconds: The time for making a failure shorter.
        derandomise: Whether the same examples are drawn every time.
    """

    name: str
    examples: int
    seconds: float
    example_seconds: float = 20.0
    shrink_seconds: float = 10.0
    derandomise: bool = False


PROFILES = {
    "quick": Profile("quick", 100, 60.0, derandomise=True),
    "thorough": Profile("thorough", 10_000, 900.0),
    "nightly": Profile("nightly", 100_000, 7_200.0),
}
"""The profiles by name; `quick` draws the same examples every time, so that a test that passes stays so."""


class _EnoughError(BaseException):
    """The time of a law is over. No `Exception`, because Hypothesis takes these for failures."""


class _Run:
    """One law over one format."""

    def __init__(self, law: str, name: str, check: Callable[[Any], None], profile: Profile) -> None:
        self.law = law
        self.name = name
        self.check = check
        self.profile = profile
        self.started = time.monotonic()
        self.ends = self.started + profile.seconds
        self.count = 0
        self.failure: tuple[str, object] | None = None
        self.listener = Listener()

    def attempt(self, example: Any) -> None:  # noqa: ANN401 - cables, bytes, or tuples of them
        """Try one example; the last that fails is the shortest, because Hypothesis ends with that."""
        if time.monotonic() > self.ends:
            raise _EnoughError
        self.count += 1
        try:
            with conduct(self.law, self.name, example, self.listener, self.profile.example_seconds):
                self.check(example)
        except LawError as error:
            if self.failure is None:
                self.ends = min(self.ends, time.monotonic() + self.profile.shrink_seconds)
            self.failure = (str(error).removeprefix(f"{error.law}: "), example)
            raise
        except HangError:
            self.failure = (f"{self.name} hangs: no answer within {self.profile.example_seconds:g} s.", example)
            raise

    def outcome(self) -> Outcome:
        """What came of it."""
        seconds = time.monotonic() - self.started
        if self.failure is None:
            return Outcome(self.law, "holds", examples=self.count, seconds=seconds)
        detail, example = self.failure
        return Outcome(self.law, "broken", detail, shown(example), self.count, seconds)


def explore(  # noqa: PLR0913, PLR0917 - what is tried, on what, and how much
    law: str,
    name: str,
    check: Callable[[Any], None],
    first: Iterable[Any],
    drawn: SearchStrategy[Any],
    last: Iterable[Any],
    profile: Profile,
) -> Outcome:
    """Try a law on examples until one breaks it.

    Args:
        law: The law's name.
        name: The format's name.
        check: Raises `LawError` where the law does not hold for an example.
        first: Examples to begin with, the shortest first.
        drawn: Where more come from.
        last: Examples to end with, which are long.
        profile: How many, and for how long.
    """
    run = _Run(law, name, check, profile)
    with run.listener:
        try:
            for example in first:
                run.attempt(example)
            _draw(run, drawn)
            for example in last:
                run.attempt(example)
        except (LawError, HangError, _EnoughError):
            pass  # it stands in the run
        except Unsatisfiable:
            run.failure = run.failure or ("no example could be made: its writer refuses every cable.", ())
        except Flaky:
            detail, example = run.failure or ("it fails", ())
            run.failure = (f"not every time: {detail}", example)
    return run.outcome()


def _draw(run: _Run, drawn: SearchStrategy[Any]) -> None:
    @hypothesis.settings(
        max_examples=run.profile.examples,
        derandomize=run.profile.derandomise,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        print_blob=False,
        phases=(Phase.generate, Phase.target, Phase.shrink),
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(drawn)
    def search(example: Any) -> None:  # noqa: ANN401 - as above
        run.attempt(example)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", HypothesisWarning)  # such as that an example is long, which some are to be
        search()


def shown(example: object) -> str:
    """An example as Python that can be pasted into a test: what is as by default is left out."""
    words = _shown(example)
    return words if len(words) <= _MAX_SHOWN else f"{words[:_MAX_SHOWN]}... ({len(words):,} characters)"


def _shown(value: Any) -> str:  # noqa: ANN401 - any value of an example
    if isinstance(value, Cable) or (attrs.has(type(value)) and type(value).__module__.startswith("cableformat")):
        given = [
            f"{field.name}={_shown(getattr(value, field.name))}"
            for field in attrs.fields(type(value))
            if field.init and getattr(value, field.name) != field.default
        ]
        return f"{type(value).__name__}({', '.join(given)})"
    if isinstance(value, tuple):
        inner = ", ".join(map(_shown, value))
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    return repr(value)
