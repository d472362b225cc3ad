"""Words that turn a statement: opposites, negators, hedges, quantifiers, and whom it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from exocite.linking.stem import stem
from exocite.linking.terms import plain_word, term

_OPPOSITES = """
amount : increase raise rise rose risen elevate enhance grow grew expand amplify augment boost
    gain accumulate
    upregulate escalate strengthen accelerate higher greater larger more multiply enlarge promote
    stimulate intensify heighten surge double doubled triple
    / decrease reduce lower decline diminish lessen drop fall fell fallen shrink shrank shrunk
    loss lose lost
    downregulate attenuate weaken slow less fewer smaller deplete curb cut suppress inhibit abolish
    blunt dampen halve halved decelerate abrogate curtail
activity : activate stimulate induce promote enhance trigger potentiate facilitate upregulate
    increase
    elicit drive initiate agonist activator inducer support foster evoke accelerate mediate
    encourage
    provoke boost
    / inhibit suppress block repress prevent impair inactivate abolish abrogate silence antagonise
    antagonize downregulate attenuate decrease reduce disrupt hinder hamper antagonist inhibitor
    suppressor repressor halt arrest impede counteract blunt dampen deactivate discourage lower
    preclude quench
outcome : improve better ameliorate alleviate benefit beneficial favourable favorable protect
    protective
    relieve restore rescue cure heal help advantage superior enhance well success succeed prevent
    mitigate
    / worsen worse aggravate exacerbate harm harmful detrimental adverse endanger damage impair
    deteriorate inferior disadvantage fail hurt poorer unfavourable unfavorable deleterious
level : high / low
rank : highest most greatest largest best maximum maximal / lowest least smallest fewest worst
    minimum minimal
measure : higher greater larger more longer / lower smaller fewer less shorter
strength : strong stronger / weak weaker
length : long longer prolong lengthen extend / short shorter shorten curtail
speed : fast faster rapid accelerate quick quicker / slow slower decelerate delay
time : early earlier earliest before precede / late later latest after follow
age : young younger / old older elderly
sign : positive positively / negative negatively inverse inversely
risk : risk harm endanger / protect protective
course : acute / chronic
sex : male men man boys / female women woman girls
malignity : benign / malignant
heredity : dominant / recessive
frequency : common frequent often prevalent usual frequently / rare infrequent seldom uncommon
    rarely
need : essential necessary required indispensable crucial require critical need needed obligatory
    / dispensable unnecessary redundant nonessential
sensitivity : sensitive susceptible vulnerable sensitivity susceptibility sensitize sensitise
    / resistant insensitive resistance refractory tolerant
presence : present presence detectable / absent absence undetectable
change : change alter affect modify / unchanged unaltered unaffected unmodified
support : confirm support prove agree consistent accept / refute disprove contradict inconsistent
    reject
similarity : similar same identical comparable / different distinct dissimilar
place : upstream / downstream
side : left / right
depth : superficial / deep
upper : upper above / lower below
inside : inside intracellular internal endogenous / outside extracellular external exogenous
gain : gain / loss
wealth : rich enriched / poor depleted
start : start begin initiate / stop cease terminate end
include : include / exclude
attach : bind attach associate / dissociate detach
fullness : complete full fully / partial incomplete partially
polarity : hyper / hypo
proof : safe / unsafe dangerous toxic
life : survival survive live alive / death die dead mortality
expression : overexpress overexpression / knockdown knockout
direct : direct directly / indirect indirectly
differentiation : mature / immature naive
methylation : methylate methylation hypermethylate / demethylate demethylation hypomethylate
phosphorylation : phosphorylate phosphorylation / dephosphorylate dephosphorylation
polymer : polymerise polymerize polymerization assemble / depolymerise depolymerize
    depolymerization disassemble
