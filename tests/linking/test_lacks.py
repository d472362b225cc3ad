"""A lack is held against the noun that is lacking, however each text words it."""

from __future__ import annotations

import pytest

from exocite.linking.conflicts import differences
from exocite.linking.lacks import lacking
from exocite.linking.statement import statement

SILENT = [
    ("Lack of vitamin D weakens bones in adults.", "Vitamin D deficiency weakens bones in adults."),
    (
        "A lack of iron causes fatigue in young women.",
        "Iron deficiency causes fatigue in young women.",
    ),
    (
        "Scurvy is caused by a lack of vitamin C.",
        "Scurvy is caused by vitamin C deficiency in sailors.",
    ),
    (
        "Sleep deprivation raises blood pressure in nurses.",
        "Lack of sleep raises blood pressure in nurses.",
    ),
    ("A deficiency in zinc slows wound healing.", "A lack of zinc slows wound healing in rats."),
    (
        "The gluten-free diet eased bowel symptoms in adults.",
        "A diet without gluten eased bowel symptoms in adults.",
    ),
    (
        "Children without breakfast score lower in maths tests.",
        "Children who skip breakfast score lower in maths tests.",
    ),
    (
        "In the absence of oxygen yeast makes alcohol from sugar.",
        "Without oxygen yeast makes alcohol from sugar.",
    ),
    ("The cream is free of perfume and suits dry skin.", "The perfume-free cream suits dry skin."),
    (
        "The cream contains no perfume and suits dry skin.",
        "The cream is free from perfume and suits dry skin.",
    ),
    (
        "Mice lacking the receptor gained weight on a fatty diet.",
        "Receptor-deficient mice gained weight on a fatty diet.",
    ),
    (
        "Loss of the receptor made mice gain weight on a fatty diet.",
        "Lack of the receptor made mice gain weight on a fatty diet.",
    ),
    ("The dye is not toxic to fish embryos.", "The dye is non-toxic to fish embryos."),
    ("The dye is nontoxic to fish embryos.", "The dye is not toxic to fish embryos."),
    (
        "The lotion is not effective against head lice.",
        "The lotion is ineffective against head lice.",
    ),
    ("Stairs were not safe for small children.", "Stairs were unsafe for small children."),
    ("The drug is not addictive in adult rats.", "The drug is non-addictive in adult rats."),
    (
        "Rivers without trees on their banks run warmer in summer.",
        "Rivers that lack trees on their banks run warmer in summer.",
    ),
    (
        "Absence of rain ruined the barley harvest in Kent.",
        "Missing rain ruined the barley harvest in Kent.",
    ),
    (
        "Want of light stunts tomato seedlings in winter.",
        "Lack of light stunts tomato seedlings in winter.",
    ),
    (
        "Villages lacking clean water reported more cholera.",
        "Villages with no clean water reported more cholera.",
    ),
    ("The fabric is devoid of lead and cadmium dyes.", "The fabric has no lead and cadmium dyes."),
    (
        "An alcohol-free gel cleans hands as well as soap.",
        "A gel free of alcohol cleans hands as well as soap.",
    ),
    (
        "Iodine-deficient soils lead to goitre in children.",
        "Soils lacking iodine lead to goitre in children.",
    ),
    (
        "Insufficient sleep raises the risk of car crashes.",
        "Lack of sleep raises the risk of car crashes.",
    ),
    (
        "Low iodine intake leads to goitre in children.",
        "A lack of iodine intake leads to goitre in children.",
    ),
    (
        "Plants without nitrogen turn yellow within weeks.",
        "Nitrogen-starved plants turn yellow within weeks.",
    ),
    (
        "Magnesium shortage causes muscle cramps in athletes.",
        "A lack of magnesium causes muscle cramps in athletes.",
    ),
    (
        "The lack of evidence led the board to reject the vaccine rule.",
        "The absence of evidence led the board to reject the vaccine rule.",
    ),
    (
        "Interest-free loans helped small farms in Kerala.",
        "Loans without interest helped small farms in Kerala.",
    ),
    (
        "Lack of vitamin D weakens bones in adults.",
        "Vitamin D was measured in the serum of adults each month.",
    ),
    ("The gluten-free diet eased symptoms.", "Gluten is a protein of wheat, barley and rye."),
    (
        "Children without breakfast score lower in maths tests.",
        "Breakfast was served at eight to all children of the school.",
    ),
    (
        "Loss of the enzyme impairs skin repair in old mice.",
        "The enzyme restores skin repair in old mice.",
    ),
    ("Vitamin D strengthens bones in adults.", "Vitamin D deficiency weakens bones in adults."),
    ("Vitamin D strengthens bones in adults.", "Lack of vitamin D weakens bones in adults."),
    ("Sleep lowers blood pressure in nurses.", "Lack of sleep raises blood pressure in nurses."),
    (
        "Free school meals raised attendance in rural districts.",
        "School meals raised attendance in rural districts.",
    ),
    (
        "Free fatty acids rise in the blood during fasting.",
        "Fatty acids rise in the blood during fasting.",
    ),
    ("Smokers paid more for life insurance.", "Non-smokers paid less for life insurance."),
    (
        "Non-smokers were tested for lung capacity in spring.",
        "Smokers and non-smokers were tested for lung capacity in spring.",
    ),
    (
        "The museum opened without delay in May.",
        "The museum opened in May after long works on the roof.",
    ),
    (
        "Iron tablets cured fatigue in women with iron deficiency.",
        "Iron tablets cured fatigue in women.",
    ),
    (
        "Women without iron deficiency gained nothing from tablets.",
        "Women with iron deficiency gained much from tablets.",
    ),
    (
        "Without treatment half of the patients die within a year.",
        "Treatment saved half of the patients for a year.",
    ),
    (
        "The lack of staff closed three wards in Leeds.",
        "Three wards in Leeds closed because staff were ill.",
    ),
    (
        "Antioxidant intake protects the skin from sun damage.",
        "Lack of antioxidant intake leaves skin open to sun damage.",
    ),
    (
        "Fluoride-free toothpaste sold well in Sweden.",
        "Toothpaste with fluoride sold well in Sweden too.",
    ),
]

