"""Every error that a person can cause or meet, as data.

The words for them live in ``views/words.py``: an error says what is the case, not how to put it. The tree:

    SeminarError
    ├── UnreadableAnswer         a typed answer that cannot be understood
    ├── NotFound                 something named does not exist (any more)
    ├── NotAllowed               only instructors, or only its owner, may do this
    ├── WrongState               the thing exists, but has moved on
    ├── RoundClosed              an answer came after the question's end
    ├── RoundHeld                an answer came while the quiz is paused
    ├── FirstVoteOver            an answer to a first vote came after its end
    ├── AnswerReplaced           how sure somebody is was said of an answer that has been changed
    ├── AlreadyRunning           the channel has a live quiz
    ├── NoSuchArgument           an argument answers one that is not there; its text is kept
    ├── Invalid                  an option or a text that cannot be used
    └── StoreError
        ├── StoreUnavailable     the database refused to write
        ├── NewerDatabase        written by a newer version of Seminar
        └── NotADatabase         the file is something else

They are plain dataclasses, not frozen ones: Python itself writes ``__traceback__`` on a raised exception.
"""

from dataclasses import dataclass
from pathlib import Path


class SeminarError(Exception):
    """The base of all errors that Seminar explains to a person."""


@dataclass(eq=False)
class UnreadableAnswer(SeminarError):
    """A typed answer that cannot be read; ``hint`` says in plain words what can be."""

    text: str
    hint: str


@dataclass(eq=False)
class NotFound(SeminarError):
    """``what`` (a noun such as ``"question set"``) named ``name`` does not exist in this server."""

    what: str
    name: str = ""


@dataclass(eq=False)
class NotAllowed(SeminarError):
    """The person may not do ``what`` (a verb phrase); ``who`` may."""

    what: str
    who: str = "instructors"


@dataclass(eq=False)
class WrongState(SeminarError):
    """``what`` (a noun) is ``state`` now, so nothing was changed; ``remedy`` says what can be done instead.

    ``only_looked`` says that nothing was to be changed either: the person wanted to see something, such as a form.
    """

    what: str
    state: str
    remedy: str = ""
    only_looked: bool = False


@dataclass(eq=False)
class RoundClosed(SeminarError):
    """The question no longer takes answers; ``standing`` is the learner's answer, in words.

    It counts unless the question was ``skipped``. ``handed_in``: the learner ended it, not the clock.
    """

    standing: str | None
    skipped: bool = False
    handed_in: bool = False


@dataclass(eq=False)
class RoundHeld(SeminarError):
    """The quiz is paused; ``standing`` is the learner's answer so far, in words."""

    standing: str | None


@dataclass(eq=False)
class FirstVoteOver(SeminarError):
    """The first vote on the question is over; ``standing`` is the learner's answer in it, in words.

    ``second`` is where the second vote is open: server, channel and message; None while there is none (yet).
    """

    standing: str | None
    second: tuple[int, int, int] | None = None


@dataclass(eq=False)
class AnswerReplaced(SeminarError):
    """How sure the learner is belongs to an answer that does not stand any more; ``standing`` does, in words."""

    standing: str


@dataclass(eq=False)
class AlreadyRunning(SeminarError):
    """A live quiz is under way in this channel."""


@dataclass(eq=False)
class NoSuchArgument(SeminarError):
    """The debate has no argument of that number. The text is kept as a draft."""

    number: str


@dataclass(eq=False)
class Invalid(SeminarError):
    """``what`` (a noun) cannot be used because of ``reason``; ``remedy`` says what would be right.

    The reason is a clause that can stand alone as a sentence. In one that begins with ``it``, that is ``what``.
    """

    what: str
    reason: str
    remedy: str = ""


class StoreError(SeminarError):
    """The base of what goes wrong with the database file."""


@dataclass(eq=False)
class StoreUnavailable(StoreError):
    """The database refused a write (disk full, file locked or gone); nothing was stored."""

    reason: str


@dataclass(eq=False)
class NewerDatabase(StoreError):
    """The file holds migrations that this version does not know."""

    path: Path
    unknown: tuple[str, ...]


@dataclass(eq=False)
class NotADatabase(StoreError):
    """The file cannot be opened as Seminar's database."""

    path: Path
    reason: str
