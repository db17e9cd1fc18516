"""The public names of cableformat, made by `make api`."""

class Addressee:
    def __init__(self, route: str | None, name: str, precedence: str | None = None, mcn: str | None = None, excluded: tuple[str, ...] = ()) -> None: ...
    excluded: tuple[str, ...]
    mcn: str | None
    name: str
    precedence: str | None
    route: str | None

class AmbiguousFormatError(FormatError):
    def __init__(self, message: str, *, source: str | None = None, line: int | None = None, column: int | None = None, offset: int | None = None, path: str | None = None, hint: str | None = None) -> None: ...
    exit_code: ClassVar[int]
    position: str

class Annotation:
    def __init__(self, part: str, start: int, end: int, kind: str, attributes: Iterable[tuple[str, str]] = ()) -> None: ...
    attributes: tuple[tuple[str, str], ...]
    end: int
    kind: str
    part: str
    start: int
    where: Span

class Artefact:
    def __init__(self, kind: ArtefactKind, where: Span, raw: str) -> None: ...
    kind: ArtefactKind
    raw: str
    where: Span

class Block:
    def __init__(self, kind: BlockKind, part: Part, start: int, end: int, artefacts: tuple[Artefact, ...] = ()) -> None: ...
    artefacts: tuple[Artefact, ...]
    end: int
    kind: BlockKind
    part: Part
    start: int
    text: str
    where: Span

class BlockKind(StrEnum):
    ARTEFACT = 'artefact'
    AUTHORITY = 'authority'
    BLANK = 'blank'
    CAPTION = 'caption'
    CLOSING = 'closing'
    EMBEDDED = 'embedded'
    EXECUTIVE_ORDER = 'executive_order'
    HEADING = 'heading'
    MARKING = 'marking'
    NOTICE = 'notice'
    PARAGRAPH = 'paragraph'
    REFERENCE = 'reference'
    RESIDUE = 'residue'
    ROUTING = 'routing'
    RULE = 'rule'
    SIGNATURE = 'signature'
    SUBJECT = 'subject'
    TAGS = 'tags'
    TRANSMISSION = 'transmission'
    VERBATIM = 'verbatim'

class Cable:
    def __init__(self, record: Record = ..., parts: Iterable[Part] = (), annotations: Iterable[Annotation] = (), extensions: Any = (), source: Source | None = None, grammar: str = 'us') -> None: ...
    annotations: tuple[Annotation, ...]
    captions: tuple[str, ...]
    classification: str | None
    classified_by: tuple[str, ...]
    @classmethod
    def compose(cls, specification: Specification | None = None, /, **fields: Any) -> Cable: ...
    created: datetime | None
    declassify_on: date | None
    def discrepancies(self) -> tuple[Discrepancy, ...]: ...
    def edit(self, where: Span, text: str) -> Cable: ...
    extensions: tuple[tuple[str, str], ...]
    @classmethod
    def from_text(cls, body: str, header: str = '', reference_id: str | None = None, created: str | datetime | None = None) -> Cable: ...
    grammar: str
    info_recipients: tuple[Addressee, ...]
    is_partial: bool
    mrn: str | None
    origin: str | None
    paragraphs: tuple[Paragraph, ...]
    def part(self, part_id: str) -> Part: ...
    parts: tuple[Part, ...]
    reasons: tuple[str, ...]
    recipients: tuple[Addressee, ...]
    record: Record
    reference_id: str | None
    references: tuple[Reference, ...]
    sender: Addressee | None
    signed_by: tuple[str, ...]
    source: Source | None
    subject: str | None
    summary: str | None
    tags: tuple[str, ...]
    telegram: Telegram
    text: str
    def text_at(self, where: Span) -> str: ...

class CableError(Exception):
    exit_code: ClassVar[int]

class CardinalityError(CableError, ValueError):
    exit_code: ClassVar[int]

class Claim:
    def __init__(self, confidence: Confidence, evidence: str) -> None: ...
    confidence: Confidence
    evidence: str

