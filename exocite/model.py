"""The words of exocite as data: one frozen dataclass for each, and nothing else.

Every offset is a code point of `Article.source`, counted from 0, end exclusive. Lines and columns
are derived from offsets (`exocite.text`), never stored beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from exocite.frozen import dataclass

# --------------------------------------------------------------------------- the article


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the article's source: code points from 0, end exclusive."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a block's visible text and the stretch of source that it stands for.

    Lengths are equal where the text was copied, and differ where it was replaced: an entity, a
    wrapped line joined by one space. Runs are in order and cover the visible text without a gap;
    source that no run covers is markup that a reader does not see.
    """

    text_start: int
    text_length: int
    source_start: int
    source_length: int


class BlockKind(StrEnum):
    """What a block is for its reader; only the prose kinds can hold claims."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    QUOTATION = "quotation"
    TABLE = "table"
    CAPTION = "caption"
    CODE = "code"
    BYLINE = "byline"
    NAVIGATION = "navigation"
    BOILERPLATE = "boilerplate"
    METADATA = "metadata"
    REFERENCE = "reference"

    @property
    def is_prose(self) -> bool:
        """Whether sentences of such a block may be claims."""
        return self in _PROSE


_PROSE = frozenset(
    {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTATION, BlockKind.CAPTION}
)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, …: its visible text and where that stands in the source.

    `level` is the depth of a heading (1 is the title's) or of a nested list, else 0. `section` is
    the text of the nearest heading above, "" before the first.
    """

    kind: BlockKind
    span: Span
    text: str
    runs: tuple[Run, ...]
    level: int = 0
    section: str = ""


