"""`cableformat check`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from cableformat.cli import output
from cableformat.cli.key_values import key_values
from cableformat.errors import OptionError

if TYPE_CHECKING:
    from cableformat.testing.verdict import Outcome, Verdict


def _expected(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    expected = key_values(context, parameter, given)
    for law, reason in expected.items():
        if not reason.strip():
            raise click.BadParameter(f"{f'{law}={reason}'!r} is not LAW=REASON.")
    return expected


@click.command("check")
@click.argument("names", nargs=-1, required=True, metavar="FORMAT...")
@click.option(
    "--profile",
    default="quick",
    show_default=True,
    metavar="quick|thorough|nightly",
    help="How much is tried: some hundred, ten thousand or a hundred thousand examples a law.",
)
@click.option("--seconds", type=click.FloatRange(min=0.1), help="The time a law may take, whatever the profile says.")
@click.option("--law", "laws", multiple=True, metavar="LAW", help="Try only this law (may be repeated).")
@click.option(
    "--sample",
    "samples",
    multiple=True,
    metavar="FILE",
    help="A file of the format, for one that is only read (may be repeated).",
)
@click.option(
    "--expect",
    "expected",
    multiple=True,
    metavar="LAW=REASON",
    callback=_expected,
    help="The law is known not to hold; it is an error if it does.",
)
@click.option("--jobs", type=click.IntRange(min=1), default=os.cpu_count() or 1, help="Laws to try at once.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def command(  # noqa: PLR0913, PLR0917 - one argument an option
    names: tuple[str, ...],
    profile: str,
    seconds: float | None,
    laws: tuple[str, ...],
    samples: tuple[str, ...],
    expected: dict[str, str],
    jobs: int,
    *,
    as_json: bool,
) -> int:
    """Hold installed formats to the laws: does FORMAT lose anything, and does it say so?

    Each law is tried in a process of its own, so a plugin that crashes or hangs is named and the others go on. Exits
    with 0 only if every law holds, or fails as it is expected to.
    """
    try:
        from cableformat.testing.conformance import profile_named  # noqa: PLC0415 - needs Hypothesis
        from cableformat.testing.worker import check_isolated  # noqa: PLC0415 - as above
    except ModuleNotFoundError as error:
        if error.name != "hypothesis":
            raise
        raise OptionError("The kit needs Hypothesis; it comes with: pip install 'cableformat[testing]'.") from None

    chosen = profile_named(profile)
    if seconds is not None:
        chosen = attrs.evolve(chosen, seconds=seconds)
    verdicts = []
    for name in names:
        with output.waiting(f"Trying the laws on {name}") as said:
            verdict = check_isolated(
                name,
                profile=chosen,
                expected_failures=expected,
                samples=[Path(path) for path in samples],
                laws=laws or None,
                jobs=jobs,
                done=lambda outcome, said=said, name=name: said(f"{name}: {outcome.law} {outcome.status}"),  # type: ignore[misc]
            )
        verdicts.append(verdict)
        if not as_json:
            _print(verdict)
    if as_json:
        output.print_json([{**attrs.asdict(verdict), "passed": verdict.passed} for verdict in verdicts])
    return 0 if all(verdict.passed for verdict in verdicts) else 1


def _print(verdict: Verdict) -> None:
    out = output.console()
    rows = [
        (outcome.law, outcome.status, f"{outcome.examples:,}" if outcome.examples else "", f"{outcome.seconds:.1f} s")
        for outcome in verdict.outcomes
    ]
    words = "conforms" if verdict.passed else "does not conform"
    out.print(output.paragraph(f"{verdict.format} {words} (profile {verdict.profile})"))
    out.print(output.table(None, ("Law", "Outcome", "Examples", "Time"), rows))
    for outcome in verdict.outcomes:
        if outcome.detail and outcome.status != "does not apply":
            out.print(output.paragraph(_explained(outcome)))
    out.print()


def _explained(outcome: Outcome) -> str:
    example = f"\n  for {outcome.example}" if outcome.example else ""
    return f"{outcome.law}: {outcome.detail}{example}"