class Comparison:
    def __init__(self, left: Cable, right: Cable, differences: tuple[Difference, ...]) -> None: ...
    counts: dict[DifferenceKind, int]
    differences: tuple[Difference, ...]
    is_equal: bool
    left: Cable
    def of_group(self, group: Group) -> tuple[Difference, ...]: ...
    right: Cable
    same_wording: bool

class Confidence(IntEnum):
    CONTAINER = 2
    DIALECT = 3
    EXACT = 4
    HINT = 1

class Detection:
    def __init__(self, format: str, confidence: Confidence, evidence: str) -> None: ...
    confidence: Confidence
    evidence: str
    format: str

class Difference:
    def __init__(self, kind: DifferenceKind, aspect: Aspect, path: str, left: Span | str | None, left_text: str | None, right: Span | str | None, right_text: str | None) -> None: ...
    aspect: Aspect
    group: Group
    kind: DifferenceKind
    left: Span | str | None
    left_text: str | None
    def mirrored(self) -> Difference: ...
    path: str
    right: Span | str | None
    right_text: str | None

class DifferenceKind(StrEnum):
    ARTEFACT = 'artefact'
    BLANK_LINES = 'blank_lines'
    CASE = 'case'
    DIVISION = 'division'
    DOUBLE_SPACES = 'double_spaces'
    JOINED = 'joined'
    LINE_ENDS = 'line_ends'
    MISSING = 'missing'
    MOVED = 'moved'
    PARAGRAPH_SIGNS = 'paragraph_signs'
    PUNCTUATION = 'punctuation'
    REPETITION = 'repetition'
    RULES = 'rules'
    SPACES = 'spaces'
    TRAILING_BLANKS = 'trailing_blanks'
    WORDING = 'wording'
    WRAPPING = 'wrapping'
    group: Group

class Discrepancy:
    def __init__(self, field: str, record: str, telegram: str) -> None: ...
    field: str
    record: str
    telegram: str

class Event:
    def __init__(self, kind: EventKind, path: str, reason: str, cable: int = 0, layout: bool = False) -> None: ...
    cable: int
    kind: EventKind
    layout: bool
    path: str
    reason: str

class Format:
    def __init__(self, *, name: str, title: str, media_types: tuple[str, ...] = (), suffixes: tuple[str, ...] = (), magic: tuple[bytes, ...] = (), marker: tuple[bytes, ...] = (), refines: str | None = None, sniff: Sniff | str | None = None, reader: Reader | str | None = None, writer: Writer | str | None = None, validator: Validator | str | None = None, cardinality: Literal['one', 'many'] = 'one', keeps: Keeps = ..., visible: Keeps = ..., edits: Edits | str | None = None, replays: bool = False, splitter: Splitter | str | None = None, joiner: Joiner | str | None = None, options: type[Any] = ..., needs: str = 'cableformat') -> None: ...
    cardinality: Literal['one', 'many']
    edits: Edits | str | None
    joiner: Joiner | str | None
    keeps: Keeps
    def load_edits(self) -> Edits | None: ...
    def load_joiner(self) -> Joiner | None: ...
    def load_reader(self) -> Reader | None: ...
    def load_sniff(self) -> Sniff | None: ...
    def load_splitter(self) -> Splitter | None: ...
    def load_validator(self) -> Validator | None: ...
    def load_writer(self) -> Writer | None: ...
    magic: tuple[bytes, ...]
    marker: tuple[bytes, ...]
    markers: tuple[re.Pattern[bytes], ...]
    media_types: tuple[str, ...]
    name: str
    needs: str
    options: type[Any]
    def parse_options(self, given: dict[str, Any] | None = None) -> Any: ...
    reader: Reader | str | None
    refines: str | None
    replays: bool
    sniff: Sniff | str | None
    splitter: Splitter | str | None
    suffix: str
    suffixes: tuple[str, ...]
    title: str
    validator: Validator | str | None
    visible: Keeps
    writer: Writer | str | None

