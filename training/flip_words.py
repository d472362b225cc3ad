"""The words that training.flips changes: opposites, synonyms, verbs, units, quantifiers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

_IRREGULAR = {
    "rise": ("rises", "rose", "rising"),
    "fall": ("falls", "fell", "falling"),
    "grow": ("grows", "grew", "growing"),
    "shrink": ("shrinks", "shrank", "shrinking"),
    "lose": ("loses", "lost", "losing"),
    "drop": ("drops", "dropped", "dropping"),
    "stop": ("stops", "stopped", "stopping"),
    "begin": ("begins", "began", "beginning"),
    "keep": ("keeps", "kept", "keeping"),
    "bind": ("binds", "bound", "binding"),
    "permit": ("permits", "permitted", "permitting"),
    "upset": ("upsets", "upset", "upsetting"),
    "win": ("wins", "won", "winning"),
    "show": ("shows", "showed", "showing"),
    "give": ("gives", "gave", "giving"),
    "drive": ("drives", "drove", "driving"),
    "make": ("makes", "made", "making"),
    "lead": ("leads", "led", "leading"),
}


def forms(verb: str) -> tuple[str, str, str, str]:
    """Base, third person, past and -ing form."""
    if verb in _IRREGULAR:
        return (verb, *_IRREGULAR[verb])
    if verb.endswith("e"):
        return verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    ending = "es" if verb.endswith(("s", "sh", "ch", "x")) else "s"
    return verb, verb + ending, f"{verb}ed", f"{verb}ing"


# Each line: words of one direction | words of the other.
_VERBS = """
    increase raise elevate | decrease reduce lower
    enhance augment boost | diminish weaken attenuate reduce
    promote foster encourage | inhibit prevent suppress hinder
    stimulate | inhibit suppress depress
    activate | inactivate inhibit deactivate repress
    induce trigger | suppress prevent block
    upregulate | downregulate
    accelerate hasten | delay slow decelerate
    improve ameliorate | worsen impair deteriorate
    strengthen | weaken
    amplify | dampen attenuate
    expand | contract shrink
    extend prolong lengthen | shorten curtail
    facilitate enable | impede hamper prevent
    exacerbate aggravate | alleviate relieve mitigate
    rise grow | fall drop decline
    stabilize | destabilize
    stabilise | destabilise
    maintain preserve | disrupt abolish lose
    restore rescue | abolish disrupt
    permit allow | prevent forbid
    protect | harm endanger
    cause | prevent
    gain | lose
    include | exclude
    accept | reject
    support | contradict
    confirm | refute
    phosphorylate | dephosphorylate
    methylate | demethylate
    polarize | depolarize
    sensitize | desensitize
    assemble | disassemble
    acquire | lose
    express | lack
    contain | lack
    exceed | trail
    precede | follow
    succeed | fail
    attract | repel
    open | close
    start begin | stop end
    survive | die
    require need | dispense
    retain | lose
    favor | disfavor
    recruit | exclude
    potentiate | antagonize inhibit
