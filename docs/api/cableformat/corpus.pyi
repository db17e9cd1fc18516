"""The public names of cableformat.corpus, made by `make api`."""

class QuarantinedError(CableError):
    exit_code: ClassVar[int]

class Summary:
    def __init__(self, sources: int = 0, bytes: int = 0, converted: int = 0, resumed: int = 0, events: int = 0, quarantined: int = 0, quarantine: Path = ..., kinds: tuple[tuple[str, int], ...] = ()) -> None: ...
    bytes: int
    converted: int
    events: int
    kinds: tuple[tuple[str, int], ...]
    quarantine: Path
    quarantined: int
    resumed: int
    sources: int

def convert_many(sources: str | os.PathLike[str] | Iterable[str | os.PathLike[str]], target: str | os.PathLike[str], *, to: str, from_format: str | None = None, options: Mapping[str, Any] | None = None, executor: Executor | None = None, jobs: int | None = None, resume: bool = True, on_error: Literal['quarantine', 'raise'] = 'quarantine', limit: float = 60.0, progress: Callable[[Summary], None] | None = None) -> Summary: ...