class FormatError(CableError):
    def __init__(self, message: str, *, source: str | None = None, line: int | None = None, column: int | None = None, offset: int | None = None, path: str | None = None, hint: str | None = None) -> None: ...
    exit_code: ClassVar[int]
    position: str

class Identifier:
    def __init__(self, year: int, post: str, serial: int) -> None: ...
    @classmethod
    def parse(cls, text: str) -> Identifier: ...
    post: str
    serial: int
    year: int

class Input:
    def __init__(self, opener: Callable[[], IO[bytes]], *, name: str | None = None, media_type: str | None = None, charset: str | None = None) -> None: ...
    def decode(self) -> tuple[str, str]: ...
    def derived(self, make: Callable[[Input], T]) -> T: ...
    @classmethod
    def from_bytes(cls, data: bytes, name: str | None = None) -> Input: ...
    head: bytes
    name: str | None
    @classmethod
    def of(cls, source: str | os.PathLike[str] | bytes | IO[bytes] | Input) -> Input: ...
    def open(self) -> IO[bytes]: ...
    def read(self) -> bytes: ...
    sha256: str
    size: int
    def source(self, format_name: str, **facts: str | None) -> Source: ...

class Keeps:
    def __init__(self, level: Literal['MODEL', 'FIELDS', 'NONE'], paths: tuple[str, ...] = (), domain: Callable[[Cable], bool] | None = None) -> None: ...
    def covers(self, cable: Cable) -> bool: ...
    domain: Callable[[Cable], bool] | None
    level: Literal['MODEL', 'FIELDS', 'NONE']
    paths: tuple[str, ...]

class LossError(CableError):
    exit_code: ClassVar[int]

MODEL: Keeps

class Mark:
    def __init__(self, level: str, caveats: tuple[str, ...] = ()) -> None: ...
    caveats: tuple[str, ...]
    level: str

class ModelError(CableError, ValueError):
    exit_code: ClassVar[int]

NONE: Keeps

class NoOptions:
    def __init__(self) -> None: ...

class OfficialSpec:
    def __init__(self, name: str, rank: str | None = None, office: str | None = None) -> None: ...
    name: str
    office: str | None
    rank: str | None

class OptionError(CableError, ValueError):
    exit_code: ClassVar[int]

class Paragraph:
    def __init__(self, number: int | None, mark: Mark | None, text: str, heading: str | None, where: Span, is_broken: bool, artefacts: tuple[Artefact, ...] = (), passages_in: Callable[[Span], tuple[Passage, ...]] = ...) -> None: ...
    artefacts: tuple[Artefact, ...]
    heading: str | None
    is_broken: bool
    mark: Mark | None
    number: int | None
    passages: tuple[Passage, ...]
    running_text: str
    text: str
    where: Span

class ParagraphSpec:
    def __init__(self, text: Any, *, number: int | None = None, mark: Mark | str | None = None, heading: str | None = None, items: Any = ()) -> None: ...
    heading: str | None
    items: tuple[str, ...]
    lines: tuple[str, ...]
    mark: Mark | None
    number: int | None
    opening: str
    text: tuple[str | PassageSpec, ...]

class Part:
    def __init__(self, id: str, role: str, text: str) -> None: ...
    id: str
    role: str
    text: str

class Passage:
    def __init__(self, kind: str, value: str, raw: str, where: Span) -> None: ...
    kind: str
    raw: str
    value: str
    where: Span

class PassageSpec:
    def __init__(self, kind: str, text: str) -> None: ...
    kind: str
    text: str

class Piece:
    def __init__(self, data: bytes, line: int) -> None: ...
    data: bytes
    line: int

class PluginError(CableError):
    exit_code: ClassVar[int]

class PluginFailure:
    def __init__(self, plugin: str, distribution: str | None, reason: str) -> None: ...
    distribution: str | None
    plugin: str
    reason: str

