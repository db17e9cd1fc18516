"""Fuzz one target, guided by coverage: `python tests/fuzz/run.py TARGET [options of libFuzzer] [folders]`.

`python tests/fuzz/run.py --list` names the targets; `--seeds FOLDER` writes what fuzzing begins with, a folder a target.
Only the code of the project is instrumented: what the libraries do is theirs, and slows everything down.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import importlib
import io
import os
import pkgutil
import sys
from pathlib import Path

try:
    import atheris
except ImportError:
    sys.exit("There is no atheris here; it has wheels for CPython 3.11 to 3.13 on Linux and macOS.")

sys.path.insert(0, str(Path(__file__).parent))
OURS = ["cableformat", "cableformat_html", "cableformat_tei", "cableformat_pdf", "cableformat_table"]
NOT_READ = ("cableformat.cli", "cableformat.corpus", "cableformat.testing", "cableformat.__main__")


def _load_all() -> None:
    """Import every module that reading may need while imports are instrumented; readers are imported on first use."""
    for name in OURS:
        try:
            package = importlib.import_module(name)
        except ImportError:
            continue
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not module.name.startswith(NOT_READ):
                importlib.import_module(module.name)


with contextlib.redirect_stderr(io.StringIO()), atheris.instrument_imports(include=OURS):  # it names every module
    _load_all()

import targets  # noqa: E402 - after the modules under test, which it imports


def _write_seeds(folder: Path) -> None:
    import seeds

    for target, data in seeds.seeds():
        path = folder / target / hashlib.sha256(data).hexdigest()[:16]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def main(arguments: list[str]) -> None:
    """Run what the arguments ask for."""
    if arguments[:1] == ["--list"]:
        print(*targets.TARGETS)  # noqa: T201 - a script
    elif arguments[:1] == ["--seeds"]:
        _write_seeds(Path(arguments[1]))
    else:
        os.environ["CABLEFORMAT_STRICT"] = "1"  # a sniff that fails is a fault, not a warning
        given = [
            f"-max_len={targets.longest(arguments[0])}",
            "-timeout=20",
            "-print_final_stats=1",
            *filter(None, arguments[1:]),
        ]
        again = f"{sys.executable} {sys.argv[0]} {arguments[0]}"  # how libFuzzer begins another of these, to merge
        gc.freeze()  # modules are not garbage, and looking through them after each few inputs takes time
        atheris.Setup([again, *given], targets.TARGETS[arguments[0]])
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
