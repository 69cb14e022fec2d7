"""Question sets for the tests on Discord: small enough to know every answer by heart."""

from bot.bank.item import Category, Correction, Label, Since
from bot.bank.kinds import Choice, Numeric, Option, ShortText, TrueFalse
from bot.bank.question_set import QuestionSet, SetInfo, SourceInfo
from tests.classroom import claim

RIGHT, WRONG, OTHER = "The Danube", "The Rhine", "The Po"


def _set(key: str, title: str, *items: object) -> QuestionSet:
    info = SetInfo(
        format=1,
        id=key,
        title=title,
        description="A set for tests.",
        source=SourceInfo(title="An atlas", publisher="A press", date="2019-08-01"),
    )
    return QuestionSet(info, items)  # type: ignore[arg-type]


def river(number: int) -> Choice:
    """A question with three options; the right one is ``RIGHT``."""
    return Choice(
        id=f"river-{number}",
        kind="choice",
        category=Category.STATISTIC,
        prompt=f"Which river has number {number}?",
        options=(
            Option(text=RIGHT, right=True),
            Option(text=WRONG, feedback="The Rhine flows north."),
            Option(text=OTHER),
        ),
        explanation="It is the river that flows through ten countries.",
        paragraph=(8,),
        label=Label.ESTABLISHED,
        as_of="2018-03",
    )


STATEMENT = TrueFalse(
    id="lake",
    kind="true_false",
    category=Category.HISTORY,
    prompt="The lake froze in 1963.",
    answer=True,
    feedback="It did freeze.",
    explanation="Many walked over it.",
    label=Label.MISCONCEPTION,
    correction=Correction(text="Only a part of it froze.", confidence="medium"),  # type: ignore[arg-type]
)

NUMBER = Numeric(
    id="towns",
    kind="numeric",
    category=Category.HISTORY,
    prompt="How many towns took part?",
    answer=80,  # type: ignore[arg-type]
    unit="towns",
    explanation="Eighty of them signed.",
    label=Label.CONTESTED,
    since=Since(date="2022-11", text="Two have left."),
)

WORD = ShortText(
    id="city",
    kind="short_text",
    category=Category.HISTORY,
    prompt="Which city was the first?",
    accepted=("Rongcheng",),
    explanation="It began there.",
    paragraph=(3, 4),
    source="A town chronicle",
    label=Label.OUTDATED,
)

RIVERS = _set("rivers", "Rivers of Europe", *(river(number) for number in range(1, 6)))
"""Five questions with buttons, all alike but for their number."""

NUMBERS = _set("numbers", "Towns by number", NUMBER)
"""One question with a number to type."""

WORDS = _set("words", "Cities by name", WORD)
"""One question with a word to type."""

STATEMENTS = _set("statements", "Statements on lakes", STATEMENT)
"""One statement that is true."""

KINDS = _set("kinds", "All kinds of questions", river(9), STATEMENT, NUMBER, WORD, claim("lists"))
"""One question of each kind, and a claim to debate."""

LESSONS = (RIVERS, NUMBERS, WORDS, STATEMENTS, KINDS)