class Problem:
    def __init__(self, message: str, *, line: int | None = None, column: int | None = None, where: str | None = None, rule: str | None = None) -> None: ...
    column: int | None
    line: int | None
    message: str
    rule: str | None
    where: str | None

class Record:
    def __init__(self, reference_id: str | None = None, created: str | None = None, released: str | None = None, classification: str | None = None, origin: str | None = None, subject: str | None = None, tags: str | None = None, references: str | None = None, url: str | None = None, partial: str | None = None, publisher: str | None = None, edition: str | None = None, language: str | None = None, rights: str | None = None, extra: Iterable[tuple[str, str]] = ()) -> None: ...
    classification: str | None
    created: str | None
    edition: str | None
    extra: tuple[tuple[str, str], ...]
    language: str | None
    origin: str | None
    partial: str | None
    publisher: str | None
    reference_id: str | None
    references: str | None
    released: str | None
    rights: str | None
    subject: str | None
    tags: str | None
    url: str | None

class Reference:
    def __init__(self, kind: str, value: str, bullet: str | None, raw: str, where: Span) -> None: ...
    bullet: str | None
    kind: str
    raw: str
    value: str
    where: Span

class ReferenceSpec:
    def __init__(self, value: str, bullet: str | None = None, kind: str = 'CABLE', is_notal: bool = False) -> None: ...
    bullet: str | None
    is_notal: bool
    kind: str
    value: str

class Report:
    def __init__(self) -> None: ...
    def add(self, kind: EventKind, path: str, reason: str, *, layout: bool = False) -> None: ...
    def added(self, path: str, reason: str) -> None: ...
    def altered(self, path: str, reason: str, *, layout: bool = False) -> None: ...
    def differences(self, before: Cable, after: Cable, reason: str) -> None: ...
    losses: tuple[Event, ...]
    def lost(self, path: str, reason: str) -> None: ...
    def refused(self, max_loss: MaxLoss) -> tuple[Event, ...]: ...
    def skipped(self, place: str, reason: str) -> None: ...

class Section:
    def __init__(self, number: int, total: int, where: Span) -> None: ...
    number: int
    total: int
    where: Span

class Sink:
    def __init__(self, stream: IO[bytes], name: str | None = None) -> None: ...
    name: str | None
    stream: IO[bytes]
    def write(self, data: bytes) -> None: ...
    def write_text(self, text: str, charset: str | None = None) -> bytes: ...

class Source:
    def __init__(self, format: str, name: str | None = None, url: str | None = None, retrieved: str | None = None, charset: str | None = None, sha256: str | None = None, extractor: str | None = None, position: str | None = None) -> None: ...
    charset: str | None
    extractor: str | None
    format: str
    name: str | None
    position: str | None
    retrieved: str | None
    sha256: str | None
    url: str | None

class Span:
    def __init__(self, part: str, start: int, end: int) -> None: ...
    end: int
    part: str
    start: int

class Specification:
    def __init__(self, *, transmission_id: str | None = None, precedence: str | None = None, routes: Any = (), created: datetime | None = None, sender: Addressee | str | None = None, recipients: Any = (), info_recipients: Any = (), classification: str = 'UNCLASSIFIED', post: str | None = None, serial: int | None = None, year: int | None = None, sections: int = 1, captions: Any = (), order: int | None = None, declassification: date | str | None = None, tags: Any = (), subject: str | None = None, references: Any = (), classified_by: Any = (), reasons: Any = (), paragraphs: Any = (), signed_by: Any = ()) -> None: ...
    captions: tuple[str, ...]
    classification: str
    classified_by: tuple[OfficialSpec, ...]
    created: datetime | None
    declassification: date | str | None
    executive_order: int
    info_recipients: tuple[Addressee, ...]
    order: int | None
    paragraphs: tuple[ParagraphSpec, ...]
    post: str | None
    precedence: str | None
    reasons: tuple[str, ...]
    recipients: tuple[Addressee, ...]
    reference_id: str | None
    references: tuple[ReferenceSpec, ...]
    routes: tuple[str, ...]
    sections: int
    sender: Addressee | None
    serial: int | None
    signed_by: tuple[str, ...]
    subject: str | None
    tags: tuple[str, ...]
    transmission_id: str | None
    year: int | None
    year_of_sending: int | None

