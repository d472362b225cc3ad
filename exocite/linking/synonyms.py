"""Words that name the same thing, as one text says "renal" where another says "kidney".

Each line is a family: its words stand for each other, in part.
"""

from __future__ import annotations

from exocite.linking.spelling import folded
from exocite.linking.stem import stem

_FAMILIES = """
    kidney renal nephritic
    liver hepatic
    lung pulmonary
    heart cardiac myocardial
    brain cerebral
    skin cutaneous dermal dermatological
    stomach gastric
    gut intestine intestinal bowel enteric
    bone skeletal osseous
    muscle muscular
    blood serum plasma
    eye ocular ophthalmic
    tooth dental
    mouth oral
    nerve neuronal neural neuron
    breast mammary
    womb uterus uterine
    cancer tumor carcinoma neoplasm malignancy malignant cancerous
    metastasis metastatic
    mouse murine
    dog canine
    cat feline
    pig porcine swine
    cattle bovine cow
    horse equine
    bird avian
    monkey macaque primate
    woman female maternal
    man male
    child pediatric childhood infant
    newborn neonatal neonate
    elderly old older aged geriatric
    pregnancy pregnant gestation gestational
    birth delivery perinatal
    death mortality fatal lethal
    illness disease disorder
    drug medication pharmaceutical medicine
    physician doctor clinician
    surgery surgical operation
    radiotherapy irradiation radiation
    vaccine vaccination immunization
    virus viral
    bacterium bacterial microbe microbial
    antibiotic antimicrobial antibacterial
    fungus fungal
    infection infected infectious
    overweight obesity obese adiposity
    fat adipose lipid
    sugar glucose
    hyperglycemia diabetes diabetic
    hypertension hypertensive
    stroke ischemic cerebrovascular
    clot thrombosis thrombus thrombotic
    hereditary inherited genetic heritable
    mutation mutant variant polymorphism allele
    deletion knockout null deficient deficiency lacking absence loss lack depletion ablation
    overexpression upregulation
    migration motility mobility
    growth proliferation
    aging senescence senescent
    memory cognition cognitive
    depression depressive antidepressant
    smoking smoker tobacco cigarette
    alcohol ethanol drinking
    diet dietary nutrition nutritional food
    exercise training
    pain analgesia analgesic nociceptive
    sleep insomnia
    inflammation inflammatory
    fibrosis fibrotic scar
    wound injury lesion damage trauma
    healing repair regeneration regenerative
    swelling edema
    fever febrile
    increase increased elevated raise higher enhance enhanced rise upregulated
    decrease decreased reduce reduced lower diminish decline attenuate fewer less
    inhibit inhibition suppress suppression block blockade repress prevent
    induce trigger stimulate promote activate
    associated association linked correlated correlation relationship
    essential crucial critical required necessary indispensable
    cause lead result
    rapid rapidly quick quickly fast
    survival survive survivor
    country nation national
    poor poverty deprived
    car automobile vehicle
    earthquake seismic
    ocean marine sea
    climate warming
    rain rainfall precipitation
    tree forest
    begin start commence launch
    buy purchase acquire
    film movie
    band group
    win won victory
    wife husband spouse married
    """


def families() -> dict[str, frozenset[str]]:
    """Each stem with the others of its families."""
    found: dict[str, set[str]] = {}
    for line in _FAMILIES.strip().splitlines():
        stems = {stem(folded(word)) for word in line.split()}
        for one in stems:
            found.setdefault(one, set()).update(stems - {one})
    return {one: frozenset(others) for one, others in found.items()}