oxidation : oxidise oxidize oxidation / reduction
dilation : dilate dilation vasodilation / constrict constriction vasoconstriction
tension : hypertension hypertensive / hypotension hypotensive
glucose : hyperglycemia hyperglycaemia / hypoglycemia hypoglycaemia
inflammation : inflammatory / antiinflammatory
oxidant : prooxidant oxidant / antioxidant
tumour : oncogene oncogenic / tumorsuppressor
weight : obese overweight / lean underweight
density : dense / sparse sparsely
thickness : thick / thin
temperature : hot warm / cold cool
open : open / close closed shut
"""
_NEGATABLE = """
un: able affected aware certain changed common known likely necessary related reliable safe stable
    successful usual expected favourable favorable healthy satisfactory
in: accurate active adequate appropriate capable complete consistent correct dependent effective
    frequent sensitive significant soluble sufficient tolerant variant visible competent
ir: regular relevant reversible responsible
im: mature mobile mortal possible proper permeable
dis: continue similar advantage connect
non: essential significant functional specific responsive linear
"""
_NEGATORS = """
    not no never neither nor cannot without lack lacks lacked lacking none nothing nobody hardly
    barely
    absence absent unable incapable nowhere rather devoid
    """
LACKS = frozenset("without lack lacks lacked lacking absence devoid free".split())
"""Negators that deny the noun behind them, not what is said."""
_HEDGES = """
    may might could possibly perhaps probably potentially suggest suggests suggested suggesting seem
    seems seemed appear appears appeared hypothesize hypothesized hypothesise hypothesised
    hypothesis speculate presumably conceivably putative likely
    """
_CERTAIN = """
    prove proves proved proven always definitely certainly undoubtedly conclusively
    unequivocally invariably indisputably inevitably guarantees guaranteed
    """
_ALL = "all every each always entire"
_SOME = "some few several many occasional sometimes certain minority"
_MOST = "most majority mostly"
_NONE = "none"
_PEOPLE = """
    patient patients people human humans women men children adults participants volunteers persons
    woman man child adult clinical infants adolescents
    """
_ANIMALS = """
    mouse mice murine rat rats rodent rodents zebrafish drosophila yeast elegans pig pigs rabbit
    rabbits
    monkey monkeys macaque macaques dog dogs hamster hamsters cerevisiae xenopus primates ferrets
    sheep
    """
_UNDONE = """
    deficiency deficient loss knockdown knockout deletion depletion silencing inhibition inhibitor
    inhibitors antagonist antagonists blockade absence lack lacking null removal ablation blocking
    inhibiting disruption without withdrawal suppression inactivation mutant knockouts avoiding
    """
_SAME_MEANING = """
    associate link correlate relate correlation / demonstrate show reveal indicate / use utilize
    utilise
    / patient participant subject individual people person volunteer / approximately about around
    / allow enable permit / lead result cause / contain comprise / kill death die mortality
    / child children paediatric pediatric / tumor tumour cancer carcinoma / mice mouse murine
    / human humans / therapy treatment treat / protein proteins / role function / gene genes
    / medication drug medicine / illness disease / formation assembly / begin start onset
    / big large / vary variety various / heart cardiac / kidney renal / liver hepatic / lung
    pulmonary
    / stroke cerebrovascular / depend dependent / necessary require essential crucial critical need
    / differentiate differentiation / infect infection / survive survival / men man male
    / women woman female / age aged ageing aging / hinder prevent block inhibit suppress repress
    / reduce decrease lower decline diminish reduction fall / increase raise elevate rise rose
    / induce trigger elicit provoke / promote enhance facilitate stimulate / obese obesity
    / diabetes diabetic / inflammation inflammatory / mutant mutation mutate / regulate
    regulation modulate
    """
_BREAKS = """
    but however whereas while although though whilst yet unlike despite because if except
    """.split()
_ENDS = frozenset(".;:!?")
_NOMINAL = ("tion", "sion", "ment", "ance", "ence", "ade", "ing")
_NOUNS = frozenset("loss gain decline drop fall rise increase decrease inhibitor activator".split())


_HYPHEN = re.compile("[-‐‑]")


class Role(Enum):
    """What a word does in a statement apart from its meaning."""

    PLAIN = ""
    NEGATOR = "negator"
    HEDGE = "hedge"
    CERTAIN = "certain"
    ALL = "all"
    SOME = "some"
    MOST = "most"
    ONLY = "only"
    THAN = "than"
    BREAK = "break"
    END = "end"


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it counts: its lower-case form, its stem ("" for a stop word), what it does.

    `poles` are the pairs of opposites that it belongs to, each with its side, 1 or -1. `nominal`
    is a noun of change such as "reduction", `undone` one of taking away such as "deficiency".
    `about` is "people", "animals" or ""; `divides` is 1 where a clause begins, 2 a sentence.
    """

    text: str
    stem: str
    poles: tuple[tuple[str, int], ...]
    role: Role
    nominal: bool
    undone: bool
    about: str
    divides: int = 0


