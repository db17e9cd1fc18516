"""The command `cableformat`, one file a command.

Exit codes: 0 done; 1 bad input, or a plugin failed; 2 wrong use (an unknown format or option, a number of cables that
the format cannot hold); 3 refused by `--max-loss`; 4 converted but for what is in quarantine; 5 the system
refused (a file is missing or cannot be written).
`diff` exits with 1 where the cables differ, and with 2 for bad input.
"""

from __future__ import annotations

import sys

_BETWEEN_COLLECTIONS = 100_000
"""New objects between two looks for garbage: more than a command makes of one cable, and a few megabytes."""


def main() -> None:
    """Run the command. `--version` alone is answered without importing anything else."""
    if sys.argv[1:] == ["--version"]:
        from cableformat import __version__  # noqa: PLC0415 - all imports here wait until they are needed

        sys.stdout.write(f"cableformat {__version__}\n")
        return
    import atexit  # noqa: PLC0415 - as above
    import gc  # noqa: PLC0415 - as above

    # What is imported stays until the end, and then goes with the process: to look through it for garbage, on the way
    # and once more at the end, would take a sixth of the time of a conversion.
    gc.set_threshold(_BETWEEN_COLLECTIONS)
    atexit.register(gc.freeze)

    from cableformat.cli.app import run  # noqa: PLC0415 - as above

    sys.exit(run(sys.argv[1:]))
