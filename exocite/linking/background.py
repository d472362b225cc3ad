"""In how many sentences of scientific prose a stem stands; made by training/linking.py.

Counted over 16471 sentences of PLOS articles (CC BY, CC0); stems of at least
8 sentences in 3 articles, in bands of half an octave.
SHA-256 of the sentences' file:
e075c1e782ca90a826db28dd6751df04838927b4bb474e97f5370fa925e68792
"""

from __future__ import annotations

SENTENCES = 16471


def frequencies() -> dict[str, int]:
    """Each known stem with the number of sentences that hold it, to half an octave."""
    return {stem: count for count, stems in _BANDS for stem in stems.split()}


_BANDS = (
    (1448, """
2
    """),
    (1024, """
1 3 cell differ fig model show studi
    """),
    (724, """
% analysi base data figur find gene relat result time valu x
    """),
    (512, """
4 5 activ addit associ b c case chang effect estim express first follow function high includ
increas infect inform level measur method number observ patient present protein provid respons
sampl signific
    """),
    (362, """
10 6 compar condit consid control correspond d depend describ develop distribut form group
identifi import indic individu larg like p pattern perform point posit possibl previous probabl
process rate report requir see sequenc set similar size speci specif suggest system tabl term test
type
    """),
    (256, """
allow approach assum averag calcul cancer cluster complet complex comput consist contain correl
decreas defin detect determin direct diseas dna due even evid exampl expect experi experiment
factor fossil general generat genom given global growth health hour human independ initi interact
known lead less limit local long loss low m mani mean mechan normal obtain order paramet part
particip particular popul potenti predict rang reduc region regul repres research respect s1
second sever signal singl site small standard state statist structur support surfac target
treatment tumor variabl year z
    """),
    (181, """
0 20 7 8 9 across affect age algorithm analys anim appear assess avail behavior care caus
character clear climat clinic collect combin common contribut covari current dataset day degre
densiti deriv detail differenti dynam earli element energi examin f final genet higher impact
induc interest investig involv k l least length linear link lower major make match molecular much
mutat n natur need negat neuron new node nois note occur origin overal pair paper period phase
presenc primari problem produc product profil propos public r random recent record refer
relationship remain reveal right role section select sensit shape short sourc specimen spike
stress strong surviv total transcript transit translat trial virus warm weight work
    """),
    (128, """
100 11 12 14 15 16 24 50 95 abund access accord account achiev adapt add altern amount anoth appli
approxim area assay assign author basal becom best bias bind biolog bodi brca1 captur carbon
celsius characterist choic clock close co2 color communiti comparison concentr consequ continu
contrast count cultur delay demonstr discuss diverg effici emiss end entropi eq equal equat error
evalu event exist extend featur file filter fix forc format fragment framework futur greater grow
hair hand http imag improv influenc inhibit integr introduc key lack larger last left librari life
light likelihood line made main matrix maximum mediat membran mg mortal mous multipl near network
neural nonlinear often plant plate posterior practic preserv prior probe progress proport prostat
protocol rapid rather reason registr review risk scale score search segment separ shell slight
solut space squar start step still stimulus strategi subject substanti tail take temperatur
threshold tissu treat tree true turn unit use vari variat various vector view viral water way
wherea yield
    """),
    (91, """
25 29 30 abil abl accuraci acid actual address adjust align allel along alpha alreadi alter angl
anterior applic around assumpt basi better burden c6 call carri center ci code compon conduct
configur confirm consider constant contact context contour coordin correct cost countri creat curv
cycl death decis definit depress descript design digit dimension display distanc distinct domain
drive drug employ enhanc entir essenti establish except exclud exhibit explain explor extant
extract fact famili field fit focus fraction free frequenc full furthermor h half head help
heterogen hpv hypothesi ident immun implement inde index infer instead interpret intracellular
invas isol issu j kinet later lateral lie list live locat log longer maintain man manag map materi
math median medic member mid minim minute ml mm modifi month moreov morpholog move movement mutant
name nation next notch optim organiz orient outcom partial past pathway percept person phenotyp
phosphoryl phylogenet physic place plot polici poor power pr program project promot properti
publish quantifi question ratio reach read readout receiv reconstruct reduct reflect regard
regress relev remov replic rna robust run secondari seem seen self servic sheep side simpl simul
skin smaller social speed stage status stem strain subsequ success suscept sutur taken task tau
taxa tempor text third togeth toward transform typic u understand usual v valid variant version
wide wild
    """),
    (64, """
0.1 0.5 1000 13 17 18 40 60 80 absenc accur act adult advantag against almost alway annot antibodi
antigen appropri aspect atmospher attempt attribut back bacteri bacterium balanc begin belief bin
bone brain branch broad cannot cellular central certain chain challeng child chosen chromosom
chronic clade cohort concern conserv constraint construct content core cours cover criterion
critic cross damag databas date decad denot deplet deviat difficult dimens distal divers document
domin dorsal dot durat effort elimin emerg empir encod ensembl ensur environ environment equival
especi everi exact exclus expand experienc expos extens far feedback fluoresc fulli gain genotyp
genus gfp give glucos good govern haplotyp healthi histori host illustr impli incorpor incub
induct intermedi interval intervent item knowledg ks label lake largest late latter let literatur
littl look lose magnitud margin mark mass maxim medium mental metastasi microarray migrat minor
mode moder modul molecul monitor motion mrna necessari novel nuclear numer object open oscil other
outlier parallel pcr peak peopl peptid perhap plasmid play polar prefer prevent procedur prolifer
q qualiti quantit quantiti radial recogn recov recruit red regulatori repeat resist resourc
respond restrict return revers rise root rotat s2 s3 scenario scienc scientif share sigma simpli
situat skull slow softwar sometim south stabl stimul stock stroke subset suffici suppress sustain
systemat techniqu technolog termin theoret therapi though tool train trait trajectori transfect
trend uncertainti under unknown user varianc versus visual vivo w web whole width window woman
world y zero
    """),
    (45, """
0.05 19 200 2010 21 22 27 31 35 37 38 500 70 90 accept advanc advers africa african agreement aid
aim alon american amino amplifi apic appar aris articl articul ask assembl attract avoid axi axial
background baselin basin bear believ benefit beta beyond biomark black block blood blue bond
breast ca candid capac cd4 centuri charact classic classif coeffici cognit column come communic
composit compriz conclud conclus confid conform converg copi cotton counsel cranial curvatur
declin degrad delet depth despit diagnosi discrimin disord distinguish divid divis doubl earlier
earth easili econom edg educ egfp enabl enough enrich enter epitheli evolut exceed excess
exponenti exposur extent extrem eye femal flight fluctuat fold forward frame freedom gender get
glioma goal goat gram great green gtc guidanc height henc highest highlight hiv hybrid ice ideal
identif immedi impair implic imput inclus incom industri inhibitor inject input insert insight
instanc institut intens intent internal invers iron iter joint journal june keep kinas lambda
layer lineag linkag locus marker market mathemat matur meta metabol metre microbi microrna middl
million miss mix mobil modern motil mp ms mu narrow neighbor net nevertheless nucleotid nutrient
obes ocean old organism osmot outlin overlap panel parametr path percentag persist physiolog pl
poisson polymorph pool portion prepar preval prey protect proxim psi psycholog purchas purifi
purpos qualit rank reaction real receptor recombin recoveri regist reject releas remark replac
residu resolv rest row rt rule s4 sale screen sd sea season sens seri serv shift simultan solv
spatial special specifi stabil stain station stimuli store strike sum summari supplement surround
taxon tend theta thick throughout tip tooth top topolog trigger truth tune uniform uniqu
universiti unlik updat upper uptak util varieti ventral vertebr video visibl vitro volum wash weak
western wood www
    """),
    (32, """
0.6 0.8 2000 2009 23 28 32 34 45 75 abnorm absent accumul acquir acut adequ adopt agre amplitud
analog analyt apoptosi approv argu arm arrang array attach attent attenu away band bar basic
bayesian belong bi biochem bmi bound box breed briefli bud buffer build buy calibr carrier
categori cdna chanc channel chase check chi claim class classifi clearanc clone committe competit
compos comprehens concav concept confound connect constitut constrain convent convers convex
cooper cytoplasm danger dc decomposit deep deltat desir diabet diagram difficulti diminish disabl
discoveri discret disrupt done dose downstream drawn ecosystem emergenc emit encount epidem
epidermi equilibrium ethic european eventu evolv expans explan explicit exploit extern extinct
face facet facilit fail failur farmer faster favor few financi fish flexibl flow formal frequent
fuse gamma gap gaussian genera germani ground heat hierarch histogram hold hypothes id ifn il2
impos indirect infecti innat inspect instrument intend internat interview introduct invitrogen iv
juli junction kill kind know land lentivirus loop lowest m2 ma macrophag maf mammal manipul manner
manufactur marin matter media meet memori mention methodolog millimolar minimum modif necessarili
nerv ng nm none notabl notic ns nucleus null obvious occipit older one onto oper option orbit org
orthogon otherw output outsid overexpress oxid oxygen parent partit pathogen perceptu perspect ph
phylogeni pigment plan plane plus post predictor pressur primarili primer principl privat
profession progenitor proteom prove quadrat quit radius rais rare recognit regardless regular
relax reli reliabl republ resembl resolut retain retin retriev rho rich room rough rout satur scan
scheme secret sector secur seek sensori sexual shaft sheet shorter sign sl smooth snp soil solar
solid somewhat sp span spectrum spread st stochast strength strict substitut suffer summar
supernat supplementari surgeri survey symmetr synthesi synthet tag taxonom th themselv theori
thought today toler track trade transduct transplant transport transvers tuberculosi twice ultim
usa uv vertic vesicl vm vs week wider xi yeast
    """),
    (23, """
0.001 0.01 0.2 0.25 0.3 0.7 1.5 2011 2012 26 33 350 36 400 42 44 48 55 69 72 96 absorb acceler
action adjac administr agent agricultur air alloc amplif anatom annual anonym answer anti apoptot
arbitrari arrow asymmetr atlas attend bead behind blind bootstrap boundari brief broader broken
built camera capabl centrifug chemic chip choos circul circular closest cloud cm colleagu commerci
compani compens compet complementari complic conceptu confer confoc consecut consent consult
convert coral coupl coverag cp crop crucial ct cumul cut daili dash de deal deficit demograph
depict deposit deterior di diamet diffus digest dilut disappear draw dri easi eastern ecolog
electron elev elsewher embed emphas encourag energet entri eocen epidemiolog erad exerc exogen
fall fals fast fauna fbs feasibl feed fine finger food former formula fund fundament gas gel glial
go grade gradient gradual gray greatest hallmark hard harvest heavili histolog home homogen
horizont hospit idea ifngamma ii ill inc incid injuri inocul insid instruct insuffici intact
intuit invest judg juvenil kept keratin kit laboratori languag law leav lesion limb lipid lumin
lung lymph male manual matlab md medicin mesh messag micromolar microscop microscopi mild mine
molar most multivari muscl mutual nanomolar neighborhood never notion occurr odd offer oil onset
opposit organic outbreak overcom overhead page pain particl partner pass patch patholog pbs
perceiv peripher perman perturb phenomenon phi photograph piec pipelin plaqu plausibl pliocen poli
polit polymeras possess practition precis preciz predat predomin presum prognost prolif pronounc
provis ps pubm puls putat questionnair r2 radiat readili recess recommend reef ref refin renal
represent repress reproduc rescu resid restor rigid rnase round routin rs s5 s6 s7 say scaffold
seed serum sex shed signatur simplic simplifi slide societi soft sole sound split spot storag
straight strand subspac substrat suppli surpriz synthes tell tendenc tension tight took trace
tradit transcriptom transduc transfer transient transloc transmiss tri unabl understood universal
upregul vaccin violat virul want whilst white widespread wind word write written young
    """),
    (16, """
0.0001 0.4 0.9 1.2 106 150 1975 2.5 2006 2007 2008 2013 250 300 39 47 52 58 65 88 99 absolut
abstract accompani acknowledg ad adher adhes aggreg aggress albeit america ancestr angular antivir
anxieti apertur arch argument artifici ascertain assist attain autoimmun automat axe bad barrier
becam bed besid binari border born bottom bp break bring burn california canada carcinoma
cardiovascular caviti chamber chemotherapi china cij circl circumst citat cite citi clarifi clean
closer closur cocultur codon coincid collabor coloni com commit compact compat compound compress
comprom conceiv concert confin conflict confus consensus consum consumpt cope cortex cortic crisi
cue custom cutoff dark debat decay decid defici deform deliveri delta dementia diagnos diagon diet
discov dispar dispers dissect dmem doi download downregul dramat drop drosophila duplic easier
east efficaci elicit elucid elut embryon empathi endogen enrol envelop enzym epsilon equip etc
ethnic eukaryot evolutionari exchang execut exert extra extracellular f1 fair farm fashion fat
feel finit fire flag flank flat foot forag formul fourth fresh front fruit fungal g1 g2 gather
generic geograph googl graph groov guidelin handl happen harbor harm hazard hear heavier helic
helix histor holotyp homozyg hous hundr hypertens iii immatur implicit imposs inactiv inadequ
incomplet inconsist increment inher inherit inner insecticid instabl intellig intersect intrins iq
island join judgement kb kernel kg km lamin laps leaf learn legal lifestyl litre logist longitudin
lymphocyt m1 machin mainten malign mammalian massiv melt met metric micrenviron mind mitochondri
mitot motiv motor mount multipli museum nb ncbi neglect nest nih nitrogen non noncod nonetheless
north notat occasion occupi offset oligonucleotid omega oncogen ongo opportun oral orf organ
ortholog outer overnight p2 packag pathogenesi pay pbmc pe pearson peer perfect permit phosphat pi
pictur pixel planet platform poorer postinfect precipit preliminari price princip problemat
prolong promin promiz proper prospect proven put quarter raw ray reactiv reader reagent realist
recal recurr regim renew repair reserv retina ri ring s8 s9 salt san satisfi scholar school
scientist sds se segreg session simplest situ skill slice slope slower smoke sodium somat soon
sought specul statement static stay steadi stop straightforward stratifi stream strongest style
subclon subtract suitabl suppos symptom synonym t7 tall team technic templat terrestri therapeut
therebi thermodynam thin think thousand threat tract transgen transmit travel trough trust twist
uk uncertain unclear uncorrel uncov undergo unfortun unless unpublish unrel upstream veloc verifi
vessel visit vulner wall warmer warrant weaker whenev wise worth younger zone
    """),
    (11, """
0.15 0.75 0.95 01 02 1.1 1.4 1.6 1.7 10.3 10000 102 103 105 112 120 180 1850 1990 1996 1997 2001
2003 2005 240 293 3.5 41 49 54 56 61 62 63 64 66 68 85 89 94 97 98 accommod affin agil aldrich
alongsid ancestor anova antibiot apart archiv arriv arteri assemblag attack august awar backward
bay bd began benefici benign bilater biomed biopsi birth board bovin bright british brown busi c1
cap carcinogenesi cardiac carlo categor causal censor cervic chose clinician coat cohen coli coloc
comment comorbid compart complement concaten concurr contrari controversi convinc cooccur cool
corollari council counteract counterpart cox crest cs cyclic cytokin cytosol da dapi declar deem
deeper defect defens deleteri deliv dens depart determinist development deviz dish dissolv domest
donor dosag dr ds dye dysfunct ear earliest edu elig empti encompass endem endotheli enforc engag
engin english epithelia epithelium etiolog ex excit exhaust fac fate fc fetal fi fifth filament
fill film fisher fixat forest foundat frozen fusion gapdh gc genbank geometri glass glutamin gold
grain guarante heart heavi held herein herit hidden hierarchi hill hind hoc homeostasi homolog
honor hope hypoxia i2 immunofluoresc immunoprecipit immunosuppress impress india infrastructur
infus insect insur interfac interfer intestin irregular irrevers isoform iu kappa kd l1 lag laser
leader lifetim liquid livestock load london lumen lyse machineri magnet maker malaria mask master
max meaning metal mimic min miner mixtur modest moi monoclon monoton mont morbid mother murin nacl
naiv neck nervous newli noninteract nonparametr noth nurs nutrit o obscur oppos optic ovin pack
paradox passag pellet penetr penicillin phii physician plasma polyclon popular pose posttransl
preexist premiz prescrib prevail priori probabilist proceed profound prognosi propag propens puzzl
qiagen quantif quick quotient rabbit race radic ran rat react reciproc reinforc render reproduct
request reservoir retent rib ribosom rigor river rock rod s1a said save scalar scope script
sediment semi sensat sensor sequenti serial si simpler sister skew slowli smallest socieconom
socio sophist spars spectrometri spend spinal squamous ss staff stand steroid streptomycin stromal
stronger summer superior suppressor surgic surpris suspect switch symbol syndrom theme thereaft
throughput titer tk tongu tran transcrib transpar triplic trivial tropic un underestim unexpect
unfold unifi uninfect unusu upward valley valuabl vast veget viabl vision vital vitamin wast wave
west wet worker wt york
    """),
    (8, """
0.02 0.19 0.45 0.58 0.66 0.81 0.83 0.84 0.89 001 1,2 1.3 1.8 128 130 1920 1980 1991 1998 2.8 2002
2015 43 46 5000 51 53 59 67 71 79 82 87 N abrog absorpt acquisit administ afford ago alcohol alexa
aliv alphai androgen anemia appendix appoint arrest australia bare begun behav benchmark bigger
bioinformat bivari brought bulk campaign cast chemistri coars cochran coexist cold compil contamin
contradict conveni corner corpor corrobor counter cowork cyclin cylindr cytokeratin cytometri
default degener delin destruct diagnost dichotom dimer discord discrep displac distant distort
drink eas effector electrophoresi emot endors endur entiti escap europ ever everyday excel exp
expert export facil familiar fe fertil fiber flask gave geo geolog giant gland glycerol grid guid
hereaft histon html huge hydrogen hz igg imagin immunoblot immunohistochemistri immunolog
immunostain inabl inappropri incent inevit infiltr inhabit inhibitori innov inspir intensif
interplay interrupt invari ion itali januari jump kda labor latenc leg lesser letter lobe longest
lysi manuscript mechanist merit mismatch mitig money monolay motif myc neglig newborn nich
nonsynonym nontrivi nonzero norway nucleic obstacl occas octob offic omit onlin operon outgroup
outperform over paid paradigm paragraph parsimoni parti passiv plateau player potent poverti
pregnanc press prime progeni promega proof proxi pump realiti redund reexpress regener remaind
reorgan resampl reson resuspend reviz s1b safe sake salin satisfact scanner scatter send sequest
sharp smoker someth spectra spp stata stationari steep student submit subscript subsect sudden
suit sunlight superfici terminolog texa thaw titl tnf topic toxic triangular triton truli unaffect
union viabil virtual wait wavelength wherebi worldwid yi
    """),
)  # fmt: skip
