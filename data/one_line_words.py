"""The words a line about a watch is made of, in English, German and French, as patterns.

``TAKEN`` and ``BRAND`` are marks that data/one_line.py puts over what it has understood.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

TAKEN, BRAND = "\ue000", "\ue001"
END = rf"(?=[\s,;.)!?{TAKEN}{BRAND}]|$)"
SHORT = 3  # letters: an abbreviation, which counts in capitals only


def words(alternatives: str, after: str = "") -> re.Pattern[str]:
    """These words, whole and in any case."""
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-]){after}", re.IGNORECASE)


QUOTED = re.compile(
    r"\"([^\"]+)\"|[“„]([^“”„]+)[”“]|«([^«»]+)»|(?<![\w'])'([^']*[^\W\d_][^']*)'(?!\w)"
)
_BUY = r"bought|purchased|purchase|gekauft|gekaufte|kaufdatum|acquired|achetée?|achete|acquis"
BUY = words(_BUY)
DATED = re.compile(  # directly before the day on which it was bought
    rf"(?:(?<![\w-])(?:{_BUY})\s*:?\s*)?"
    r"(?:(?<![\w-])(?:on|in|am|im|le|en|den|at|date|since|seit|depuis|from|vom)\s*:?\s*)?$",
    re.IGNORECASE,
)
BOUGHT = words(_BUY, r"\s*:?\s*$")
OTHER_DAY = words(
    r"serviced|service|revision|revidiert|révisée?|warranty|guarantee|garantie|until|bis|jusqu'au|"
    r"sold|verkauft|valued|dated|insured",
    r"\s*:?\s*(?:(?:on|in|am|im|le|en|since|until|bis|to)\s+)?$",
)
BOUGHT_IN = words(_BUY, r"\s*:?\s*(?:(?:in|en|im|um)\s+)?(?P<year>(?:19|20)[0-9]{2})(?![\w.,/'-])")
YEAR = re.compile(
    r"(?<![\w.,/'-])(?P<about>ca?\.\s*|ca\s+|circa\s+|um\s+|vers\s+|about\s+|around\s+|~\s*)?"
    r"(?P<named>(?:year|jahrgang|jahr|année|from|jg\.?|bj\.?|baujahr|made in|vintage|anno)"
    r"\s*:?\s*)?"
    rf"(?P<year>(?:19|20)[0-9]{{2}}){END}",
    re.IGNORECASE,
)
SERIAL = re.compile(
    r"(?<![\w-])(?:s/n|sn|serial|seriennummer|seriennr|serien-nr|ser|n° de série|numéro de série)"
    r"(?:\s*(?:number|no|nr|num))?[.:#\s]+(?P<it>(?=[\w/.-]*[0-9])[\w/.-]*\w)",
    re.IGNORECASE,
)
NAMED_REFERENCE = re.compile(
    r"(?<![\w-])(?:ref|reference|referenz|référence|réf)[.:#\s]+(?P<it>[\w/.-]*[0-9][\w/.-]*\w|[0-9])"
    r"(?P<more>(?-i:(?: (?!EUR|USD|CHF|GBP)"
    r"(?:[A-Z]{1,4}|[0-9]{1,6}[A-Z]{0,4})(?![\w/.,'-])){0,3}))",
    re.IGNORECASE,
)
# A reference without the word: it has a sign between digits, or three digits beside letters, or
# is a number of four digits and more. Letters may stand apart from it: IW 371446, 116500 LN.
REFERENCE = re.compile(
    r"(?<![\w/.'’-])(?:(?P<first>BR|IW|PAM|SB[A-Z]{2}|SL[A-Z]{2}|SR[A-Z]{2}|SP[A-Z]{2}|WSS[A-Z]) )?"
    r"(?P<it>[A-Z0-9](?:[A-Z0-9./-]*[A-Z0-9])?)(?P<last> [A-Z]{2,5}(?![\w/.-]))?(?![\w/-])"
)
DEPTH_OR_SIZE = re.compile(
    r"[0-9]+(?:[.,][0-9]+)?(?:M|MM|ATM|BAR|FT|H|HZ|K|ST|ND|RD|TH)", re.IGNORECASE
)
SELLER = re.compile(
    r"(?<![\w-])(?:from|at|bei|chez|von|vom|auprès de|dealer|seller|retailer|händler)\s*:?\s+"
    rf"(?P<it>[^\s,;:()\"{TAKEN}{BRAND}][^,;()\"{TAKEN}{BRAND}]*)",
    re.IGNORECASE,
)
STATUSES = {
    "wishlist": words(r"wish ?list|wunschliste|liste d'envies|liste de souhaits|wanted"),
    "ordered": words(r"ordered|on order|bestellt|commandée?|pre-?ordered|vorbestellt"),
}
_IN = r"(?:(?:in|en)\s+)?"
_STATE = r"(?:\s+(?:condition|zustand|état|etat))"
CONDITIONS = {  # the first that fits; the remark of those that are not the word itself
    "very good": ("good", words(rf"{_IN}(?:very good|sehr gute[rnm]?|sehr gut|très bon){_STATE}?")),
    "new": (
        "mint",
        words(
            rf"{_IN}(?:(?:brand |like |as )?new(?! \w+ (?:dial|strap))|neuwertig|neue[rnm]?|neu|"
            rf"comme neuf|neuf|unworn|ungetragen|nos|jamais portée?){_STATE}?"
        ),
    ),
    "mint": ("mint", words(rf"{_IN}mint(?! (?:green|dial|colou?r|blue)){_STATE}?")),
    "excellent": (
        "excellent",
        words(rf"{_IN}(?:excellent|ausgezeichnete[rnm]?|exzellente[rnm]?){_STATE}?"),
    ),
    "good": ("good", words(rf"{_IN}(?:good|gute[rnm]?|bon){_STATE}|good|gut")),
    "fair": ("fair", words(rf"{_IN}(?:fair|ordentliche[rnm]?|moyen){_STATE}|fair")),
    "poor": ("poor", words(rf"{_IN}(?:poor|schlechte[rnm]?|mauvais){_STATE}|poor")),
}
_BOX = r"(?:inner |outer |original[- ])?(?:box(?:es)?|schachtel|boîte|boite|coffret|écrin|ecrin)"
_PAPERS = r"(?:original )?(?:papers?|papiere?n?|papiers?)"
_NOT = r"(?:no|without|ohne|sans)"
_AND = r"(?:\s*(?:and|und|et|&|\+|/|,)\s*)"
SETS = {
    "full_set": words(
        rf"full ?set|vollset|{_BOX}{_AND}{_PAPERS}|{_PAPERS}{_AND}{_BOX}|b&p|b\+p|complete set|"
        r"set complet"
    ),
    "none": words(
        rf"watch only|head only|nur uhr|montre seule|{_NOT} {_BOX}"
        rf"(?:{_AND}|\s+(?:or|oder|ni|nor)\s+)(?:{_NOT} )?{_PAPERS}"
    ),
    "box": words(rf"{_BOX}(?: only)?(?:,? (?:but )?{_NOT} {_PAPERS})?"),
    "papers": words(rf"{_PAPERS}(?: only)?(?:,? (?:but )?{_NOT} {_BOX})?"),
}
NEGATED = words(_NOT, r"\s+$")
FOR = words(
    r"for|für|fuer|pour|paid|bezahlt|payée?|price|preis|prix|at|à|zu|kaufpreis", r"\s*:?\s*$"
)
PLAIN_FOR = words(r"for|für|fuer|pour|paid|bezahlt|payée?|price|preis|prix|kaufpreis", r"\s*:?\s*")
NOT_PAID = words(
    r"worth|valued|value|wert|listenpreis|list(?: price)?|rrp|msrp|retail|insured|estimated?|"
    r"valeur|versichert",
    r"\s*(?:at|for|mit|auf)?\s*:?\s*$",
)
FILLERS = frozenset(
    {
        *("on", "in", "at", "from", "for", "with", "and", "paid", "by", "the", "a", "an", "price"),
        *("am", "im", "den", "bei", "für", "fuer", "mit", "und", "bezahlt", "zu", "preis"),
        *("le", "la", "en", "chez", "pour", "avec", "et", "à", "prix"),
        *("&", "+", "-", "–", "—", "/", "s/n", "ref", "condition"),
    }
)
# Signs → the currencies they can stand for, the likeliest first.
SIGNS = {
    "€": ("EUR",), "us$": ("USD",), "hk$": ("HKD",), "a$": ("AUD",), "c$": ("CAD",),
    "s$": ("SGD",), "nz$": ("NZD",), "$": ("USD", "AUD", "CAD", "HKD", "MXN", "NZD", "SGD"),
    "£": ("GBP",), "¥": ("JPY", "CNY"), "fr.": ("CHF",), "fr": ("CHF",), "sfr.": ("CHF",),
    "sfr": ("CHF",), "kr.": ("SEK", "DKK", "NOK", "ISK"), "kr": ("SEK", "DKK", "NOK", "ISK"),
    "euros": ("EUR",), "euro": ("EUR",), "dollars": ("USD", "AUD", "CAD"),
    "dollar": ("USD", "AUD", "CAD"), "pounds": ("GBP",), "pound": ("GBP",),
    "francs": ("CHF",), "franken": ("CHF",), "yen": ("JPY",),
}  # fmt: skip
NUMBER = (
    r"(?:[0-9]{1,3}(?: [0-9]{3})+(?![0-9])(?:[.,][0-9]{1,2}(?![0-9]))?|[0-9](?:[0-9.,'’]*[0-9])?)"
    r"(?:[.,][-–—]{1,2})?"
)


@lru_cache(maxsize=8)
def prices(codes: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """An amount after its currency, and before it."""
    marks = "|".join(re.escape(mark) for mark in sorted([*SIGNS, *codes], key=len, reverse=True))
    mark = rf"(?P<mark>{marks})"
    number = rf"(?P<number>{NUMBER})(?P<thousand>\s?[kK](?!\w))?"
    return (
        re.compile(rf"(?<![\w.]){mark}\s?{number}(?![\w])", re.IGNORECASE),
        re.compile(rf"(?<![\w.,'’/-]){number}\s?{mark}(?!\w)", re.IGNORECASE),
    )


def folded(text: str) -> str:
    """Without accents and capitals, a letter for a letter: positions stay what they were."""
    return "".join(_plain(letter) for letter in text)


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[:1].lower()
    return base if len(base) == 1 else letter


@lru_cache(maxsize=8)
def brand_pattern(spellings: tuple[str, ...]) -> re.Pattern[str] | None:
    """Any of these names in a folded text, the longest first, however its parts are joined."""
    shapes = {shape for spelling in spellings if (shape := _shape(spelling))}
    if not shapes:
        return None
    return re.compile(
        r"(?<!\w)(?:" + "|".join(sorted(shapes, key=len, reverse=True)) + r")(?!\w|-\d)"
    )


def brand_key(text: str) -> str:
    """The same for every way to write a name: Bell&Ross, Bell and Ross."""
    return "".join("&" if part in {"and", "und", "et"} else part for part in _parts(text))


def _shape(spelling: str) -> str:
    parts = ["(?:&|and|und|et)" if part in {"&", "and", "und", "et"} else re.escape(part)
             for part in _parts(spelling)]  # fmt: skip
    return r"[\s.'’-]*".join(parts)


def _parts(text: str) -> Iterable[str]:
    return re.findall(r"[^\W_]+|&", folded(text))
