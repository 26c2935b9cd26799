"""What a decision stands on, in words: how things heard are judged, and the rules by which the software looks."""

from typing import Literal

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.terms import Term, find, term

Judgement = Literal["open", "followed", "not_followed"]
Side = Literal["for", "against"]

# From how many published stories on what stories are tagged with has to be judged. Themes that people made have no
# such number: a minority's theme with one story is heard too.
FEWEST_TAGGED = 3
# The first is the strongest when words against a decision are sought.
STANCE_ORDER = ("concern", "mixed", "idea", "strength")
# Of what a decision follows, only these speak against it.
DOUBTING = ("concern", "mixed")

JUDGEMENTS: tuple[Term, ...] = (
    term("open", "Heb ei ystyried eto", "Not considered yet"),
    term("followed", "Mae’r penderfyniad yn dilyn hyn", "The decision follows this"),
    term("not_followed", "Nid yw’r penderfyniad yn dilyn hyn", "The decision does not follow this"),
)

HEARD_RULE = Bilingual(
    "Y feddalwedd sy’n llunio’r rhestr hon, o’r hyn a gyhoeddwyd yn unig. Mae’n cynnwys pob thema a gadwyd pan "
    "gaewyd sesiwn ddarllen yn y prosiect hwn, pwy bynnag a’i cynigiodd a waeth faint o straeon sydd ynddi. Mae "
    "hefyd yn cynnwys pob nod, ffordd o weithio neu thema y mae digon o straeon a gyhoeddwyd yn sôn amdanynt. Ni "
    "all neb dynnu dim oddi ar y rhestr: dim ond dweud a yw’r penderfyniad yn dilyn pob un, a pham os nad yw.",
    "The software makes this list, from what is published and nothing else. It holds every theme that was kept "
    "when a reading session of this project closed, whoever put it forward and however few stories are in it. It "
    "also holds every goal, way of working or theme that enough published stories speak of. Nobody can take "
    "anything off the list: they can only say of each whether the decision follows it, and why if it does not.",
)
AGAINST_RULE = Bilingual(
    "Y feddalwedd sy’n dewis y geiriau hyn, yn ôl yr un rheol bob tro. Daw’r hyn nad yw’r penderfyniad yn ei "
    "ddilyn o flaen yr hyn y mae’n ei ddilyn; o’r hyn y mae’n ei ddilyn, dim ond pryderon a safbwyntiau cymysg "
    "sy’n cyfrif. Wedyn daw pryderon o flaen safbwyntiau cymysg, syniadau a chryfderau; wedyn y thema sydd â’r "
    "nifer fwyaf o straeon; wedyn yr hyn y mae person wedi’i gadarnhau; ac yn olaf y stori ddiweddaraf. Ni "
    "chynhwysir geiriau y mae’r penderfyniad yn dibynnu arnynt.",
    "The software chooses these words, by the same rule every time. What the decision does not follow comes "
    "before what it follows; of what it follows, only concerns and mixed views count. Then concerns come before "
    "mixed views, ideas and strengths; then the theme with the most stories; then what a person has confirmed; "
    "and at last the newest story. Words that the decision relies on are left out.",
)


def find_judgement(judgement_id: str) -> Term:
    """Return the judgement with that id.

    Raises:
        NotFound: there is none.
    """
    return find(JUDGEMENTS, judgement_id)
