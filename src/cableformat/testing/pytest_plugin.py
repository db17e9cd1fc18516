"""The pytest plugin: `pytest --cableformat-conformance NAME` adds a test for each law over an installed format.

pytest loads it wherever cableformat is installed, so it imports the kit only where it is asked for.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cableformat.testing.verdict import Outcome


class BrokenLawError(Exception):
    """A law that does not hold; pytest shows its outcome and no traceback."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the kit."""
    group = parser.getgroup("cableformat")
    group.addoption(
        "--cableformat-conformance",
        action="append",
        default=[],
        metavar="NAME",
        help="Hold the format NAME to the laws, a test each (may be repeated).",
    )
    group.addoption(
        "--cableformat-profile",
        default="quick",
        metavar="PROFILE",
        help="How much is tried: quick (default), thorough or nightly.",
    )
    group.addoption(
        "--cableformat-sample",
        action="append",
        default=[],
        metavar="FILE",
        help="A file of the format, for one that is only read (may be repeated).",
    )
    parser.addini(
        "cableformat_expected_failures",
        "Laws that are known not to hold, a line each: `LAW: REASON`, or `FORMAT LAW: REASON`.",
        type="linelist",
    )


def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Add the laws of the formats that were asked for."""
    for name in config.getoption("cableformat_conformance"):
        items += _laws(session, config, name)


def _laws(session: pytest.Session, config: pytest.Config, name: str) -> list[pytest.Item]:
    from cableformat.errors import CableError  # noqa: PLC0415 - only where it is asked for
    from cableformat.testing.conformance import LAWS, law_named, profile_named, subject_of  # noqa: PLC0415 - as above

    expected: dict[str, str] = {}
    try:
        for line in config.getini("cableformat_expected_failures"):
            words, _, reason = line.partition(":")
            law = words.strip().removeprefix(f"{name} ")
            if " " in words.strip() and law == words.strip() and not _is_law(law):
                continue  # it is about another format
            expected[law_named(law).name] = reason.strip()
        samples = [Path(path).read_bytes() for path in config.getoption("cableformat_sample")]
        subject = subject_of(name, samples)
        profile = profile_named(config.getoption("cableformat_profile"))
    except (CableError, OSError) as error:
        raise pytest.UsageError(str(error)) from None
    return [
        LawItem.from_parent(
            session,
            name=f"{name}: {law.name}",
            law=law,
            subject=subject,
            profile=profile,
            reason=expected.get(law.name),
        )
        for law in LAWS
    ]


def _is_law(name: str) -> bool:
    from cableformat.testing.conformance import LAWS  # noqa: PLC0415 - as above

    return name in {law.name for law in LAWS}


class LawItem(pytest.Item):
    """One law over one format, as a test."""

    def __init__(self, *, law: Any, subject: Any, profile: Any, reason: str | None, **given: Any) -> None:  # noqa: ANN401 - the kit's classes, not imported here
        super().__init__(**given)
        self.law = law
        self.subject = subject
        self.profile = profile
        self.reason = reason

    def runtest(self) -> None:
        """Try the law; a law that does not apply is skipped."""
        from cableformat.testing.conformance import try_law  # noqa: PLC0415 - only where it is asked for

        outcome: Outcome = try_law(self.law, self.subject, self.profile).expecting(self.reason)
        if outcome.status == "does not apply":
            pytest.skip(outcome.detail)
        if outcome.status == "expected":
            pytest.xfail(outcome.detail)
        if not outcome.passed:
            raise BrokenLawError(str(outcome))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:  # noqa: ANN401 - pytest's
        """The outcome alone, where a law does not hold."""
        if isinstance(excinfo.value, BrokenLawError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where the test is: nowhere in a file."""
        return self.path, None, self.name
