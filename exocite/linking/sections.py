"""Sentences of a work that tell what was to be done and how, not what was found.

The sections of structured abstracts are those of PubMed's label list. Objective and methods hold
nothing to quote, background what was known before; a label counts until the next one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_WITHOUT_RESULTS = """
    objective|objectives|aim|aims|purpose|purpose of review|goal|goals|hypothesis|scope
    aims and objectives|method|methods|material and methods|materials and methods
    patients and methods
    subjects and methods|methodology|methods and materials|methods and analysis|study design|design
    design and methods|research design and methods|design and setting|setting|settings
    setting and participants|design, setting, and participants|participants|patients|subjects
    population|study selection|study population|data sources|data source|data extraction
    data collection|data synthesis methods|search strategy|search methods|literature search
    selection criteria|eligibility criteria|data collection and analysis|intervention
    interventions|exposure|exposures|main outcome measures|main outcome measure|outcome measures
    main outcomes and measures|main outcome|measurements|statistical analysis|keyword|keywords
    key words|search terms|trial registration|registration|funding
    """
_WITH_RESULTS = """
    background|backgrounds|introduction|context|rationale|importance|background and aim
    background and aims|background and objective|background and objectives|background and purpose
    result|results|findings|finding|main results|key results|principal findings|main findings
    methods and results|methods and findings|methodology/principal findings|results and discussion
    observations|evidence synthesis|data synthesis|conclusion|conclusions|discussion|summary
    interpretation|significance|conclusions and relevance|conclusion and relevance|implications
    limitations|recent findings|key points|highlights|authors' conclusions|level of evidence|outcome
    outcomes|recommendations
    """


def _names(lines: str) -> list[str]:
    return [name.strip() for line in lines.split("\n") for name in line.split("|") if name.strip()]


_LABELS = dict.fromkeys(_names(_WITHOUT_RESULTS), True) | dict.fromkeys(
    _names(_WITH_RESULTS), False
)
_LABEL = re.compile(r"\W{0,3}(?P<name>[A-Za-z][A-Za-z',/ ]{2,50}?)\s?(?:[:.–—]|\n|$)")
_CAPITALS = re.compile(r"[A-Z]{3,}(?:[,/]? [A-Z]{2,}){0,4}(?=\s)")
_PLAN = re.compile(
    r"(?:here|herein|in th(?:is|e present|e current)\s(?:\w+\s){0,2}?"
    r"(?:review|article|paper|study|work|survey|chapter|section|overview|report|manuscript)),?\s+"
    r"(?:we|i|the authors?)\s(?:\w+ly\s|will\s|also\s|first\s|aim(?:ed)?\sto\s){0,2}"
    r"(?:summari[sz]e|review|discuss|describe|outline|highlight|provide|present an?\s"
    r"(?:overview|summary)|survey|explore|focus|introduce|address|examine|consider|aim|search)"
    r"|(?:the\s(?:\w+\s)?(?:aim|aims|purpose|objective|objectives|goal)s?\sof\s"
    r"(?:this|the|our|the present)\s)"
    r"|th(?:is|e present|e current)\s(?:\w+\s){0,2}?"
    r"(?:review|article|paper|survey|chapter|overview|manuscript)\s(?:\w+ly\s|will\s|also\s){0,2}"
    r"(?:aim|summari[sz]e|review|discuss|describe|outline|highlight|provide|survey|explore|focus"
    r"|introduce|address|examine|consider|seek|cover)"
    r"|(?:we|the authors)\s(?:\w+ly\s)?(?:searched|aimed|sought|reviewed)\b"
    r"|(?:an?\s|the\s)?(?:\w+\s){0,3}(?:search|searches)\s(?:\w+\s){0,3}"
    r"(?:was|were)\s(?:\w+ly\s)?(?:performed|conducted|carried|done|made|undertaken)"
    r"|to\s(?:review|summari[sz]e|assess|evaluate|investigate|determine|examine|explore)\b",
    re.IGNORECASE,
)


def asides(sentences: Sequence[str], *, labelled: bool) -> list[bool]:
    """For each sentence of a text whether it only tells what was to be done, or how.

    `labelled` is for abstracts: the label of a section holds for its further sentences.
    """
    found, inside = [], False
    for sentence in sentences:
        head = sentence[:200]
        label, at = _label(head) if labelled else ("", 0)
        inside = _LABELS.get(label, inside)
        found.append(inside or bool(_PLAN.match(head[at:].lstrip())))
    return found


def _label(head: str) -> tuple[str, int]:
    """The label at the start of the sentence and where it ends; "" and 0 for none."""
    found = _LABEL.match(head)
    if found and found["name"].casefold() in _LABELS:
        return found["name"].casefold(), found.end()
    capitals = _CAPITALS.match(head)
    words = capitals[0].split(" ") if capitals else []
    for count in range(len(words), 0, -1):
        written = " ".join(words[:count])
        if written.casefold() in _LABELS:
            return written.casefold(), len(written)
    return "", 0
