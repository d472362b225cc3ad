"""The rules of check: one file each, registered here in the order of their codes.

EXO1xx speak of claims and citations, EXO2xx of the bibliography, EXO3xx of works, EXO4xx of
evidence and verdicts, EXO9xx of exemptions. A code never changes its meaning.
"""

from exocite.rules.abstract_alone import AbstractAlone
from exocite.rules.adverse_verdict import AdverseVerdict
from exocite.rules.ambiguous_citation import AmbiguousCitation
from exocite.rules.broken_entry import BrokenEntry
from exocite.rules.concern import Concern
from exocite.rules.corrected import Corrected
from exocite.rules.dead_locator import DeadLocator
from exocite.rules.differing_passage import DifferingPassage
from exocite.rules.differing_verdicts import DifferingVerdicts
from exocite.rules.double_field import DoubleField
from exocite.rules.duplicate_key import DuplicateKey
from exocite.rules.duplicate_reference import DuplicateReference
from exocite.rules.exemption_without_reason import ExemptionWithoutReason
from exocite.rules.expired_exemption import ExpiredExemption
from exocite.rules.lost_article import VerdictsOfNoArticle
from exocite.rules.low_coverage import LowCoverage
from exocite.rules.no_identifier import NoIdentifier
from exocite.rules.no_passage import NoPassage
from exocite.rules.no_record import NoRecord
from exocite.rules.oldest_source import OldestSource
from exocite.rules.orphaned_link import OrphanedLink
from exocite.rules.orphaned_verdict import OrphanedVerdict
from exocite.rules.placeholder import Placeholder
from exocite.rules.published_preprint import PublishedPreprint
from exocite.rules.quotation_not_found import QuotationNotFound
from exocite.rules.record_differs import RecordDiffers
from exocite.rules.retracted import Retracted
from exocite.rules.rule import Rule
from exocite.rules.self_citation import SelfCitation
from exocite.rules.several_records import SeveralRecords
from exocite.rules.single_reviewer import SingleReviewer
from exocite.rules.stale_verdict import StaleGround
from exocite.rules.uncited_claim import UncitedClaim
from exocite.rules.uncited_reference import UncitedReference
from exocite.rules.unknown_key import UnknownKey
from exocite.rules.unknown_macro import UnknownMacro
from exocite.rules.unquoted_support import UnquotedSupport
from exocite.rules.unreadable_exemption import UnreadableExemption
from exocite.rules.unreadable_line import UnreadableLine
from exocite.rules.unused_exemption import UnusedExemption
from exocite.rules.view import ArticleView, Problem, View

RULES: tuple[Rule, ...] = (
    UncitedClaim(),
    UnknownKey(),
    AmbiguousCitation(),
    LowCoverage(),
    Placeholder(),
    UncitedReference(),
    NoIdentifier(),
    BrokenEntry(),
    DuplicateKey(),
    UnknownMacro(),
    DoubleField(),
    DuplicateReference(),
    SelfCitation(),
    OldestSource(),
    NoRecord(),
    SeveralRecords(),
    RecordDiffers(),
    Retracted(),
    Corrected(),
    Concern(),
    PublishedPreprint(),
    StaleGround(),
    OrphanedVerdict(),
    AdverseVerdict(),
    UnreadableLine(),
    OrphanedLink(),
    NoPassage(),
    DifferingPassage(),
    DeadLocator(),
    QuotationNotFound(),
    DifferingVerdicts(),
    SingleReviewer(),
    UnquotedSupport(),
    AbstractAlone(),
    VerdictsOfNoArticle(),
    ExemptionWithoutReason(),
    ExpiredExemption(),
    UnusedExemption(),
    UnreadableExemption(),
)

__all__ = ["RULES", "ArticleView", "Problem", "Rule", "View"]