NAMED = [
    ("The cream improves dry skin in adults.", "The cream does not improve dry skin in adults."),
    ("The paint contains lead and cadmium dyes.", "The paint is free of lead and cadmium dyes."),
    ("The paint contains lead and cadmium dyes.", "The paint contains no lead and cadmium dyes."),
    ("The dye is toxic to fish embryos.", "The dye is non-toxic to fish embryos."),
    ("The dye is toxic to fish embryos.", "The dye is not toxic to fish embryos."),
    ("The lotion is effective against head lice.", "The lotion is ineffective against head lice."),
    (
        "Lack of sleep raises blood pressure in nurses.",
        "Lack of sleep lowers blood pressure in nurses.",
    ),
    (
        "Vitamin D deficiency increases fractures in adults.",
        "A lack of vitamin D reduces fractures in adults.",
    ),
    (
        "Lack of vitamin D does not weaken bones in adults.",
        "Vitamin D deficiency weakens bones in adults.",
    ),
    (
        "Iron deficiency does not cause fatigue in young women.",
        "A lack of iron causes fatigue in young women.",
    ),
    (
        "In the absence of oxygen yeast makes alcohol from sugar.",
        "Yeast makes alcohol from sugar in the presence of oxygen.",
    ),
    (
        "The vaccine offers protection against measles in infants.",
        "The vaccine lacks protection against measles in infants.",
    ),
    (
        "Adult mice have the receptor in liver tissue.",
        "Adult mice lack the receptor in liver tissue.",
    ),
    ("Stairs were safe for small children.", "Stairs were unsafe for small children."),
    (
        "The mill ran with water from the northern canal.",
        "The mill ran without water from the northern canal.",
    ),
    (
        "The trial found evidence of harm to kidney tissue.",
        "The trial found a lack of evidence of harm to kidney tissue.",
    ),
    (
        "The milk of that farm contained traces of lead.",
        "The milk of that farm was free from traces of lead.",
    ),
    (
        "Without oxygen yeast makes alcohol from sugar.",
        "Without oxygen yeast makes no alcohol from sugar.",
    ),
    ("The gel is alcohol-free and contains aloe.", "The gel contains alcohol and aloe."),
    ("The drug is addictive in adult rats.", "The drug is not addictive in adult rats."),
    (
        "Mice lacking the receptor gained weight on a fatty diet.",
        "Mice lacking the receptor lost weight on a fatty diet.",
    ),
    (
        "The absence of shade increased leaf burn in coffee.",
        "The absence of shade decreased leaf burn in coffee.",
    ),
    (
        "Gluten-free bread improved bowel symptoms in healthy adults.",
        "Gluten-free bread did not improve bowel symptoms in healthy adults.",
    ),
    (
        "Lack of rain harmed barley yields in Kent.",
        "Lack of rain did not harm barley yields in Kent.",
    ),
]


def _differ(claim: str, passage: str) -> bool:
    return bool(differences(claim, passage, statement(claim), statement(passage)))


@pytest.mark.parametrize(("one", "other"), SILENT)
def test_the_same_lack_or_another_condition_is_no_conflict(one: str, other: str) -> None:
    assert not _differ(one, other)
    assert not _differ(other, one)


@pytest.mark.parametrize(("one", "other"), NAMED)
def test_a_lack_against_its_presence_is_a_conflict(one: str, other: str) -> None:
    assert _differ(one, other)
    assert _differ(other, one)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a lack of iron", ["iron"]),
        ("by vitamin C deficiency in sailors", ["vitamin", "c", "sailors"]),
        ("iron-free food", ["iron"]),
        ("free school meals", []),
        ("the iron was absent", ["iron"]),
        ("little is known", []),
        ("non-toxic dye", ["toxic"]),
        ("iron and zinc", []),
        ("", []),
    ],
)
def test_what_is_lacking(text: str, told: list[str]) -> None:
    side = statement(text)
    assert [side.words[place].text for place in sorted(lacking(side))] == told
