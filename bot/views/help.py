"""What ``/help`` and ``/settings`` say."""

from bot.actions.settings import GuildSettings
from bot.views.layout import DIVIDER, QUIET_COLOUR, Layout, card

EVERYBODY = (
    """**In class**
Press **Join**, or just answer; you can come late. Your answer is private, and you can change it until the question \
closes. **My result** at the end is for you alone.""",
    """**On your own, privately**
- `/quiz take` asks questions and explains each. Leave when you like: the same command goes on there later. **Retake \
what I missed** asks the rest again.
- `/quiz status` has your assignments: until when they are due, and how you did.
- `/progress` shows how you are getting on, and what to study next.
- `/review` brings back what you missed or guessed, over the days.""",
    """**Is a question wrong?**
Press **Something wrong with this question?** below its explanation. Instructors do not see your name, and I tell you \
what they decide.""",
    """**In a debate**
Say privately where you stand, argue the side you are given, and say again where you stand. Only totals are shown; but \
in some debates your side is the opposite of what you think, which you are told when you are asked. You can always \
choose “Rather not say”, or just read along. **My evidence** has cards from the bank for your side; **Cite \
here** posts one. On your own message in the thread, *Apps > Submit as argument* begins an argument with it.
**My place**, or `/debate status`, has your place in it, your grade if there is one, and the way out: alone, or with \
everything that you wrote.""",
    """**What is known?**
- `/evidence search` finds what the bank has: who says it, what others say, and how sure it is.
- On your own message, *Apps > Check against the bank* shows what the bank has on it, only to you.""",
    """**When the class is asked for its opinion**
Press **Give my opinion**: agree, disagree or pass, privately. You can stop, go on, change your answers and take \
them out until it closes. No answer is ever shown with a name.""",
    """**Does a message trouble you?**
Press it long, or right-click it, and choose **Apps**, then **Report to the instructors**. They do not see your name, \
its author is told nothing, and I tell you what came of it.""",
)
"""A text for each subject: below a list, a line of the same text would belong to its last point."""

INSTRUCTORS = (
    """**With your class**
- `/quiz live` opens a quiz; only `set` is needed. When people have joined, press **Start**.
- **Host controls** under each question, or `/quiz host`: pause, skip, more time, end.
- More for `/quiz live`, if you like: `revote` (discuss, then vote again), `certainty` (how sure are you?), `teams`, \
`speed_points`, `board`.
- `/quiz assign` sets a quiz to take alone, by a date; `/quiz status` shows how far everybody is.
- `/debate open` plans a debate on a contested claim; you see a preview first. `/debate status` has its controls; \
`/debate advance`, `/debate extend`, `/debate pause`, `/debate resume`, `/debate close` and `/debate cancel` do the \
same.
- `/debate transcript` gives the arguments as a file. You may check anybody's message against the bank, privately.
- `/debate grade` shows what somebody did in a debate and takes your marks; `/debate grades` tells everybody theirs.
- `/opinion open` asks what the class thinks of a set's motions; `/opinion status` counts the answers, and \
`/opinion close` posts the result.""",
    """**For one learner, privately**
- `/accommodate` gives extra time in every quiz.
- `/progress learner:…` shows how somebody is getting on.""",
    """**The questions**
- `/inbox` has what people report of questions and of messages, and typed answers that missed by little.
- `/questions load` loads a file of your own; it is checked first.
- `/questions list` and `/questions show`: what there is.""",
    """**The server**
- `/settings`: the instructor role, the default channel, the time zone. It takes Manage Server to change them.""",
)

NOT_HERE = """Seminar works in a server, not in direct messages: open the server of your class and type `/help` \
there. If you do not have one yet, invite me to a server that you manage."""


def help_card(*, in_server: bool, instructor: bool) -> Layout:
    """What a person can do, by where they are and what they may do.

    An instructor reads first what only instructors can do: a class may be waiting.
    """
    if not in_server:
        return card("### Seminar", NOT_HERE, colour=QUIET_COLOUR)
    if not instructor:
        return card("### What you can do here", *EVERYBODY)
    return card("### What you can do here", *INSTRUCTORS, DIVIDER, "### What everybody can do", *EVERYBODY)


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
        f"**Instructors:** {role}.\n**Quizzes and debates open in:** {channel}.\n"
        f"**Time zone for due dates and reminders:** {settings.time_zone or 'UTC (nothing chosen)'}.",
        "-# Change them with `/settings instructor_role:… default_channel:… time_zone:…`.",
        colour=QUIET_COLOUR,
    )
