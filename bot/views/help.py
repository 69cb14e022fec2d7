"""What ``/help`` and ``/settings`` say."""

from bot.actions.settings import GuildSettings
from bot.views.layout import QUIET_COLOUR, Layout, card

LEARNERS = """**In class**
Press **Join** in the lobby, or just answer: late is fine, nothing before counts against you.
Press a button under the question, or **Answer** to type. Your answer is private, and you can change it until the \
question closes. At the end, **My result** shows how you did; only you see it.

**On your own**
`/quiz take` asks you questions privately, with an explanation after each. Leave when you like: the same command \
goes on where you stopped, and **Retake what I missed** asks the rest again.
`/progress` shows you privately how you are getting on and what to study next.
`/review` remembers, if you like, what you missed or guessed, and asks it again over the days.

**Is a question wrong?**
Press **Something wrong with this question?** under its explanation. Instructors read it without your name, and I tell \
you what they decide.

**In a debate**
Say privately where you stand, argue the side you are given, and say where you stand afterwards. Only totals are \
shown. You can always choose “Rather not say”, or just read along.
**My evidence** has cards from the bank for your side; **Cite here** posts one.

**What is known?**
`/evidence search` finds what the bank has: who says it, what others say, and how sure it is. On your own message, \
*Apps > Check against the bank* shows what the bank has on it, only to you."""

INSTRUCTORS = """**For instructors**
`/quiz live` opens a quiz for the class; **Host controls** has pause, skip, more time and end, and `/quiz host` \
does the same from anywhere. With `revote` people discuss a question and vote again; `certainty` asks how sure they \
are. The options `teams`, `speed_points` and `board` are off unless you switch them on.
`/accommodate` gives a learner extra time in every quiz, privately.
`/debate open` opens a debate on a contested claim in a thread of its own; `/debate close` posts its outcome. You may \
check anybody's message against the bank, privately.
`/questions load` loads your own questions from a file (it checks first and tells you every error), \
`/questions list` and `/questions show` let you look at them.
`/progress learner:…` shows how a learner is getting on.
`/inbox` has what people report about questions, and typed answers that missed by little. What you decide grades all \
answers anew; you see first what would change, and can take it back.
`/settings` chooses the instructor role and the default channel."""

NOT_HERE = """Seminar works in a server, not in direct messages: open the server of your class and type `/help` \
there. If you do not have one yet, invite me to a server that you manage."""


def help_card(*, in_server: bool, instructor: bool) -> Layout:
    """What a person can do, by where they are and what they may do."""
    if not in_server:
        return card("### Seminar", NOT_HERE, colour=QUIET_COLOUR)
    return card("### What you can do here", LEARNERS, INSTRUCTORS if instructor else None)


def settings_card(settings: GuildSettings) -> Layout:
    """The server's settings."""
    role = (
        "nobody besides those with Manage Server"
        if settings.instructor_role_id is None
        else f"<@&{settings.instructor_role_id}>, and those with Manage Server"
    )
    channel = (
        "the channel in which the command is used"
        if settings.default_channel_id is None
        else f"<#{settings.default_channel_id}>"
    )
    return card(
        "### Settings of this server",
        f"**Instructors:** {role}.\n**Quizzes and debates open in:** {channel}.",
        "-# Change them with `/settings instructor_role:… default_channel:…`.",
        colour=QUIET_COLOUR,
    )
