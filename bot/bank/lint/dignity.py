"""Words by which a motion may be about people rather than about what institutions do: whole peoples, and what groups of
people are worth or whether their rights hold.

A list knows neither every group nor every slight. What it finds is a reason to look again, and no more.
"""

import re
from collections.abc import Iterator
from typing import Final

_NATIONS: Final = (
    r"[A-Z][a-z]+ese|British|French|Dutch|English|Irish|Scottish|Welsh|Spanish|Polish|Swiss|Turkish|Danish|Finnish"
    r"|Swedish|Han|Hui|Manchu|Zhuang|Uighur|Uyghur|Roma|Sami|Maori|Inuit"
)
_PLURALS: Final = (
    r"\b(?!Guardians|Republicans|Librarians|Historians|Politicians|Presbyterians)[A-Z][a-z]{2,}(?:ians|eans|cans)\b"
    r"|\b(?:Westerners|Easterners|Arabs|Asians|Germans|Israelis|Uighurs|Uyghurs|Kurds|Turks|Poles|Finns|Danes|Swedes"
    r"|Greeks|Tibetans|Mongols|Pakistanis|Jews|Muslims|Hindus|Buddhists|Sikhs|Catholics|Protestants|Mormons|Roma"
    r"|Gypsies|Dalits)\b"
)

PEOPLES: Final = re.compile(
    rf"\b[Tt]he (?:{_NATIONS})"
    r"(?:(?=\s*(?:[.,;:]|$))|(?=\s+(?:are|were|have|had|do|did|will|can|cannot|could|may|must|should|would|ought|of|in|to"
    r"|and|or|\w+ed)\b)"
    r"|\s+(?:people|nation|race)\b)"
    r"|\b[A-Z][a-z]+(?:ese|an|ish)\s+(?:people|race)\b"
    rf"|{_PLURALS}"
)
"""Peoples and believers, spoken of as one."""

# Words without a case of their own stand in (?i:…): peoples are told from other words by their capitals.
_KINDS: Final = (
    r"(?:black|white|brown|coloured|colored|asian|african|arab|jewish|muslim|christian|hindu|sikh|buddhist|gay|lesbian"
    r"|bisexual|homosexual|trans|transgender|queer|same-sex|disabled|handicapped|deaf|blind|autistic|old|elderly|poor"
    r"|rich|homeless|indigenous|native|aboriginal|foreign|immigrant|migrant|refugee|religious|uneducated|rural)"
)
_GROUPS: Final = (
    rf"(?:(?:{PEOPLES.pattern})"
    rf"|\b(?:{_NATIONS})(?=\s+(?:are|were|should|must|cannot|can|ought|have)\b)"
    rf"|\b(?i:{_KINDS}\s+(?:people|persons|men|women|children|students|workers|parents|couples|families|communities)"
    r"|people\s+of\s+colou?r|people\s+with\s+(?:\w+\s+)?disabilities"
    r"|the\s+(?:poor|rich|elderly|old|disabled|handicapped|deaf|blind|homeless|unemployed|mentally\s+ill)"
    r"|women|men|girls|boys|wom[ae]n['’]s|females|males|mothers|blacks|whites|gays|lesbians|homosexuals|bisexuals|transsexuals"
    r"|migrants|immigrants|refugees|asylum[\s-]seekers|foreigners|newcomers|minorities|peasants|natives|christians|atheists"
    r"|believers|infidels|homosexuality|bisexuality|(?:same-sex|gay)\s+(?:marriage|love|relationships)"
    r"|being\s+(?:gay|lesbian|homosexual|transgender|trans)|islam|judaism|christianity|hinduism|buddhism)\b)"
)

_TRAITS: Final = (
    r"honest|dishonest|lazy|hard-working|industrious|stupid|dumb|smart|smarter|clever|intelligent|unintelligent|criminal"
    r"|criminals|dangerous|violent|aggressive|peaceful|dirty|clean|backward|primitive|civili[sz]ed|uncivili[sz]ed|cultured"
    r"|rude|greedy|cunning|sly|untrustworthy|trustworthy|reliable|unreliable|loyal|disloyal|traitors|terrorists|parasites"
    r"|thieves|liars|weak|weaker|inferior|superior|emotional|irrational|rational|incapable|capable|unfit|fit|unsuited"
    r"|gifted|talented|wrong|right|sinful|sin|immoral|moral|unnatural|natural|abnormal|normal|perverse|perverted|sick"
    r"|disease|illness|disorder|choice|crime|evil|bad|good|better|best|worse|worst|burden|threat|plague|problem"
    r"|valuable|worthy|unworthy|worthless|equal|unequal|human|subhuman|brave|cowardly|cowards|ugly|beautiful|born"
    r"|violence|terror|hatred|(?<=not )(?:women|men)"
)
_IS: Final = (
    r"(?:is|are|was|were|be|has\s+been|have\s+been)(?:n['’]t|\s+not)?"
    rf"\s+(?:[\w'’-]+\s+){{0,3}}?(?:{_TRAITS})\b"
)
_DONE: Final = (
    r"deport(?:ed)?|expel(?:led)?|remove(?:d)?|ban(?:ned)?|bar(?:red)?|exclude(?:d)?|segregate(?:d)?|separate(?:d)?"
    r"|sterili[sz]e(?:d)?|imprison(?:ed)?|jail(?:ed)?|detain(?:ed)?|intern(?:ed)?|arrest(?:ed)?|kill(?:ed)?|execute(?:d)?"
    r"|punish(?:ed)?|convert(?:ed)?|cure(?:d)?|assimilate(?:d)?|re-?educate(?:d)?|silence(?:d)?|tolerate(?:d)?"
    r"|control(?:led)?|subjugate(?:d)?|disenfranchise(?:d)?|outlaw(?:ed)?|criminali[sz]e(?:d)?"
)
_MAY: Final = (
    r"(?:should|must|ought\s+to|may|can|cannot|can['’]t|do|does|have|has|deserve|need\s+to|belong)(?:n['’]t|\s+not|\s+never)?"
    r"\s+(?:(?:only|always|all|still|be|to|the|a)\s+){0,3}?"
    r"(?:stay|remain|kept|home|the\s+kitchen|go\s+(?:home|back)|sent\s+(?:home|back)|leave|obey|serve|submit|follow|rule"
    r"|ruled|govern|dominate|lead|led|know\s+their\s+place|allowed|permitted|forbidden|prohibited|legal|illegal|treated"
    r"|(?:equal|same|full|fewer|more|less|no|any)\s+(?:rights|dignity|respect|treatment|citizens)|rights?|dignity"
    rf"|equal|vote|marry|adopt|have\s+children|drive|belong|exist|taught|trusted|{_DONE})\b"
)

_WORTH: Final = re.compile(
    rf"{_GROUPS}(?:\s+(?!not\b|should\b|must\b|is\b|are\b|was\b|were\b)[\w'’-]+){{0,5}}?\s+(?i:{_IS}|{_MAY})"
    rf"|\b(?i:{_DONE})\s+(?:(?i:all|any|most|illegal|many|more|the|its|their|these|those|young|foreign)\s+){{0,3}}{_GROUPS}"
)
"""A group, and what it is said to be or whether it may; or what is to be done to one."""


def peoples_in(motion: str) -> Iterator[str]:
    """The peoples that a motion speaks of as one."""
    return (match[0] for match in PEOPLES.finditer(motion))


def slights_in(motion: str) -> Iterator[str]:
    """Where a motion says what a group is worth, or puts its rights in question, as it says so."""
    return (match[0] for match in _WORTH.finditer(motion))