"""
_PAIRS = """
    increase | decrease reduction decline
    increases | decreases reductions
    rise | fall drop
    elevation | reduction
    enhancement | impairment reduction
    activation | inactivation inhibition
    stimulation | inhibition suppression
    induction | suppression
    promotion | prevention
    improvement | worsening deterioration
    upregulation | downregulation
    up-regulation | down-regulation
    up-regulated | down-regulated
    upregulated | downregulated
    overexpression | knockdown
    expansion | contraction
    gain | loss
    growth | shrinkage
    acceleration | delay
    accumulation | depletion
    presence | absence
    excess | deficiency lack
    abundance | scarcity
    higher greater larger | lower smaller
    high | low
    highly | poorly
    more | less fewer
    most | least
    highest largest greatest | lowest smallest
    longer | shorter
    long | short
    longest | shortest
    faster | slower
    fast rapid | slow
    rapidly quickly | slowly
    earlier | later
    early | late
    better | worse
    best | worst
    stronger | weaker
    strong | weak
    strongly | weakly
    older | younger
    heavier | lighter
    wider | narrower
    deeper | shallower
    hotter warmer | colder
    richer | poorer
    upper | lower
    large big | small
    positive | negative
    positively | negatively
    beneficial helpful | harmful detrimental
    protective | harmful
    effective efficacious | ineffective
    efficient | inefficient
    effectively | ineffectively
    efficiently | inefficiently
    safe | unsafe dangerous
    sufficient | insufficient
    adequate | inadequate
    necessary essential required crucial indispensable | dispensable unnecessary
    sensitive susceptible | resistant insensitive
    sensitivity susceptibility | resistance
    resistance | sensitivity
    dependent | independent
    dependently | independently
    direct | indirect
    directly | indirectly
    similar comparable | different dissimilar
    same | different opposite
    identical | distinct
    equal | unequal
    common frequent prevalent | rare uncommon
    commonly frequently often | rarely seldom
    stable | unstable
    active | inactive
    reversible | irreversible
    normal | abnormal
    benign | malignant
    mild | severe
    acute | chronic
    superior | inferior
    proximal | distal
    upstream | downstream
    internal inner | external outer
    intracellular | extracellular
    before | after
    during | outside
    with | without
    within | outside
    above | below
    inside | outside
    dominant | recessive
    agonist | antagonist
    agonists | antagonists
    activator | inhibitor repressor
    activators | inhibitors repressors
    oncogene | tumour-suppressor
    hyperglycemia | hypoglycemia
    hypertension | hypotension
    hypermethylation | hypomethylation
    hypermethylated | hypomethylated
    pro-inflammatory proinflammatory | anti-inflammatory
    pro-apoptotic | anti-apoptotic
    homozygous | heterozygous
    success | failure
    successful | unsuccessful
    successfully | unsuccessfully
    advantage benefit | disadvantage harm
    benefits | harms
    possible | impossible
    likely | unlikely
    able | unable
    ability | inability
    known | unknown
    significant | insignificant negligible
    significantly | insignificantly
    major main | minor
    primary | secondary
    excitatory | inhibitory
    permeable | impermeable
    soluble | insoluble
    visible | invisible
    voluntary | involuntary
    symptomatic | asymptomatic
    symmetric | asymmetric
    aerobic | anaerobic
    hydrophobic | hydrophilic
    first | last second
    majority | minority
    maximum maximal | minimum minimal
    win victory | defeat
    northern | southern
    eastern | western
    north | south
    east | west
    public | private
    legal | illegal
    urban | rural
    male | female
    men | women
    prenatal | postnatal
"""
_AMBIGUOUS = frozenset(("open", "close", "end", "contract", "trail", "express", "sensitivity"))

OPPOSITES: dict[str, list[str]] = defaultdict(list)
INFLECTED: dict[tuple[str, str], str] = {}
VERB_FORM: dict[str, tuple[str, str]] = {}


def _table(text: str) -> Iterable[tuple[list[str], list[str]]]:
    for line in text.strip().splitlines():
        left, right = line.split("|")
        yield left.split(), right.split()


def _both(left: Iterable[str], right: Iterable[str]) -> None:
    for word in left:
        OPPOSITES[word] += [other for other in right if other not in OPPOSITES[word]]


def _fill() -> None:
    verbs: set[str] = set(_PLAIN.split())
    for left, right in _table(_VERBS):
        verbs.update((*left, *right))
        for number in range(4):
            ours, theirs = ([forms(verb)[number] for verb in side] for side in (left, right))
            _both(ours, theirs)
            _both(theirs, ours)
    for left, right in _table(_PAIRS):
        _both(left, right)
        _both(right, left)
    for verb in sorted(verbs):
        base, third, past, _ = forms(verb)
        for form, kind in ((base, ""), (third, "s"), (past, "ed")):
            INFLECTED[base, kind] = form
            VERB_FORM[form] = (base, kind)
    for word in _AMBIGUOUS:
        OPPOSITES.pop(word, None)


# Verbs that take a "not" but have no opposite here.
_PLAIN = """
    affect alter associate correlate contribute mediate regulate control interact bind localize
    depend involve play form encode differ change modulate influence target predict produce
    generate develop occur exhibit display show reveal demonstrate indicate suggest participate
    function act respond serve provide lead result represent exist remain drive determine detect
    identify find report observe convert cleave degrade secrete release recognize tend explain
    improve help treat cure kill damage injure infect replicate live work use make give receive
