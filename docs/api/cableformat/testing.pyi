"""The public names of cableformat.testing, made by `make api`."""

class Injection:
    def __init__(self, kind: str, text: str, where: tuple[int, int]) -> None: ...
    def into(self, cable: Cable) -> Cable: ...
    kind: str
    text: str
    where: tuple[int, int]

LAWS: tuple

class LawError(AssertionError):
    def __init__(self, law: str, message: str) -> None: ...

class Outcome:
    def __init__(self, law: str, status: Status, detail: str = '', example: str = '', examples: int = 0, seconds: float = 0.0) -> None: ...
    detail: str
    example: str
    examples: int
    def expecting(self, reason: str | None) -> Outcome: ...
    law: str
    passed: bool
    seconds: float
    status: Status

PROFILES: dict

class Profile:
    def __init__(self, name: str, examples: int, seconds: float, example_seconds: float = 20.0, shrink_seconds: float = 10.0, derandomise: bool = False) -> None: ...
    derandomise: bool
    example_seconds: float
    examples: int
    name: str
    seconds: float
    shrink_seconds: float

class Verdict:
    def __init__(self, format: str, profile: str, outcomes: tuple[Outcome, ...]) -> None: ...
    broken: tuple[Outcome, ...]
    format: str
    outcomes: tuple[Outcome, ...]
    passed: bool
    profile: str

def cables(text: SearchStrategy[str] | None = None): ...

def check_format(known: str | Format, *, profile: str | Profile = 'quick', expected_failures: Mapping[str, str] | None = None, samples: Iterable[bytes] = (), laws: Iterable[str] | None = None, registry: Registry | None = None) -> Verdict: ...

def hostile_bytes(): ...

def injections(spec: Specification) -> SearchStrategy[Injection]: ...

def possible_injections(spec: Specification, cable: Cable) -> list[list[Injection]]: ...

def realistic_cables(): ...

def records(): ...

def recovery(spec: Specification, artefact: Injection | None = None) -> None: ...

def specs(): ...

def telegram_texts(): ...

def texts(max_size: int = 12) -> SearchStrategy[str]: ...
