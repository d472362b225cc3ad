"""How an entry is laid out, and text laid out like it: indentation, delimiters, commas, case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from exocite.bibliography.scan import EntryScan
from exocite.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """The layout of an entry.

    `first` is the comma after the key and `between` that between fields, with the white space
    around them; `tail` stands between the last field, or its comma, and the closing delimiter.
    With `column` > 0 the equals signs stand there, with `value_column` > 0 the values do, counted
    from where the name begins.
    """

    opener: str = "{"
    closer: str = "}"
    first: str = ",\n  "
    between: str = ",\n  "
    before_equals: str = " "
    after_equals: str = " "
    column: int = 0
    value_column: int = 0
    quote: str = "{"
    bare_numbers: bool = False
    trailing_comma: bool = True
    tail: str = "\n"
    case: Callable[[str], str] = str.lower
    type_case: Callable[[str], str] = str.lower

    def assignment(self, name: str, value: str) -> str:
        """`name = value`, the value with its delimiters."""
        name = self.case(name)
        before, after = self.before_equals, self.after_equals
        if self.column:
            before = " " * max(self.column - len(name), 1)
        elif self.value_column:
            after = " " * max(self.value_column - len(name + before) - 1, 1)
        return f"{name}{before}={after}{value}"

    def delimited(self, latex: str) -> str:
        """The value with the delimiters of its neighbours; braces where quotes would end it."""
        if self.bare_numbers and latex.isascii() and latex.isdigit():
            return latex
        return delimited(latex, self.quote)

    def entry(self, type_: str, key: str, fields: Sequence[tuple[str, str]]) -> str:
        """A whole entry; values are LaTeX without delimiters."""
        written = [self.assignment(name, self.delimited(latex)) for name, latex in fields]
        body = self.between.join(written)
        first = self.first if written else ","
        last = self.last_comma if written else ""
        head = f"@{self.type_case(type_)}{self.opener}{key}"
        return f"{head}{first}{body}{last}{self.tail}{self.closer}"

    @property
    def last_comma(self) -> str:
        """The comma after the last field, "" in a style without one."""
        return self.between.partition(",")[0] + "," if self.trailing_comma else ""


def delimited(latex: str, quote: str) -> str:
    """The value in braces or in quotation marks; braces where it holds a quotation mark."""
    if quote == '"' and '"' not in latex:
        return f'"{latex}"'
    return "{" + latex + "}"


def style_of(text: str, scan: EntryScan, type_: str, opener: int, newline: str) -> Style:
    """The style of the entry of `text` that `scan` describes; `type_` is its type as written."""
    base = Style(
        opener=text[opener],
        closer=text[scan.close],
        type_case=_case_of([type_]),
        first=f",{newline}  ",
        between=f",{newline}  ",
        tail=newline,
    )
    if not scan.fields:
        return base
    names = [text[field.name_start : field.name_end] for field in scan.fields]
    values = [text[field.value_start : field.value_end] for field in scan.fields]
    between = _separators(text, scan)
    rest = text[scan.fields[-1].value_end : scan.close]
    before, comma, tail = rest.partition(",")
    field = scan.fields[-1]
    equals = text.index("=", field.name_end)
    lengths = {f.name_end - f.name_start for f in scan.fields}
    columns = {text.index("=", f.name_end) - f.name_start for f in scan.fields}
    value_columns = {f.value_start - f.name_start for f in scan.fields}
    aligned = len(lengths) > 1
    column = columns.pop() if aligned and len(columns) == 1 else 0
    value_column = value_columns.pop() if aligned and len(value_columns) == 1 else 0
    numbers = [value for value in values if value.strip('{}"').isdigit()]
    quotes = Counter(value[0] for value in values if value[0] in '{"')
    return Style(
        opener=text[opener],
        closer=text[scan.close],
        first=between[0],
        between=between[-1],
        before_equals=_blank(text[field.name_end : equals], " "),
        after_equals=_blank(text[equals + 1 : field.value_start], " "),
        column=column,
        value_column=value_column,
        quote=quotes.most_common(1)[0][0] if quotes else "{",
        bare_numbers=bool(numbers) and all(value.isdigit() for value in numbers),
        trailing_comma=bool(comma),
        tail=_blank(tail if comma else before, newline),
        case=_case_of(names),
        type_case=_case_of([type_]),
    )


def insertion(text: str, scan: EntryScan, style: Style, assignment: str) -> tuple[int, str]:
    """Where to splice a further field into an entry, and the text to splice."""
    if not scan.fields:
        comma = text.find(",", scan.key_end, scan.close)
        at = comma + 1 if comma >= 0 else scan.key_end
        lead = style.first.partition(",")[2] if comma >= 0 else style.first
        tail = style.tail if not text[at : scan.close].strip(" \t") else ""
        return at, f"{lead}{assignment}{style.last_comma}{tail}"
    end = scan.fields[-1].value_end
    comma = text.find(",", end, scan.close)
    if comma >= 0 and not text[end:comma].strip():
        before, _, after = style.between.partition(",")
        return comma + 1, f"{after}{assignment}{before},"
    return end, style.between + assignment


def removal(text: str, scan: EntryScan, index: int) -> tuple[int, int]:
    """The stretch to cut out for field `index`: the field with one comma and its white space."""
    field = scan.fields[index]
    after = text.find(",", field.value_end, _next_start(scan, index))
    before_end = scan.fields[index - 1].value_end if index else scan.key_end
    if after >= 0 and not text[field.value_end : after].strip():
        before = text[before_end : field.name_start]
        lead = before.rpartition(",")[2] if not before.rpartition(",")[2].strip() else ""
        return field.name_start - len(lead), after + 1
    comma = text.find(",", before_end, field.name_start)
    return (comma if comma >= 0 else field.name_start), field.value_end


def _next_start(scan: EntryScan, index: int) -> int:
    return scan.fields[index + 1].name_start if index + 1 < len(scan.fields) else scan.close


def _separators(text: str, scan: EntryScan) -> list[str]:
    """The comma in front of each field with the white space around it."""
    ends = [scan.key_end, *(field.value_end for field in scan.fields)]
    return [_separator(text[e : f.name_start]) for e, f in zip(ends, scan.fields, strict=False)]


def _separator(text: str) -> str:
    if not text.replace(",", "", 1).strip() and "," in text:
        return text
    # A comment stands there; only the indentation of the field is a pattern to follow.
    lines = text.splitlines(keepends=True)
    if len(lines) < 2 or lines[-1].strip():
        return ", "
    content = lines[-2].rstrip("\r\n")
    return "," + lines[-2][len(content) :] + lines[-1]


def _blank(text: str, default: str) -> str:
    return text if not text.strip() else default


def _case_of(words: Iterable[str]) -> Callable[[str], str]:
    letters = [word for word in words if word]
    for case in (str.lower, str.upper, _capitalised):
        if letters and all(word == case(word) for word in letters):
            return case
    return str.lower


def _capitalised(word: str) -> str:
    return "-".join(part.capitalize() for part in word.split("-"))
