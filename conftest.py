"""Options, Hypothesis profiles, and the material that only some machines have."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

import cableformat
from cableformat.testing import PROFILES

ROOT = Path(__file__).resolve().parent
SHARED = ROOT.parent / "shared"

collect_ignore = ["tests/fuzz"]  # scripts that need atheris; tests/test_fuzz_corpus.py runs their targets

_COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}
# One commit, one verdict: quick and slow draw the same examples every time; the others explore.
settings.register_profile("quick", max_examples=PROFILES["quick"].examples, derandomize=True, **_COMMON)
settings.register_profile("slow", max_examples=400, derandomize=True, **_COMMON)
# For `make mutants`: enough to tell a mutant, which need not be shrunk.
settings.register_profile(
    "mutants", max_examples=25, derandomize=True, phases=(Phase.explicit, Phase.generate), **_COMMON
)
# For `make coverage`: the same every time, and few, because every line that runs is noted down.
settings.register_profile("coverage", max_examples=25, derandomize=True, **_COMMON)
for _name in ("thorough", "nightly"):
    settings.register_profile(_name, max_examples=PROFILES[_name].examples, **_COMMON)
settings.load_profile("quick")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds `--slow`."""
    parser.addoption("--slow", action="store_true", help="run the tests marked slow, too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skips the slow tests unless they are asked for."""
    if config.getoption("--slow"):
        return
    skip = pytest.mark.skip(reason="slow: runs with --slow")
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real material beside the project."""
    if not SHARED.is_dir():
        pytest.skip("the folder shared/ with real samples is not beside the project")
    return SHARED


@pytest.fixture(scope="session")
def seed_path(shared: Path) -> Path:
    """The page that the project started from."""
    (path,) = (shared / "seed").glob("*.txt")
    return path


@pytest.fixture(scope="session")
def example_path() -> Path:
    """An invented page in the layout of the seed."""
    return ROOT / "examples" / "31PORTMERIDIAN117.txt"


@pytest.fixture(scope="session")
def example(example_path: Path) -> cableformat.Cable:
    """The cable of that page."""
    return cableformat.read(example_path)
