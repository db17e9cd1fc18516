"""One law over one installed format in a process of its own, so that a crash or a hang is an outcome, not an end."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from cableformat.testing.conformance import (
    Law,
    law_named,
    laws_named,
    profile_named,
    reasons_by_law,
    subject_of,
    try_law,
)
from cableformat.testing.exploration import Profile
from cableformat.testing.verdict import Outcome, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_SPARE = 60.0  # seconds for starting, and for the example that is under way when the time is over


def check_isolated(  # noqa: PLR0913 - all but the first are optional keywords
    name: str,
    *,
    profile: str | Profile = "quick",
    expected_failures: Mapping[str, str] | None = None,
    samples: Iterable[Path] = (),
    laws: Iterable[str] | None = None,
    jobs: int = 1,
    done: Callable[[Outcome], None] = lambda _: None,
) -> Verdict:
    """As `check_format`, for an installed format, each law in a process of its own.

    Args:
        name: The name of the format.
        profile: How much is tried.
        expected_failures: Laws that are known not to hold, each with the reason.
        samples: Files of the format.
        laws: The names of the laws to try; by default all.
        jobs: How many laws are tried at once.
        done: Called with each outcome as it comes.

    Raises:
        UnknownFormatError: There is no format of that name.
        OptionError: There is no law or profile of a name.
        OSError: A sample cannot be read.
    """
    profile = profile_named(profile)
    expected, chosen = reasons_by_law(expected_failures), laws_named(laws)
    paths = [path.resolve(strict=True) for path in samples]
    subject_of(name)

    def run(law: Law) -> Outcome:
        outcome = _in_a_process(name, law.name, profile, paths).expecting(expected.get(law.name))
        done(outcome)
        return outcome

    with ThreadPoolExecutor(max(1, jobs)) as pool:
        return Verdict(name, profile.name, tuple(pool.map(run, chosen)))


def _in_a_process(name: str, law: str, profile: Profile, samples: list[Path]) -> Outcome:
    task = {"format": name, "law": law, "profile": attrs.asdict(profile), "samples": [str(path) for path in samples]}
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "outcome.json"
        limit = profile.seconds + profile.example_seconds + _SPARE
        try:
            ended = subprocess.run(  # noqa: S603 - this Python, and this module
                [sys.executable, "-m", "cableformat.testing.worker", str(result)],
                input=json.dumps(task).encode(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                check=False,
                timeout=limit,
            )
        except subprocess.TimeoutExpired:
            return Outcome(law, "broken", f"{name} hangs: its process did not end within {limit:g} s.", seconds=limit)
        if not result.exists():
            said = ended.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
            how = f"by signal {-ended.returncode}" if ended.returncode < 0 else f"with code {ended.returncode}"
            return Outcome(law, "broken", f"{name} ends the process {how}. {''.join(said)}".rstrip())
        return Outcome(**json.loads(result.read_bytes()))


def main(result: Path) -> None:
    """Do the task that stands on standard input, and put its outcome into a file."""
    task = json.load(sys.stdin)
    subject = subject_of(task["format"], [Path(path).read_bytes() for path in task["samples"]])
    outcome = try_law(law_named(task["law"]), subject, Profile(**task["profile"]))
    result.write_text(json.dumps(attrs.asdict(outcome)), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