class CitationKind(StrEnum):
    """How a citation is written.

    `MARKUP` is a citekey in the syntax of any other markup language (reStructuredText, AsciiDoc,
    Org, Typst): its reader alone sees it.
    """

    PANDOC = "pandoc"
    NUMERIC = "numeric"
    AUTHOR_YEAR = "author-year"
    SUPERSCRIPT = "superscript"
    FOOTNOTE = "footnote"
    LATEX = "latex"
    MARKUP = "markup"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class CitedItem:
    """One work named by a citation: the label as written, and the citekeys that it can mean.

    `keys` is empty while unresolved or unknown, holds one citekey when it is clear, and several
    when the label is ambiguous. `locator` is the place in the work ("p. 3", "fig. 4"), "" if none.
    """

    label: str
    span: Span
    locator: str = ""
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """One marker in the text, `[see @a, p. 3; @b]` or `[1, 3-5]`, with the works that it names."""

    kind: CitationKind
    span: Span
    items: tuple[CitedItem, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The citekeys that are clear, in the order of the marker, each once."""
        clear = (item.keys[0] for item in self.items if len(item.keys) == 1)
        return tuple(dict.fromkeys(clear))


@dataclass(frozen=True, slots=True)
class ListedReference:
    """An entry of the article's own reference list, as printed.

    `label` is its number ("1") or key if it has one, else its place in the list, from "1".
    `text` is the entry without its bullet or number, white space collapsed.
    """

    label: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a file that its readers count by ("cell 3", "paragraph 12", "footnote 2").

    It holds the article's source from `start` to where the next place starts.
    """

    start: int
    name: str


@dataclass(frozen=True, slots=True)
class Article:
    """A text under check. `source` is the decoded file without its byte order mark.

    Where the file is not its own text (a notebook, a word processor's file), `source` is the text
    that was taken out of it, `places` say where in the file each stretch of it stands, in order,
    and lines and columns are counted within the place. `encoding` is "" where no text was decoded.
    `citations` are the format's own markers that only its reader can see (footnotes, links, keys
    in markup); the markers of running prose are found by `exocite.claims.citations`.
    """

    path: str
    format: str
    encoding: str
    source: str
    blocks: tuple[Block, ...]
    references: tuple[ListedReference, ...] = ()
    citations: tuple[Citation, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its span in the source, its visible text, and the block that holds it."""

    span: Span
    text: str
    block: int


# --------------------------------------------------------------------------- claims


class ClaimState(StrEnum):
    """Where a claim stands between its first reading and a person's verdict."""

    UNCITED = "uncited"
    CITED = "cited"
    REVIEWED = "reviewed"
    EXEMPT = "exempt"
    STALE = "stale"
    ORPHANED = "orphaned"


class Reach(StrEnum):
    """What a citation covers beside its own sentence, where the article's style shows it."""

    PARAGRAPH = "paragraph"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Cover:
    """The citations that answer for a sentence that has none of its own, and by what they do."""

    reach: Reach
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement that can be true or false and needs a source.

    `id` depends on the words alone, so it survives a move. `text` reads as printed, markers
    included; `statement` is the same without its citation markers. `score` is in 0..1.
    `before` is the sentence before it in its block, "" for the first. `behind` tells for each of
    `citations` how many characters of the statement stand before its marker. `cover` is what cites
    for a claim that has no citation of its own, None where nothing does.
    """

    id: str
    span: Span
    text: str
    statement: str
    score: float
    reason: str
    kind: str = ""
    section: str = ""
    before: str = ""
    citations: tuple[Citation, ...] = ()
    behind: tuple[int, ...] = ()
    cover: Cover | None = None

    @property
    def is_cited(self) -> bool:
        """Whether a marker cites for it: one of its own, or of its paragraph or list."""
        return bool(self.citations) or self.cover is not None


@dataclass(frozen=True, slots=True)
class Anchor:
    """A quotation with its surroundings by which a claim is found again in an edited text.

    Source: TextQuoteSelector and TextPositionSelector of the W3C Web Annotation Data Model.
    """

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


# --------------------------------------------------------------------------- the bibliography


@dataclass(frozen=True, slots=True)
class Name:
    """A person, or a body when only `literal` is set."""

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of the bibliography as it means: LaTeX decoded, macros filled in, names lower case.

    `path` and `line` say where the entry stands; `type` is the entry type in lower case.
    `inherited` are fields that it takes from its crossref and xdata parents.
    """

    key: str
    type: str
    fields: Mapping[str, str]
    path: str = ""
    line: int = 0
    inherited: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    def get(self, name: str) -> str:
        """The field's value, "" where the entry has none."""
        return self.fields.get(name, "")

    def known(self, name: str) -> str:
        """The field's value, else the one that it inherits, "" without either."""
        return self.fields.get(name, "") or self.inherited.get(name, "")


@dataclass(frozen=True, slots=True)
class FieldSpan:
    """Where a field of a printed reference stands in its text, and how sure that is, 0 to 1."""

    name: str
    span: Span
    confidence: float


@dataclass(frozen=True, slots=True)
class ParsedReference:
    """What could be read from a reference printed as text; "" where a field was not found.

    `raw` is the text itself. `pages` is "first-last" or an article number; `year` four digits.
    `spans` tell in order what each stretch of `raw` was taken for; none where rules alone read it.
    """

    raw: str
    type: str = "misc"
    authors: tuple[Name, ...] = ()
    et_al: bool = False
    title: str = ""
    container: str = ""
    publisher: str = ""
    year: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    url: str = ""
    isbn: str = ""
    edition: str = ""
    spans: tuple[FieldSpan, ...] = ()


# --------------------------------------------------------------------------- works


@dataclass(frozen=True, slots=True)
class Update:
    """A notice about a work: a retraction, correction or expression of concern, and its DOI."""

    type: str
    doi: str
    date: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """What a registry says exists. Texts are plain: entities and markup are already undone.

    `updated_by` are notices about this work; `updates` are the works that this one is a notice of.
    `relations` maps a relation ("is-preprint-of") to DOIs. `hash` is that of the registry's record.
    """

    doi: str
    type: str = ""
    title: str = ""
    subtitle: str = ""
    original_title: str = ""
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    container: str = ""
    container_short: str = ""
    publisher: str = ""
    year: str = ""
    years: tuple[str, ...] = ()
    volume: str = ""
    issue: str = ""
    pages: str = ""
    article_number: str = ""
    issn: tuple[str, ...] = ()
    isbn: tuple[str, ...] = ()
    url: str = ""
    language: str = ""
    abstract: str = ""
    updated_by: tuple[Update, ...] = ()
    updates: tuple[Update, ...] = ()
    relations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hash: str = ""


class Outcome(StrEnum):
    """How the resolution of a reference ended. Not checked is no verdict on the reference."""

    MATCHED = "matched"
    AMBIGUOUS = "ambiguous"
    NOT_FOUND = "not_found"
    METADATA_MISMATCH = "metadata_mismatch"
    RETRACTED = "retracted"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field of a reference against a work: agree, conflict or missing, and both values."""

    field: str
    result: str
    ours: str = ""
    theirs: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A work that a reference may mean, with a score in 0..1 and what agreed and what did not."""

    work: Work
    score: float
    comparisons: tuple[Comparison, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """How a reference was resolved and why: the reason is a sentence for the user.

    `work` is set for matched, retracted and metadata_mismatch only.
    """

    outcome: Outcome
    reason: str
    work: Work | None = None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkRecord:
    """A line of works.jsonl: what was last learned of a reference; `check` reads no more than this.

    `reference_hash` is that of the reference's identifying fields at that time: when they change,
    the record no longer speaks of them. `date` is ISO 8601, UTC. `retraction` is the DOI of the
    notice, or the word the registry used, "" for none. `notices` are all that the registry holds of
    the work, corrections and concerns included; `published_as` is the DOI of the version of record
    where the work is a preprint that has one.
    """

    key: str
    outcome: Outcome
    reason: str
    date: str
    registry: str
    doi: str = ""
    title: str = ""
    retraction: str = ""
    hash: str = ""
    reference_hash: str = ""
    abstract: str = ""
    abstract_hash: str = ""
    notices: tuple[Update, ...] = ()
    published_as: str = ""


# --------------------------------------------------------------------------- evidence


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text of a work that a claim can be compared with: its abstract, a note, an attached file.

    `field` says which ("abstract", "annote", "note", "file"), `locator` where in the work ("p. 3",
    "Results", "00:12:31"), `hash` is the SHA-256 of `text` in hexadecimal, `file` the name of the
    attached file that holds it, "" for none.
    """

    key: str
    field: str
    text: str
    locator: str = ""
    hash: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A line of sources.jsonl: a file in bib/sources/ that was attached to a reference.

    `file` is its name there, `original` the name that it came with, `sha256` the hash of its bytes,
    `attached` when (ISO 8601, UTC), `kind` its format. `locator` says which part of the work it is,
    `date` is that of the evidence itself (an interview, a recording), as the person gave it. A file
    that was fetched has its address as `origin`, and the `licence` that the archive named.
    """

    key: str
    file: str
    sha256: str
    attached: str
    kind: str
    original: str = ""
    locator: str = ""
    date: str = ""
    note: str = ""
    origin: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A quoted span of a source text: `start` and `end` are code points of that text."""

    key: str
    field: str
    text: str
    start: int
    end: int
    locator: str = ""
    source_hash: str = ""


class Relation(StrEnum):
    """What a passage does for a claim. Short of a calibrated threshold it only mentions."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    MENTIONS = "mentions"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A passage that the machine proposes for a claim. It is linked, never verified.

    `score` orders suggestions of one claim and is comparable between claims; `confidence` in 0..1
    is the machine's trust that this work holds the evidence. `conflicts` are said in words.
    """

    key: str
    doi: str
    passage: Passage
    relation: Relation
    score: float
    confidence: float
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Linking:
    """The suggestions for one claim, best first. Empty is an answer: `reason` says which.

    `not_compared` are the citekeys of candidates that have no text to compare with. `nearest` is
    the best passage where none was good enough to be suggested, if any came near.
    """

    claim: str
    suggestions: tuple[Suggestion, ...]
    reason: str = ""
    not_compared: tuple[str, ...] = ()
    nearest: Suggestion | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A line of evidence.jsonl: a link between a claim and a passage that a person accepted."""

    article: str
    claim: str
    anchor: Anchor
    key: str
    doi: str
    passage: Passage
    relation: Relation
    score: float
    origin: str
    claim_hash: str = ""


class Judgement(StrEnum):
    """What a person says of a claim and its evidence."""

    SUPPORTED = "supported"
    PARTIAL = "partial"
    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"
    DISPUTED = "disputed"
    EXEMPT = "exempt"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A line of verdicts.jsonl: who judged which text, when, and the hashes of what it rests on."""

    article: str
    claim: str
    anchor: Anchor
    judgement: Judgement
    by: str
    at: str
    key: str = ""
    note: str = ""
    claim_hash: str = ""
    passage_hash: str = ""
    work_hash: str = ""


# --------------------------------------------------------------------------- findings


class Severity(StrEnum):
    """How much a finding weighs. Errors and warnings fail a check; information does not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule reports. Line and column count from 1; `help` says what to do next.

    `place` is the part of the file within which they count, "" for the whole. `fingerprint` says
    what the finding is about and `around` between which words that stands, both as hashes that do
    not depend on lines: by them a baseline knows an old finding again.
    """

    path: str
    line: int
    column: int
    code: str
    severity: Severity
    message: str
    help: str = ""
    end_line: int = 0
    end_column: int = 0
    place: str = ""
    fingerprint: str = ""
    around: str = ""


@dataclass(frozen=True, slots=True)
class Exemption:
    """A comment in an article that says why findings of some rules are to be left out there.

    `span` is the comment, `covers` the stretch of the source that it speaks of (None: of nothing);
    `codes` are codes of rules or their beginnings, `until` the last day on which it holds (ISO
    8601), "" for always. `problem` says why it could not be read; it exempts nothing then.
    """

    span: Span
    covers: Span | None = None
    codes: tuple[str, ...] = ()
    reason: str = ""
    by: str = ""
    until: str = ""
    problem: str = ""

    def holds(self, today: str) -> bool:
        """Whether it counts on this day (ISO 8601; "" for a day that nobody named)."""
        return not self.problem and not (self.until and today and today > self.until)


@dataclass(frozen=True, slots=True)
class NotChecked:
    """Something that could not be checked, and why. It is never a finding.

    `kind` is "reference" for one that was never resolved, "text" for an attached file that could
    not be read, "part" for a file that an article takes in and that is not there, "file" for an
    article that could not be read.
    """

    subject: str
    reason: str
    path: str = ""
    line: int = 0
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many claims there are and how far they have come.

    Percentages are of the claims that are not exempt, 100 when there is none.
    """

    claims: int = 0
    cited: int = 0
    reviewed: int = 0
    supported: int = 0
    exempt: int = 0

    @property
    def cited_percent(self) -> float:
        """Share of claims with a citation or an accepted link, in per cent."""
        return _percent(self.cited, self.claims - self.exempt)

    @property
    def supported_percent(self) -> float:
        """Share of claims whose standing verdict is supported, in per cent."""
        return _percent(self.supported, self.claims - self.exempt)


def _percent(part: int, whole: int) -> float:
    return 100.0 * part / whole if whole else 100.0