"""
_fill()


def _words(found: Iterable[str], flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    longest_first = sorted(found, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", flags)


OPPOSITE = _words(OPPOSITES)
# A third person or past form that stands for a sentence's verb, not for a participle: the words
# before it must not be an auxiliary, an article or a preposition.
PLAIN_VERB = re.compile(
    r"(?<!\ba )(?<!\ban )(?<!\bthe )(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbe )"
    r"(?<!\bbeen )(?<!\bof )(?<!\bby )(?<!\bwith )(?<!\bin )(?<!\bhas )(?<!\bhave )(?<!\bhad )"
    r"(?<!\bnot )(?<!\band )(?<!\bor )(?<!\bto )(?<!\bthan )(?<!\bfor )(?<!\bvia )(?<!ly )"
    r"(?<![\w-])(?:"
    + "|".join(
        sorted(
            (form for form, (base, kind) in VERB_FORM.items() if kind == "s" or (kind == "ed")),
            key=lambda word: (-len(word), word),
        )
    )
    + r")(?= (?:the|a|an|its|their|his|her|this|that|these|those|in|to|with|on|at|for|from|as|both|"
    r"all|many|several|no|\w+(?:ly|tion|ing|ity|ed|ic|al|s)|[A-Z]\S+)\b)",
)
AUXILIARY = re.compile(
    r"(?<![\w-])(?:is|are|was|were|can|could|will|would|may|might|should|has been|have been|"
    r"had been)"
    r"(?= )(?! not\b| no\b| never\b| neither\b)",
    re.IGNORECASE,
)
NEGATOR = re.compile(
    r"(?<![\w-])(?:not|no|never|neither|nor|cannot|without|fails?|failed|lacks?|lacked|lacking|absence|"
    r"none|nobody|nothing|unable|\w+n't)(?![\w-])",
    re.IGNORECASE,
)
AFFIRMED = {
    "is not": "is",
    "are not": "are",
    "was not": "was",
    "were not": "were",
    "could not": "could",
    "cannot": "can",
    "can not": "can",
    "may not": "may",
    "will not": "will",
    "would not": "would",
    "has not": "has",
    "have not": "have",
    "had not": "had",
    "had no": "had an",
    "has no": "has an",
    "have no": "have an",
    "there is no": "there is",
    "there was no": "there was a",
    "there were no": "there were",
    "there are no": "there are",
    "no significant": "a significant",
    "no difference": "a difference",
    "no differences": "differences",
    "no effect": "an effect",
    "no evidence": "evidence",
    "no association": "an association",
    "no increase": "an increase",
    "no change": "a change",
    "without": "with",
    "unable to": "able to",
    "but not": "and also",
    "neither": "both",
    "lack of": "presence of",
    "absence of": "presence of",
    "independent of": "dependent on",
    "rather than": "as well as",
}
REMOVABLE = re.compile(
    r"(?<![\w-])(?:(?:"
    + "|".join(sorted(map(re.escape, AFFIRMED), key=lambda text: (-len(text), text)))
    + r")(?![\w-])|(?P<auxiliary>does|did|do|failed to|fails to|fail to)"
    r"(?:(?<=do)|(?<=does)|(?<=did)|(?<=to))(?: not(?: significantly)?)? (?P<verb>"
    + "|".join(sorted({base for base, _ in INFLECTED}, key=lambda text: (-len(text), text)))
    + r")(?![\w-]))",
    re.IGNORECASE,
)
COUNTS = "two three four five six seven eight nine ten twelve twenty".split()
SPELLED = _words((*COUNTS, "eleven", "fifteen", "thirty"))
_UNIT_KINDS = (
    ("ng", "µg", "mg", "g", "kg"),
    ("nm", "µm", "mm", "cm", "m", "km"),
    ("nM", "µM", "mM"),
    ("seconds", "minutes", "hours", "days", "weeks", "months", "years"),
    ("second", "minute", "hour", "day", "week", "month", "year"),
    ("ml", "l"),
    ("%", "-fold"),
    ("bp", "kb", "Mb"),
    ("mmHg", "kPa"),
    ("million", "billion", "thousand"),
    ("daily", "weekly", "monthly"),
)
UNITS = {one: [o for o in kind if o != one] for kind in _UNIT_KINDS for one in kind}
UNIT = re.compile(
    r"(?<=\d )(?:ng|µg|mg|g|kg|nm|µm|mm|cm|m|km|nM|µM|mM|ml|l|bp|kb|Mb|mmHg|kPa)(?![\w/])|"
    r"(?<=\d[ -])(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|million|"
    r"billion|thousand)\b|\b(?:daily|weekly|monthly)\b|(?<=\d)%(?! )"
)
COMPARATORS = {
    "more than": "less than",
    "less than": "more than",
    "fewer than": "more than",
    "greater than": "less than",
    "at least": "at most",
    "at most": "at least",
    "up to": "more than",
    "over": "under",
    "above": "below",
    "below": "above",
    "higher than": "lower than",
    "lower than": "higher than",
    "larger than": "smaller than",
    "smaller than": "larger than",
    "better than": "worse than",
    "worse than": "better than",
    "longer than": "shorter than",
    "shorter than": "longer than",
    "superior to": "inferior to",
    "inferior to": "superior to",
    ">": "<",
    "<": ">",
    "≥": "<",
    "≤": ">",
}
COMPARATOR = re.compile(
    r"\b(?:(?:more|less|fewer|greater) than(?= \d| half| a )|at least|at most|up to(?= \d)|"
    r"over(?= \d)|(?:above|below)(?= \d)|(?:higher|lower|larger|smaller|better|worse|longer|"
    r"shorter) than|superior to|inferior to)\b|(?<!p)(?<!P)(?<!p )(?<!P )[><≥≤](?= ?\d)",
    re.IGNORECASE,
)
QUANTIFIERS = {
    "all": ["none of the", "only a few of the", "no"],
    "every": ["no", "hardly any"],
    "most": ["few", "hardly any"],
    "many": ["few", "hardly any"],
    "several": ["no", "almost no"],
    "few": ["many", "most"],
    "always": ["never", "rarely"],
    "never": ["always", "often"],
    "often": ["rarely", "never"],
    "usually": ["rarely", "seldom"],
    "rarely": ["often", "usually"],
    "both": ["neither of the", "only one of the"],
    "only": ["not only"],
    "everyone": ["no one"],
    "completely": ["partly"],
    "entirely": ["not at all"],
    "half": ["a quarter", "all"],
    "one-third": ["two-thirds"],
    "twice": ["half", "three times"],
    "doubled": ["halved", "tripled"],
    "halved": ["doubled"],
    "twofold": ["tenfold"],
    "exclusively": ["never"],
    "the majority of": ["a minority of", "few of the"],
    "a minority of": ["the majority of"],
}
QUANTIFIER = _words(QUANTIFIERS)
COMPARATIVE = re.compile(
    r"\b(?:higher|lower|larger|smaller|greater|better|worse|longer|shorter|faster|slower|older|"
    r"younger|stronger|weaker|fewer|more|less|increased|decreased|reduced|elevated|superior|inferior)\b"
)
GROUPS = re.compile(
    r"\b(in|among|for|with|after|from) ([^,;:.]{3,50}?) "
    r"((?:than|compared with|compared to|relative to|versus) (?:\1 )?(?:the |those )?)"
    r"([^,;:.]{3,50}?)(?=[.,;]|$)"
)
COMPARED = re.compile(
    r"^([^,;:]{4,90}?) ((?:is|are|was|were) (?:significantly |much |markedly |slightly )?"
    r"(?:higher|lower|larger|smaller|greater|better|worse|longer|shorter|faster|slower|older|"
    r"younger|stronger|weaker|superior|inferior|more \w+|less \w+) (?:than|to)) "
    r"([^,;:]{4,90}?)((?: \(.*)?\.?)$"
)

_SAME = """
    increased = raised; elevated | increases = raises; elevates | increase = rise
    decreased = reduced; lowered | decreases = reduces; lowers | reduced = decreased; lowered
    reduces = decreases; lowers | reduction = decrease | decrease = reduction; decline
    elevated = raised; increased | enhanced = increased; boosted | enhances = boosts; increases
    promotes = fosters; furthers | inhibits = blocks; suppresses | inhibited = blocked; suppressed
    suppresses = inhibits; represses | suppressed = inhibited | activates = switches on
    induces = triggers; brings about | induced = triggered | attenuated = weakened
    associated with = linked to; related to; correlated with | linked to = associated with
    leads to = results in; causes | results in = leads to | led to = resulted in
    required for = needed for; necessary for | essential for = crucial for; indispensable for
    crucial = essential; vital | critical = crucial | important = key; significant
    shows = exhibits; displays | exhibits = shows | demonstrated = shown | reveals = shows
    contributes to = plays a part in | plays a role in = is involved in; contributes to
    is involved in = plays a role in; participates in | is caused by = results from; is due to
    due to = because of; owing to | because of = due to | such as = including; like
    including = such as | patients = people; individuals | individuals = people
    subjects = participants | participants = people | mice = animals | children = young people
    approximately = about; around; roughly | about = approximately | nearly = almost
    significantly = markedly; considerably | markedly = considerably | substantially = considerably
    rapidly = quickly | frequently = often | often = frequently | rarely = seldom
    higher = greater | greater = higher | larger = bigger | lower = smaller | several = multiple
    many = numerous | numerous = many | multiple = several | most = the majority of
    the majority of = most | majority of = most of | using = by means of; with
    method = approach | approach = method | treatment = therapy | therapy = treatment
    disease = illness; disorder | cancer = malignancy | tumor = tumour | tumors = tumours
    death = mortality | mortality = death rate | infants = babies | obtain = get | however = but
    identified = found; detected | found = observed | detected = found | observed = seen
    show = demonstrate | demonstrate = show | indicate = suggest | suggest = indicate
    regulates = controls | controls = regulates | mediated by = brought about by; through
    improves = betters; ameliorates | improved = bettered | worse = poorer | better = superior
    prevents = averts; stops | prevented = averted | protects against = guards against
    whereas = while | while = whereas | within = inside | during = in the course of
    derived from = originating from | consists of = is made up of | contains = includes
    causes = brings about; leads to | caused = brought about | impairs = harms; compromises
    before = prior to | after = following | following = after | compared with = relative to
    risk = likelihood; odds | effective = efficacious | unable to = not able to
    is not = isn't | are not = aren't | was not = wasn't | did not = didn't | does not = doesn't
    cannot = can not; is unable to | independent of = not dependent on | failed to = did not
    absence of = lack of | lack of = absence of | without = in the absence of
    no difference = no change | similar to = comparable to; like | different from = unlike
