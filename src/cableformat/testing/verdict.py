"""What the kit says of a format, law by law."""

from __future__ import annotations

from typing import Literal

import attrs

Status = Literal["holds", "broken", "expected", "unexpected", "does not apply"]
_PASSED = frozenset({"holds", "expected", "does not apply"})
_WIDTH = 15


@attrs.frozen
class Outcome:
    """What came of one law.

    Attributes:
        law: Its name, such as `round trip`.
        status: It `holds`; it is `broken`; it is broken as `expected`; it holds and was expected not to
            (`unexpected`); or it `does not apply`.
        detail: In which way it is broken, or why it does not apply.
        example: The shortest example found that breaks it, as Python.
        examples: How many examples were tried.
        seconds: How long it took.
    """

    law: str
    status: Status
    detail: str = ""
    example: str = ""
    examples: int = 0
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        """Whether this outcome is good."""
        return self.status in _PASSED

    def expecting(self, reason: str | None) -> Outcome:
        """The outcome where a failure was expected for a reason (or was not, with None)."""
        if reason is None or self.status == "does not apply":
            return self
        if self.status == "broken":
            return attrs.evolve(self, status="expected", detail=f"{reason} ({self.detail})")
        return attrs.evolve(
            self, status="unexpected", detail=f"It holds, and was expected to fail: {reason} Expect it no longer."
        )

    def __str__(self) -> str:
        lines = [f"{self.law:<{_WIDTH}} {self.status:<{_WIDTH}} {self.examples:>6} examples {self.seconds:>6.1f} s"]
        if self.detail:
            lines.append(f"    {self.detail}")
        if self.example:
            lines.append(f"    for {self.example}")
        return "\n".join(lines)


@attrs.frozen
class Verdict:
    """What came of all laws, for one format; as text a table, law by law."""

    format: str
    profile: str
    outcomes: tuple[Outcome, ...]

    @property
    def passed(self) -> bool:
        """Whether every law holds, or fails as it was expected to."""
        return all(outcome.passed for outcome in self.outcomes)

    @property
    def broken(self) -> tuple[Outcome, ...]:
        """The outcomes that are not good."""
        return tuple(outcome for outcome in self.outcomes if not outcome.passed)

    def __str__(self) -> str:
        head = f"{self.format}: {'conforms' if self.passed else 'does not conform'} (profile {self.profile})"
        return "\n".join([head, *map(str, self.outcomes)])
