"""English abbreviations that end in a full stop, by what may follow them in a sentence."""

from __future__ import annotations

# Never end a sentence, whatever follows.
CONNECTING = frozenset({"e.g", "eg", "i.e", "vs", "cf", "viz", "n.b", "p.s"})

# Stand before a name; matched with their capital, since "ms." and "gen." are also words and units.
TITLES = frozenset(
    {
        *("Dr", "Drs", "Mr", "Mrs", "Ms", "Mx", "Messrs", "Mme", "Mlle", "Prof", "Profs", "Hon"),
        *("Rev", "Fr", "Gen", "Col", "Lt", "Capt", "Cpt", "Cpl", "Sgt", "Maj", "Adm", "Cmdr"),
        *("Gov", "Sen", "Sens", "Rep", "Reps", "Pres", "Supt", "Det", "Insp", "Mt", "Ft"),
        *("Assoc", "Asst", "Amb", "Atty", "Sec'y", "Dir"),
    }
)

# Stand before a number or a label: "Fig. 2B", "pp. 3–5", "Suppl. Table S1".
NUMBERED = frozenset(
    {
        *("fig", "figs", "eq", "eqs", "eqn", "eqns", "sec", "secs", "sect", "sects", "ref", "refs"),
        *("ch", "chap", "chaps", "vol", "vols", "no", "nos", "nr", "p", "pp", "pg", "tab", "tabs"),
        *("suppl", "supp", "app", "appx", "art", "arts", "par", "para", "paras", "pt", "pts", "ex"),
        *("exp", "expt", "n", "v", "ver", "ed", "eds", "ser", "fn", "cl", "def", "thm", "lem"),
        *("prop", "cor", "alg", "ext", "dwg", "bk", "col", "l", "ll", "ss", "reg", "rev"),
    }
)

# Stand before an amount: "ca. 3 weeks", "approx. $40".
AMOUNT = frozenset(
    {
        *("ca", "c", "approx", "appr", "est", "incl", "excl", "max", "min", "avg", "av", "equiv"),
        *("resp", "temp", "wt", "ht", "b", "d", "r", "fl", "circa", "med", "std", "dia", "diam"),
    }
)

# May end a sentence and may stand inside one: what follows decides.
EITHER = frozenset(
    {
        *("al", "etc", "co", "cos", "inc", "ltd", "corp", "llc", "plc", "bros", "jr", "sr", "esq"),
        *("sp", "spp", "ssp", "subsp", "var", "cv", "str", "dept", "univ", "inst", "intl", "natl"),
        *("assn", "ave", "blvd", "rd", "st", "hwy", "bldg", "fl", "apt", "ste", "govt", "mfg"),
        *("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"),
        *("mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "oz", "lb", "lbs", "yr"),
        *("yrs", "hr", "hrs", "mins", "secs", "wk", "wks", "mo", "mos", "tsp", "tbsp", "misc"),
        *("ibid", "cit", "trans", "anon", "voc", "elev", "hort", "approx", "incl", "excl", "est"),
        *("ed", "eds", "suppl", "conc", "conf", "dr", "prof", "gen", "max", "min", "avg", "resp"),
        *("ca", "fig", "figs", "eq", "eqs", "ref", "refs", "vol", "vols", "chap", "sect", "nos"),
    }
)

MONTHS = frozenset(
    {"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"}
)

# Nouns after which a single letter is a label, so that "vitamin C. Patients …" ends a sentence.
LETTERED = frozenset(
    {
        *("vitamin", "vitamins", "hepatitis", "influenza", "plan", "type", "group", "grade"),
        *("class", "phase", "part", "option", "appendix", "section", "table", "figure", "panel"),
        *("factor", "category", "schedule", "level", "stage", "model", "case", "team", "arm"),
        *("point", "exhibit", "annex", "step", "site", "cohort", "variant", "strain", "serotype"),
        *("app.", "appx.", "fig.", "figs.", "tab.", "sect.", "sec.", "pt.", "ex.", "panels"),
    }
)

# Words that begin sentences far more often than they follow an abbreviation inside a name.
STARTERS = frozenset(
    {
        *("A", "After", "All", "Also", "Although", "An", "And", "Another", "Any", "As", "At"),
        *("Because", "Before", "Both", "But", "By", "Can", "Compared", "Despite", "Did", "Do"),
        *("Does", "Each", "Either", "Even", "Every", "Few", "Finally", "First", "For", "From"),
        *("Further", "Furthermore", "Hence", "Her", "Here", "His", "How", "However", "I", "If"),
        *("In", "Indeed", "Instead", "Is", "It", "Its", "Later", "Like", "Many", "Meanwhile"),
        *("More", "Moreover", "Most", "My", "Neither", "Next", "No", "None", "Nor", "Not", "Now"),
        *("Of", "On", "Once", "One", "Only", "Or", "Other", "Others", "Our", "Over", "Part"),
        *("Several", "She", "Since", "So", "Some", "Still", "Such", "That", "The", "Their", "Then"),
        *("There", "Therefore", "These", "They", "This", "Those", "Though", "Through", "Thus"),
        *("To", "Today", "Under", "Unlike", "Until", "Was", "We", "Were", "What", "When", "Where"),
        *("Whether", "Which", "While", "Who", "Why", "With", "Within", "Without", "Yet", "You"),
        *("Your", "He", "Together", "Overall", "Two", "Three", "Its", "Our", "Patients"),
    }
)

# Starters that are also family names or given names: after an initial they prove nothing.
NAMELIKE = frozenset({"An", "Do", "He", "So", "Like", "Her", "Can", "More", "Part", "A", "I", "No"})
