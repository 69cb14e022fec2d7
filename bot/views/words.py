"""Words for every error: what happened, and what to do next. The only place that knows them."""

from bot.errors import (
    AlreadyRunning,
    AnswerReplaced,
    FirstVoteOver,
    Invalid,
    NoSuchArgument,
    NotAllowed,
    NotFound,
    RoundClosed,
    RoundHeld,
    SeminarError,
    StoreError,
    UnreadableAnswer,
    WrongState,
)
from bot.views.layout import learner_text, shorten

NOTHING_THERE = {
    "extra time": "This person has no extra time, so there is nothing to take back.",
    "running quiz": "No live quiz is running in this server. Start one with `/quiz live`.",
    "missed question": "There is nothing left to retake: well done.",
    "open review": "This review is over. `/review` shows what is due and goes on.",
    "agreed review": "There is nothing to delete: I keep no cards of yours. `/review` begins.",
    "list of evidence": "I do not have this list any more. Search again with `/evidence search`.",
    "check": "I do not have the result of this check any more. Use the command on the message again.",
    "open private quiz": "You have finished this quiz. Begin another one with `/quiz take`.",
}
"""What is said where nothing was removed: there just is none."""


def explain(error: SeminarError) -> str:
    """The error for the person who met it, in a sentence or two of plain English."""
    match error:
        case RoundClosed(skipped=True):
            return "This question was skipped, so answers to it do not count."
        case RoundClosed(handed_in=True, standing=None):
            return "You have handed this in, so this answer could not be taken."
        case RoundClosed(handed_in=True, standing=answer):
            return f"You have handed this in. Your answer counts: **{_said(answer)}**."
        case RoundClosed(standing=None):
            return "Time is up for this question, so this answer could not be taken."
        case RoundClosed(standing=answer):
            return f"Time is up for this question. Your answer counts: **{_said(answer)}**."
        case RoundHeld(standing=None):
            return "The quiz is paused. You can answer as soon as it goes on."
        case RoundHeld(standing=answer):
            return (
                f"The quiz is paused. Your answer so far is kept: **{_said(answer)}**. "
                "You can change it as soon as the quiz goes on."
            )
        case FirstVoteOver():
            return _first_vote_over(error)
        case AnswerReplaced(standing=answer):
            return (
                f"You have changed your answer since: it is **{_said(answer)}** now. Say how sure you are below "
                "the newest confirmation, or press your answer again."
            )
        case UnreadableAnswer(text="", hint=hint):
            return (
                f"Something is missing, so nothing was changed. {hint} Please press the button and try again."
            )
        case UnreadableAnswer(text=text, hint=hint):
            return (
                f"I could not read “{_said(text)}” as an answer, so nothing was changed. {hint} "
                "Please press the button and try again."
            )
        case AlreadyRunning():
            return (
                "A quiz is already running in this channel. Let it end (or stop it with `/quiz host`), or "
                "start yours in its own thread."
            )
        case NoSuchArgument(number=number):
            return (
                f"There is no argument “{_said(number)}” in this debate. Your text is kept: press "
                "**Add argument** to find it again, and give another number or none."
            )
        case NotAllowed(what=what, who=who):
            return f"Only {who} can {what}."
        case NotFound(what=what, name="") if what in NOTHING_THERE:
            return NOTHING_THERE[what]
        case NotFound(what=what, name=""):
            return f"I cannot find this {what} here. It may have been removed, or belong to another server."
        case NotFound(what=what, name=name):
            article = "an" if what[0] in "aeiou" else "a"
            return (
                f"I cannot find {article} {what} named “{_said(name)}” here. Pick one from the list that comes up "
                "while you type."
            )
        case WrongState():
            which = "This" if error.what == "round" else "The"  # other rounds come before and after it
            kept = "" if error.only_looked else ", so nothing was changed"
            return f"{which} {error.what} is {error.state}{kept}. {error.remedy}".strip()
        case Invalid():
            return _what_is_wrong(error)
        case StoreError():
            return (
                "I could not save this, so nothing was changed. Please try again in a moment; if it happens "
                "again, tell the person who runs this bot."
            )
        case _:
            return "Something about this is not possible right now. Nothing was changed."


def apologise(reference: str) -> str:
    """What is said when something unforeseen went wrong; ``reference`` finds it in the log."""
    return (
        "Sorry, something went wrong on my side. Please try again. If it happens again, give the person who "
        f"runs this bot this reference: `{reference}`."
    )


def _what_is_wrong(error: Invalid) -> str:
    """The reason as a sentence: one that begins with “it” is about the thing itself, which the sentence then names."""
    reason = error.reason
    about_it = reason.startswith("it ")
    subject, rest = (f"The {error.what}", reason[2:]) if about_it else (reason[0].upper(), reason[1:])
    return f"{subject}{rest}. {error.remedy}".strip()


def _first_vote_over(error: FirstVoteOver) -> str:
    standing = "" if error.standing is None else f" You answered: **{_said(error.standing)}**."
    if error.second is None:
        return f"The first vote is over.{standing} Talk it over; you can vote again if a second vote opens."
    link = "/".join(map(str, error.second))
    return (
        f"The first vote is over.{standing} The second vote is open: "
        f"[answer there](https://discord.com/channels/{link})."
    )


def _said(text: str | None) -> str:
    return learner_text(shorten(text or "", 200))