def _poles() -> dict[str, tuple[tuple[str, int], ...]]:
    found: dict[str, dict[str, int]] = {}
    axis, sign = "", 1
    for piece in _OPPOSITES.replace(" :", ":").split():
        if piece.endswith(":"):
            axis, sign = piece[:-1], 1
        elif piece == "/":
            sign = -1
        else:
            found.setdefault(stem(piece), {}).setdefault(axis, sign)
    return {root: tuple(axes.items()) for root, axes in found.items()}


def _negatable() -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    prefix = ""
    for piece in _NEGATABLE.split():
        if piece.endswith(":"):
            prefix = piece[:-1]
        else:
            found[stem(piece)] = (stem(piece), 1)
            found[stem(prefix + piece)] = (stem(piece), -1)
    return found


def _same_meaning() -> dict[str, str]:
    found = {}
    for group in _SAME_MEANING.split("/"):
        first, *rest = (stem(word) for word in group.split())
        found.update(dict.fromkeys(rest, first))
    return found


_POLES = _poles()
_SYNONYMS = _same_meaning()
_MADE_NEGATIVE = _negatable()
_ROLES = {
    **dict.fromkeys(_HEDGES.split(), Role.HEDGE),
    **dict.fromkeys(_CERTAIN.split(), Role.CERTAIN),
    **dict.fromkeys(_ALL.split(), Role.ALL),
    **dict.fromkeys(_SOME.split(), Role.SOME),
    **dict.fromkeys(_MOST.split(), Role.MOST),
    **dict.fromkeys(_NEGATORS.split(), Role.NEGATOR),
    **dict.fromkeys(_BREAKS, Role.BREAK),
    **dict.fromkeys(_ENDS, Role.END),
    ",": Role.PLAIN,
    "only": Role.ONLY,
    "than": Role.THAN,
    "versus": Role.THAN,
    "vs": Role.THAN,
}
_ABOUT = dict.fromkeys(_PEOPLE.split(), "people") | dict.fromkeys(_ANIMALS.split(), "animals")
_TAKEN_AWAY = frozenset(_UNDONE.split())


@lru_cache(maxsize=1 << 16)
def word(written: str) -> Word:
    """The word as it counts; the same for the same spelling, so it is remembered."""
    lower = written.casefold().replace("’", "'")
    if lower.startswith(("up", "down")):
        lower = _HYPHEN.sub("", lower)
    role = _ROLES.get(lower, Role.PLAIN)
    divides = 2 if role is Role.END and lower != ":" else int(role in {Role.END, Role.BREAK})
    if not (lower[0].isalnum() or lower in "%°"):
        return Word(lower, "", (), role, False, False, "", divides)
    root = stem(plain_word(lower))
    poles = _POLES.get(root, ())
    if root in _MADE_NEGATIVE:
        poles = (*poles, _MADE_NEGATIVE[root])
    if lower.endswith("n't"):
        role = Role.NEGATOR
    return Word(
        lower,
        _own(written),
        poles,
        role,
        bool(poles) and (lower.endswith(_NOMINAL) or root in _NOUNS or lower in _NOUNS),
        lower in _TAKEN_AWAY,
        _ABOUT.get(lower, ""),
        divides,
    )


def _own(written: str) -> str:
    """The stem; of a symbol with digits its letters and digits without hyphens, in lower case."""
    if any(c.isdigit() for c in written) and not written[0].isdigit():
        return plain_word("".join(c for c in written if c.isalnum()))
    made = term(written)
    return _SYNONYMS.get(made, made)