class Telegram:
    def __init__(self, parts: tuple[Part, ...], context: Context, blocks: tuple[Block, ...]) -> None: ...
    action_offices: tuple[Value[str], ...]
    approved_by: Value[str] | None
    artefacts: tuple[Artefact, ...]
    blocks: tuple[Block, ...]
    captions: tuple[Value[str], ...]
    classification: Value[str] | None
    classified_by: tuple[Value[str], ...]
    cleared_by: tuple[Value[str], ...]
    context: Context
    copies: tuple[Value[str], ...]
    created: Value[datetime] | None
    date_time_group: Value[datetime] | None
    declassification: Value[str] | None
    declassify_on: Value[date] | None
    drafted_by: Value[str] | None
    info_recipients: tuple[Value[Addressee], ...]
    is_partial: Value[bool] | None
    mrn: Value[str] | None
    numbered: Value[str] | None
    origin: Value[str] | None
    paragraphs: tuple[Paragraph, ...]
    parts: tuple[Part, ...]
    passages: tuple[Passage, ...]
    pins: Pins
    reasons: tuple[Value[str], ...]
    recipients: tuple[Value[Addressee], ...]
    reference_id: Value[str] | None
    references: tuple[Reference, ...]
    sections: tuple[Section, ...]
    sender: Value[Addressee] | None
    signed_by: tuple[Value[str], ...]
    subject: Value[str] | None
    summary: Value[str] | None
    tags: tuple[Value[str], ...]

class Term:
    def __init__(self, kind: str, term: str, meaning: str, source: str) -> None: ...
    kind: str
    meaning: str
    source: str
    term: str

class UnknownFormatError(CableError, LookupError):
    exit_code: ClassVar[int]

class UnrecognisedError(FormatError):
    def __init__(self, message: str, *, source: str | None = None, line: int | None = None, column: int | None = None, offset: int | None = None, path: str | None = None, hint: str | None = None) -> None: ...
    exit_code: ClassVar[int]
    position: str

class Value(Generic):
    def __init__(self, value: T_co, raw: str, where: Span | str) -> None: ...
    raw: str
    value: T_co
    where: Span | str

def canonical_id(text: str) -> str: ...

def compare(left: Cable, right: Cable) -> Comparison: ...

def convert(source: Source, target: Target, *, from_format: str | None = None, to_format: str | None = None, read_options: Mapping[str, Any] | None = None, write_options: Mapping[str, Any] | None = None, strict: bool = False, max_loss: MaxLoss = 'any') -> Report: ...

def diff(before: Cable, after: Cable) -> tuple[Change, ...]: ...

def dumps(cable: Cable, *, compact: bool = False) -> bytes: ...

def explain(term: str, kind: str | None = None) -> Term | None: ...

def fields(*paths: str, domain: Callable[[Cable], bool] | None = None) -> Keeps: ...

def formats() -> tuple[Format, ...]: ...

hookimpl: HookimplMarker

def identify(source: Source) -> Detection: ...

def loads(data: str | bytes, *, line: int | None = None) -> Cable: ...

def read(source: Source, format: str | None = None, *, options: Mapping[str, Any] | None = None, report: Report | None = None) -> Cable: ...

def read_all(source: Source, format: str | None = None, *, options: Mapping[str, Any] | None = None, report: Report | None = None) -> Iterator[Cable]: ...

def terms(kind: str) -> tuple[Term, ...]: ...

def validate(source: Source, format: str | None = None) -> tuple[Problem, ...]: ...

def write(cables: Cable | Iterable[Cable], target: Target, format: str | None = None, *, options: Mapping[str, Any] | None = None, strict: bool = False, max_loss: MaxLoss = 'any', report: Report | None = None) -> Report: ...
