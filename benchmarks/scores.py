"""How well the grammar reads the real excerpts of ../shared/cases: a table, and the cases it reads otherwise.

Usage: python benchmarks/scores.py [--misses] [FOLDER]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

from cableformat import Cable, ModelError, canonical_id

CASES = Path(__file__).resolve().parents[2] / "shared" / "cases"
# What is asked for, in percent.
WANTED = {
    "canonical_id": 99,
    "classified_by": 97,
    "declassify_on": 100,
    "info_recipients": 100,
    "recipients": 100,
    "references": 99,
    "references_full": 95,
    "signed_by": 99,
    "subject": 99,
    "summary": 99,
    "tags": 99,
}


class Score(NamedTuple):
    """The cases of one field: how many there are, and those that are read otherwise, each with what was read."""

    field: str
    total: int
    misses: list[tuple[dict[str, Any], Any]]

    @property
    def right(self) -> int:
        return self.total - len(self.misses)

    @property
    def percent(self) -> float:
        return 100 * self.right / self.total

    @property
    def is_enough(self) -> bool:
        return self.percent >= WANTED.get(self.field, 100)


def read(field: str, case: dict[str, Any]) -> Any:
    """What the library reads for a case, in the form in which the case states it."""
    text = case["text"]
    if field == "canonical_id":
        try:
            return canonical_id(text)
        except ModelError as error:
            return str(error)
    is_header = field in ("recipients", "info_recipients")
    year = case.get("year")
    cable = Cable.from_text(
        "" if is_header else text,
        header=text if is_header else "",
        reference_id=case.get("reference_id") or None,
        created=f"{year}-01-01" if year else None,
    )
    if is_header:
        names = ("route", "name", "precedence", "mcn", "excluded")
        return [
            {n: list(v) if isinstance(v := getattr(a, n), tuple) else v for n in names} for a in getattr(cable, field)
        ]
    if field == "references":
        return list(dict.fromkeys(r.value for r in cable.references if r.kind == "CABLE"))
    if field == "references_full":
        return [{"value": r.value, "kind": r.kind, "bullet": r.bullet} for r in cable.references]
    value = getattr(cable, field)
    if field == "declassify_on":
        return value and value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def folded(value: Any) -> Any:
    """The value with white space folded."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return [folded(item) for item in value]
    if isinstance(value, dict):
        return {key: folded(item) for key, item in value.items()}
    return value


def scores(folder: Path = CASES) -> list[Score]:
    """The scores of all fields in a folder of cases."""
    found = []
    for path in sorted(folder.glob("*.json")):
        cases = json.loads(path.read_text(encoding="utf-8"))
        results = [(case, read(path.stem, case)) for case in cases]
        misses = [(case, got) for case, got in results if folded(got) != folded(case["expected"])]
        found.append(Score(path.stem, len(cases), misses))
    return found


def main(arguments: list[str]) -> int:
    folders = [Path(argument) for argument in arguments if not argument.startswith("-")]
    folder = folders[0] if folders else CASES
    if not folder.is_dir():
        print(f"Skipped: there is no {folder}, the folder of real excerpts.")
        return 0
    found = scores(folder)
    print("| field | right | of | % | wanted | |\n|---|---|---|---|---|---|")
    for score in found:
        verdict = "" if score.is_enough else "too few"
        wanted = WANTED.get(score.field, 100)
        print(f"| {score.field} | {score.right} | {score.total} | {score.percent:.1f} | {wanted} | {verdict} |")
    if "--misses" in arguments:
        for score in found:
            for case, got in score.misses:
                print(f"\n{score.field}: {case['text'][-400:]!r}\n  wanted {case['expected']!r}\n  read   {got!r}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
