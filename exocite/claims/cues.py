"""Signs in a sentence's wording that it claims something, or that it does not, as tables.

Each cue is a list of words, a pattern, or both; a pattern is searched in the lower-case sentence.
The order of the table is the order in which a cue is named as the reason.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from exocite.claims.openings import LONGEST, Openings, first_word, openings
from exocite.frozen import dataclass
from exocite.patterns import regex


@dataclass(frozen=True, slots=True)
class Cue:
    """A sign: its name, the kind of sentence it speaks for, and what to tell a person of it.

    `claims` says whether the kind is one that needs a source.
    """

    name: str
    kind: str
    says: str
    claims: bool
    words: frozenset[str] = frozenset()
    pattern: Pattern | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern, and with what its matches begin."""

    expression: re.Pattern[str]
    openings: Openings


def _pattern(*alternatives: str) -> Pattern:
    """One pattern of all; those that begin at a word share that test, which is twice as fast."""
    words = [one.removeprefix(r"\b") for one in alternatives if one.startswith(r"\b")]
    others = [one for one in alternatives if not one.startswith(r"\b")]
    together = "|".join([*others, *([rf"\b(?:{'|'.join(words)})"] if words else [])])
    return Pattern(regex(together), openings(alternatives))


def _forms(verbs: str) -> frozenset[str]:
    """The present, past and -ing forms of regular verbs."""
    forms: set[str] = set()
    for verb in verbs.split():
        if verb.endswith("e"):
            forms |= {verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"}
        elif verb.endswith("y") and verb[-2] not in "aeo":
            forms |= {verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"}
        elif verb.endswith(("s", "sh", "ch", "x")):
            forms |= {verb, f"{verb}es", f"{verb}ed", f"{verb}ing"}
        else:
            forms |= {verb, f"{verb}s", f"{verb}ed", f"{verb}ing"}
    return frozenset(forms)


def _is_inflected(word: str) -> bool:
    return word.endswith(("s", "ed", "ing"))


def _words(*groups: str) -> frozenset[str]:
    return frozenset(word for group in groups for word in group.split())


_EFFECTS = _forms(
    "reduce increase improve cause trigger prevent promote boost stimulate inhibit enhance lower"
    " raise accelerate slow damage protect relieve treat cure kill destroy restore soften fade"
    " strengthen weaken block activate suppress regulate modulate influence affect alter disrupt"
    " impair reverse delay prolong shorten soothe ease heal repair regenerate rejuvenate tighten"
    " smooth hydrate moisturise moisturize nourish neutralise neutralize eliminate remove absorb"
    " penetrate release deliver produce generate encourage facilitate mediate induce contribute"
    " minimise minimize maximise maximize diminish decrease alleviate aggravate worsen harm expose"
    " transfer convert dissolve constrict dilate widen replenish detoxify purify balance support"
    " help transform attract disturb irritate provoke shrink speed hasten limit threaten pollute"
    " interfere interact bind target signal stabilise stabilize thicken plump lighten"
) | _words(
    "led leads leading results resulted fell rose grew dropped shrinks shrank sped binds bound",
    "makes made driven drives drove sets gives gave keeps turns breaks broke",
)

_NUMBER_WORDS = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty"
    r"|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|trillion|dozen)"
)
_UNIT = (
    r"(?:%|percent|per cent|percentage|million|billion|trillion|thousand|hundred|mg|µg|g|kg|ml|mm"
    r"|cm|m|km|nm|µm|litres?|liters?|grams?|kilograms?|milligrams?|micrograms?|metres?|meters?"
    r"|kilometres?|kilometers?|nanometres?|nanometers?|miles|feet|inches|degrees|°c|°f|°|hours?"
    r"|minutes?|seconds?|days?|weeks?|months?|years?|times|fold|people|patients|adults|women|men"
    r"|children|participants|countries|states|species|dollars?|euros?|pounds?|cents|watts?|tonnes?"
    r"|tons?|calories|kcal|points|jobs|cases|deaths)"
)

CUES: tuple[Cue, ...] = (
    Cue(
        *("question", "question", "asks a question"),
        claims=False,
        pattern=_pattern(r"\?[\"'”’)\]]{0,3}$"),
    ),
    Cue(
        *("boilerplate", "boilerplate", "is boilerplate"),
        claims=False,
        pattern=_pattern(
            r"all rights reserved",
            r"©",
            r"\bcookies?\b.{0,20}(?:policy|settings)",
            r"\bsubscribe\b",
            r"\bnewsletter\b",
            r"\bsign up\b",
            r"\bdisclaimer\b",
            r"(?:not|no) (?:a )?(?:substitute|intended|constitute|replace)\b",
            r"\bthis (?:page|content|site|website|information)\b",
            r"\baffiliate\b",
            r"\bsponsored\b",
            r"\b(?:click|tap|scroll|read more|see also)\b",
            r"\bin the comments\b",
            r"\bfree search engine\b",
            r"\bterms (?:of|and)\b",
        ),
    ),
    Cue(
        *("meta", "meta", "tells what the text does"),
        claims=False,
        pattern=_pattern(
            r"\b(?:this|our|the following|the present|following|next|previous) (?:article|post|blog"
            r"|guide|piece|paper|chapter|section|sections|overview|review|page|list|tutorial)\b",
            r"\b(?:we|i)(?:'ll|’ll| will| shall| then| first| now)? (?:explain|explore|discuss"
            r"|describe|present|look at|take a look|summari[sz]e|review|examine|outline|cover"
            r"|turn to|return to|see|break down)\b",
            r"\blet(?: us|'s|’s| me) (?:\w+ )?(?:look|take|explore|dive|start|begin|weigh|clear"
            r"|turn|tell|see|go|examine|consider|get|unpack|break)\b",
            r"\b(?:below|above|here) (?:is|are|we|you)\b",
            r"\bread on\b",
            r"\bas (?:mentioned|noted|described|discussed|shown) (?:above|below|earlier|in)\b",
            r"\bwhat follows\b",
            r"\bsections that follow\b",
            r"\borgani[sz]ed as follows\b",
        ),
    ),
    Cue(
        *("own result", "own result", "reports the authors' own work"),
        claims=False,
        pattern=_pattern(
            r"\b(?:we|i) (?:\w+ly )?(?:found|find|observed?|show|showed|measured?|performed|used"
            r"|use|tested|analy[sz]ed|compared?|computed|calculated|collected|recruited|asked|assessed"
            r"|examined|identified|hypothesi[sz]ed?|conducted|determined|demonstrated?|evaluated"
            r"|estimated?|obtained|propose|developed|investigated?|included|excluded|conclude|report"
            r"|applied|chose|selected|generated|detected|set|report)\b",
            r"\bour (?:\w+ )?(?:results?|findings?|data|study|analys[ei]s|experiments?|model"
            r"|method|sample|observations?|approach|hypothesis|algorithm|cohort|work|simulations?)\b",
            r"\b(?:this|the present|the current) (?:study|work|paper|analysis|experiment)\b",
            r"\b(?:fig|figs|figure|figures|table|tables)\b\.? ?s?\d",
            r"\bp ?[<=>≤] ?0?\.\d",
            r"\bwere (?:performed|obtained|purchased|collected|measured|calculated|analy[sz]ed"
            r"|incubated|washed|used|excluded|included|recruited|generated|tested|placed|recorded"
            r"|randomi[sz]ed|assessed|selected|extracted|stained|grown|maintained|added)\b",
            r"\bwas (?:performed|obtained|purchased|collected|measured|calculated|analy[sz]ed"
            r"|used|carried out|conducted|determined|added|approved|recorded|assessed|set)\b",
        ),
    ),
    Cue(
        *("advice", "advice", "gives advice"),
        claims=False,
        words=_words("should shouldn't shouldn’t"),
        pattern=_pattern(
            r"^(?:please |always |never |simply |just |so |but |and |then |instead,? |also,? )?"
            r"(?:make|choose|ask|avoid|try|use|keep|look|consider|remember|start|begin|talk|consult"
            r"|contact|check|add|apply|drink|eat|wear|buy|take|store|stay|get|find|give|leave|plant"
            r"|call|book|visit|join|learn|discover|download|don't|don’t|do not|be|let|listen|trust"
            r"|write|decide|think|imagine|note|feel|enjoy|follow|read|go|feed|shave|tell|protect"
            r"|bring|say|surround|give|set|unlock|breathe|mix|rinse|wash|see|speak|schedule|pick"
            r"|limit|wait|treat|build|invest|test|preheat|ensure|click|share|stop|include|opt|seek)"
            r"\b(?! (?:is|are|was|has|can|may|of)\b)",
            r"\bif you(?:'re|’re| are| have| want| need| feel| would)\b",
            r"\b(?:make sure|be sure|ask your|talk to|speak to|consult|recommended dose)\b",
            r"\byou (?:need|must|can|may|might|could|ought|want)\b",
            r"\bour advice\b",
        ),
    ),
    Cue(
        *("norm", "opinion", "says what ought to be"),
        claims=False,
        words=_words("must ought deserve deserves crucial vital essential imperative"),
        pattern=_pattern(
            r"\b(?:it is|it's|it’s|is|are|remains?) (?:\w+ )?(?:crucial|important|essential|vital"
            r"|necessary|imperative|key|critical|time)(?: that| to| for|\b)",
            r"\b(?:are|is) (?:urgently )?(?:needed|required|called for)\b",
            r"\bneeds? to\b",
            r"\bwe (?:must|need|should|cannot|have to|owe|have got|ought)\b",
        ),
    ),
    Cue(
        *("opinion", "opinion", "gives an opinion"),
        claims=False,
        words=_words(
            "beautiful wonderful amazing lovely magical great good fantastic perfect favourite",
            "favorite fun exciting excited love hate happy luckily fortunately sadly surprising",
            "simply truly really hope glad proud remarkable impressive powerful stunning elegant",
            "fascinating incredible crazy hard easy fair unfair moral wrong",
        ),
        pattern=_pattern(
            r"\bi (?:\w+ )?(?:think|believe|love|like|hope|feel|guess|wish|want|would|used|am)\b",
            r"\b(?:in my|to my|my own|my favou?rite)\b",
            r"\bwe (?:believe|hope|love|think)\b",
            r"\bpersonally\b",
            r"\bone could argue\b",
            r"\bno wonder\b",
            r"\bnothing (?:beats|less|like)\b",
        ),
    ),
    Cue(
        *("rhetoric", "opinion", "is rhetoric"),
        claims=False,
        words=_words(
            "quest journey era realm landscape buzzword hype sparking sparks",
            "eternal flawless radiant ever-evolving ever-changing timeless captivating endless",
        ),
        pattern=_pattern(
            r"!$",
            r"\bworld of\b",
            r"\b(?:in )?today's\b",
            r"\bthese days\b",
            r"\b(?:nobody|no one|everyone|everybody|anyone|who) (?:likes?|wants?|knows?|would)\b",
            r"\b(?:come a long way|here to stay|game[- ]changer|look no further|only time will tell"
            r"|remains to be seen|comes down to|nothing short of|anything but|the race is on"
            r"|scratch the surface|as with any|as so often|there are many|a few things|no surprise"
            r"|needless to say|the good news|the truth|the lesson|more than ever|than ever before"
            r"|at the end of the day|when it comes to|the possibilities|one thing is)\b",
            r"\bfor (?:many|most|some) (?:of us|people|women|men)\b",
            r"\bhas never been\b",
        ),
    ),
    Cue(
        *("marketing", "opinion", "advertises"),
        claims=False,
        words=_words(
            "revolutionize revolutionise revolutionizing revolutionising revolution unlock unleash",
            "pamper indulge glow luxurious must-have attractive affordable experienced dedicated",
            "transformative inspire inspires companion community mission youthful",
        ),
        pattern=_pattern(
            r"\bour (?:clinic|team|experts?|products?|range|company|sessions?|services?|mission"
            r"|practice|store|customers?|clients?|app)\b",
            r"\b(?:book|call us|free (?:trial|consultation|shipping|checklist)|find out more"
            r"|sign up|to learn more|contact us|visit us|get in touch)\b",
            r"\bwe (?:offer|are here|help|created|provide|pride)\b",
            r"\bpoised to\b",
            r"\bgarner(?:ing|ed|s)?\b.{0,30}\battention\b",
        ),
    ),
    Cue(
        *("personal", "opinion", "tells a personal experience"),
        claims=False,
        words=_words("my mine myself i'm i’m i've i’ve"),
        pattern=_pattern(r"\bi (?:have|had|was|remember|learned|met|tried|stayed|will|'ll)\b"),
    ),
    Cue(
        *("definition", "definition", "defines a word"),
        claims=False,
        pattern=_pattern(
            r"\b(?:is|are) defined as\b",
            r"\b(?:refers?|refer) to\b",
            r"\bthe term\b",
            r"\b(?:is|are) (?:a|an|the) (?:type|form|kind|process|practice|string|set|term|name"
            r"|measure|ability|study|branch|procedure|condition)\b",
            r"\bmeans\b",
            r"\b(?:is|are) (?:also )?(?:called|known as)\b",
        ),
    ),
    Cue(
        *("quantity", "quantity", "gives a quantity"),
        claims=True,
        pattern=_pattern(
            rf"(?:[$€£¥] ?\d|\d)[\d,.]*(?:[–-]| to )?[\d,.]*[ -]?{_UNIT}(?![a-z])",
            r"[$€£¥] ?\d[\d,.]*",
            rf"\b{_NUMBER_WORDS}[ -](?:\w+ )?{_UNIT}(?![a-z])",
            r"\b(?:half|third|thirds|quarter|quarters|fifth|majority|most) of\b",
            r"\bone in (?:\w+)\b",
            rf"\b{_NUMBER_WORDS} (?:out of|in) {_NUMBER_WORDS}\b",
            r"\b(?:doubled|tripled|quadrupled|halved|twice|threefold|fivefold|tenfold)\b",
            r"\b(?:millions|billions|thousands|hundreds|dozens) of\b",
        ),
    ),
    Cue(
        *("attribution", "attribution", "relies on others' findings"),
        claims=True,
        words=_words(
            "studies researchers scientists experts trials trial reportedly allegedly",
            "clinically survey surveys economists epidemiological meta-analysis critics",
        ),
        pattern=_pattern(
            r"\baccording to\b",
            r"\b(?:study|review|research|evidence|analysis|report|literature|data|work|experiments?"
            r"|authors|groups|findings|poll|audit)\b.{0,40}\b(?:found|shown?|shows|showed|suggests?"
            r"|suggested|indicates?|indicated|demonstrated?|demonstrates|reports|reported|reveals?"
            r"|revealed|concluded|supports?|confirmed|links?|linked|estimates?|estimated)\b",
            r"\b(?:has|have|had) (?:\w+ )?been (?:\w+ )?(?:shown|found|reported|linked|associated"
            r"|suggested|proposed|demonstrated|described|observed|implicated|identified|detected"
            r"|proven|documented|known|studied|used)\b",
            r"\b(?:is|are|was|were) (?:\w+ )?(?:known|thought|believed|said|considered|reported"
            r"|estimated|associated|linked|shown|found|expected|recognized|recognised) (?:to|that"
            r"|as|with|by|for)\b",
            r"\bhave (?:demonstrated|shown|found|reported|suggested|proposed)\b",
            r"\bhas (?:demonstrated|shown|found|reported|suggested|proposed)\b",
            r"\b(?:previously|recently|earlier) (?:\w+ )?(?:shown|reported|described)\b",
            r"\bet al\b",
        ),
    ),
    Cue(
        *("quotation", "quotation", "quotes or reports what someone said"),
        claims=True,
        words=_words("said says told announced warned warns argued argues claimed claims ruled"),
        pattern=_pattern(r"[\"“][^\"”]{12,}[\"”]"),
    ),
    Cue(
        *("comparison", "comparison", "compares"),
        claims=True,
        words=_words(
            "than compared versus vs unlike whereas similar similarly fewer rarer highest lowest",
            "largest biggest fastest slowest oldest strongest commonest cheapest",
        ),
        pattern=_pattern(
            r"\b(?:as \w+ as|in contrast|head to head|most (?:common|frequent|popular|widely|often"
            r"|abundant|important|expensive|\w+ed)|least \w+|the first|the only|the leading)\b",
        ),
    ),
    Cue(
        *("effect", "causal or effect", "states an effect"),
        claims=True,
        words=_EFFECTS,
        pattern=_pattern(
            r"\b(?:lead|leads|led|leading) to\b",
            r"\bresult(?:s|ed|ing)? (?:in|from)\b",
            r"\b(?:because of|due to|thanks to|responsible for|effects? (?:of|on)|causes? of"
            r"|risk of|side effects?|so that|depends? on|required for|involved in)\b",
            r"\bbecause\b",
        ),
    ),
    Cue(
        *("history", "existence or property", "gives a date or an event"),
        claims=True,
        words=_words(
            "founded invented introduced launched built opened elected voted vetoed passed signed",
            "banned discovered established destroyed born died awarded adopted began grew",
        ),
        pattern=_pattern(r"\b(?:1[5-9]|20)\d\d\b", r"\bcentur(?:y|ies)\b", r"\bdecades?\b"),
    ),
    Cue(
        *("prediction", "prediction", "predicts"),
        claims=True,
        words=_words("projected forecast forecasts predicted predicts"),
        pattern=_pattern(
            r"\b(?:will|is expected to|are expected to|is likely to|are likely to|plans to)\b",
            r"\bby 20\d\d\b",
        ),
    ),
    Cue(
        *("property", "existence or property", "states a property"),
        claims=True,
        words=_words(
            "contain contains contained consist consists comprise comprises include includes",
            "carry carries possess possesses belong belongs occur occurs exist exists live",
            "lives remain remains require requires secrete secreted located found rich common",
            "rare toxic effective safe resistant sensitive non-invasive natural properties",
            "responsible cover covers covering applies hold holds stores serves act acts",
        ),
        pattern=_pattern(
            r"\b(?:plays?|playing|played) an? (?:\w+ )?(?:role|part)\b",
            r"\b(?:is|are) (?:made|obtained|derived|produced|composed|found|used|located) \w+\b",
            r"\b(?:ability|abilities|capacity|potential) (?:to|of|for)\b",
            r"\bmade up of\b|\bmakes up\b|\bknown for\b",
        ),
    ),
)

BY_NAME: Mapping[str, Cue] = {cue.name: cue for cue in CUES}


_RUN = regex(r"\w+")


class _Beginnings:
    """Where in a sentence the cues' patterns can begin; a cue is told by its place in the table."""

    def __init__(self, found: Iterable[Pattern | None]) -> None:
        self._words: dict[str, list[int]] = {}
        self._begun: dict[str, list[int]] = {}
        self._heads: dict[str, list[int]] = {}
        self._marks: dict[str, list[int]] = {}
        self._phrases: dict[str, list[tuple[str, int]]] = {}
        self._digit: list[int] = []
        for cue, pattern in enumerate(found):
            if pattern is not None:
                self._add(pattern.openings, cue)
        self._of_word = lru_cache(maxsize=16_384)(self._opened)

    def _add(self, opening: Openings, cue: int) -> None:
        for known, texts in (
            (self._words, opening.words),
            (self._begun, opening.begun),
            (self._heads, opening.heads),
            (self._marks, opening.marks),
        ):
            for text in texts:
                known.setdefault(text, []).append(cue)
        for phrase in opening.phrases:
            self._phrases.setdefault(first_word(phrase), []).append((phrase, cue))
        if opening.digit:
            self._digit.append(cue)

    def _opened(self, word: str) -> tuple[tuple[int, int, str], ...]:
        """The cues that this word can begin: which, how far in the word, and with what phrase."""
        begun = {word[:length] for length in range(1, LONGEST + 1)}
        cues = [*self._words.get(word, ()), *(c for one in begun for c in self._begun.get(one, ()))]
        digits = [at for at, sign in enumerate(word) if sign.isdecimal()]
        return (
            *((cue, 0, "") for cue in dict.fromkeys(cues)),
            *((cue, 0, phrase) for phrase, cue in self._phrases.get(word, ())),
            *((cue, at, "") for cue in self._digit for at in digits),
        )

    def within(self, text: str) -> dict[int, list[int]]:
        """For each cue whose pattern can begin in a lower-case sentence, all offsets where it can.

        They are in no order, and some may be there twice.
        """
        found: dict[int, list[int]] = {}
        for run in _RUN.finditer(text):
            opened = self._of_word(run[0])
            for cue, further, phrase in opened:
                if not phrase or text.startswith(phrase, run.start()):
                    found.setdefault(cue, []).append(run.start() + further)
        head = _RUN.match(text)
        for cue in self._heads.get(head[0], ()) if head else ():
            found.setdefault(cue, []).append(0)
        for mark, cues in self._marks.items():
            at = text.find(mark)
            while at >= 0:
                for cue in cues:
                    found.setdefault(cue, []).append(at)
                at = text.find(mark, at + 1)
        return found


_BEGINNINGS = _Beginnings(cue.pattern for cue in CUES)
_TOLD: dict[str, set[int]] = {}
"""The cues that each word shows by itself, by their places in the table."""
for _place, _cue in enumerate(CUES):
    for _word in _cue.words:
        _TOLD.setdefault(_word, set()).add(_place)


def cues(text: str, words: Iterable[str]) -> dict[str, str]:
    """The cues of a lower-case sentence and, for each, the words that show it."""
    tokens = list(words)
    begun = _BEGINNINGS.within(text)
    told = set().union(*filter(None, map(_TOLD.get, tokens)))
    found: dict[str, str] = {}
    for place in sorted(begun.keys() | told):
        cue = CUES[place]
        match = _matched(cue.pattern, text, begun.get(place, ()))
        if match:
            found[cue.name] = match[0].strip()
        elif place in told:
            shown = [token for token in tokens if token in cue.words]
            # "releases" is surely a verb, "target" in "target cells" is none: show the former.
            found[cue.name] = next(filter(_is_inflected, shown), shown[0])
    return found


def _matched(pattern: Pattern | None, text: str, starts: Collection[int]) -> re.Match[str] | None:
    """What a search for the pattern finds, which can match at these offsets alone."""
    if pattern is None or not starts:
        return None
    match = pattern.expression.match
    return next(filter(None, (match(text, at) for at in sorted(starts))), None)