"""
SYNONYMS: dict[str, list[str]] = {
    old.strip(): [word.strip() for word in new.split(";")]
    for entry in _SAME.replace("\n", "|").split("|")
    if entry.strip()
    for old, new in [entry.split("=")]
}
SYNONYM = _words(SYNONYMS)

_DIGITS = dict(
    zip("two three four five six seven eight nine ten".split(), range(2, 11), strict=True)
)
_NAMES = {str(number): word for word, number in _DIGITS.items()}
Rewrite = Callable[["re.Match[str]"], str]


_SMALLER = {"mg": "µg", "g": "mg", "kg": "g", "mm": "µm", "µm": "nm", "mM": "µM", "µM": "nM"}


def _smaller(found: re.Match[str]) -> str:
    value = float(found["value"]) * 1000
    return f"{value:g} {_SMALLER[found['unit']]}"


SAME_NUMBER: tuple[tuple[re.Pattern[str], Rewrite], ...] = (
    (_words(_DIGITS), lambda found: str(_DIGITS[found[0].lower()])),
    (re.compile(r"(?<![\w.,-])[2-9](?= [a-z]{3,})"), lambda found: _NAMES[found[0]]),
    (re.compile(r"(?<=\d) ?%"), lambda _: " per cent"),
    (re.compile(r"(?<=\d) ?%"), lambda _: " percent"),
    (re.compile(r"\b(?:two-fold|twofold|2-fold)\b"), lambda _: "double"),
    (
        re.compile(r"(?<![\d.,-])(?P<value>\d+(?:\.\d+)?) (?P<unit>mg|g|kg|mm|µm|mM|µM)(?![\w/])"),
        _smaller,
    ),
    (re.compile(r"\b24 (?:h|hours)\b"), lambda _: "one day"),
    (re.compile(r"\b48 (?:h|hours)\b"), lambda _: "two days"),
    (re.compile(r"\b12 months\b"), lambda _: "one year"),
    (re.compile(r"\b50 ?%(?= of)"), lambda _: "half"),
    (re.compile(r"\b25 ?%(?= of)"), lambda _: "a quarter"),
)
HEDGE = re.compile(
    r"\b(?:may|might|could|suggests that|appears to|seems to|possibly)\b", re.IGNORECASE
)
CERTAIN = {
    "may": "will always",
    "might": "will certainly",
    "could": "always will",
    "suggests that": "proves that",
    "appears to": "is proven to",
    "seems to": "is certain to",
    "possibly": "certainly",
}
NAME = re.compile(
    r"(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*(?:[A-Z]|\d)[\w-]*[A-Z\d])[A-Za-z][\w-]{2,14}(?![\w-])"
)
