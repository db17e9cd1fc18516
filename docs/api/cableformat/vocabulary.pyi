"""The public names of cableformat.vocabulary, made by `make api`."""

KINDS: tuple

class Term:
    def __init__(self, kind: str, term: str, meaning: str, source: str) -> None: ...
    kind: str
    meaning: str
    source: str
    term: str

def explain(term: str, kind: str | None = None) -> Term | None: ...

def terms(kind: str) -> tuple[Term, ...]: ...
