"""The buttons of a live quiz that everybody may press: answer, own result, discuss."""

from collections.abc import Mapping
from typing import ClassVar

import discord

from bot.actions.answering import answer_round, question_for_form
from bot.actions.quiz_reports import MyResult, my_result, run_board
from bot.actions.threads import discussion_place, track_discussion
from bot.bank.form import Filled
from bot.bank.grade import Outcome
from bot.errors import Invalid
from bot.ids import ChannelId, MessageId, RoundId, RunId
from bot.quiz.run import Round
from bot.views.answer_form import answer_form, filled_in
from bot.views.desk import desk_of, guild_of, stamp, user_of
from bot.views.forms import Fields, Form
from bot.views.how_sure import confirmation, sureness_words
from bot.views.joining import showing_buttons
from bot.views.layout import RESULT_COLOUR, Button, Layout, card, plural, shorten
from bot.views.own_run import RetakeMissed
from bot.views.press import ID, SLOT, Press
from bot.views.question import result_line
from bot.views.replies import reply, show_form, take_time
from bot.views.review_words import POINT_TO_REVIEW
from bot.views.standing import own_lines

THREAD_EXISTS = 160004
RESULT_ROOM = 3_500
SHORTEST_LINE = 30


class AnswerButton(Press, prefix="qa", parts=(ID, SLOT)):
    """Answers a question with the option shown at a place."""

    routine = True
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: discord.Interaction) -> None:
        await take_answer(interaction, RoundId(self.number(0)), self.number(1))


class TypeButton(Press, prefix="qt", parts=(ID,)):
    """Opens the form for an answer, filled with the answer so far."""

    routine = True
    style = discord.ButtonStyle.primary
    default_label: ClassVar[str] = "Answer"

    async def pressed(self, interaction: discord.Interaction) -> None:
        _, at = stamp(interaction)
        question = await desk_of(interaction).read(
            question_for_form,
            guild_id=guild_of(interaction),
            round_id=RoundId(self.number(0)),
            user_id=user_of(interaction),
            at=at,
        )
        await show_form(
            interaction,
            answer_form(TYPED_ANSWER, interaction, question.asked, question.asked.form(question.standing)),
        )


class MyResultButton(Press, prefix="qm", parts=(ID,)):
    """Shows the learner's own result, privately."""

    style = discord.ButtonStyle.primary
    default_label: ClassVar[str] = "My result"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk, guild_id, run_id = desk_of(interaction), guild_of(interaction), RunId(self.number(0))
        board = await desk.read(run_board, run_id=run_id)
        if board is not None and board.run.options.board:
            # A place takes everybody's answers: when a whole class looks at once, the last ones wait for seconds.
            await take_time(interaction)
        result = await desk.read(my_result, guild_id=guild_id, run_id=run_id, user_id=user_of(interaction))
        await reply(interaction, own_result(result))


class Discuss(Press, prefix="qd", parts=(ID,)):
    """Opens the thread in which a question is discussed, or points to it."""

    default_label: ClassVar[str] = "Discuss"

    async def pressed(self, interaction: discord.Interaction) -> None:
        round_id = RoundId(self.number(0))
        desk, guild_id = desk_of(interaction), guild_of(interaction)
        asked, thread_id, message_id = await desk.read(discussion_place, guild_id=guild_id, round_id=round_id)
        if thread_id is None:
            # Making a thread takes a second request to Discord: the press is acknowledged first.
            await take_time(interaction)
            thread_id = await open_thread(interaction, asked, message_id)
            await desk.run(
                track_discussion, guild_id=guild_id, round_id=round_id, thread_id=thread_id, at=desk.now()
            )
        await reply(interaction, f"The discussion of this question is in <#{thread_id}>.")


async def take_answer(interaction: discord.Interaction, round_id: RoundId, answer: int | Filled) -> None:
    """Store an answer, then confirm it privately."""
    interaction_id, at = stamp(interaction)
    answered = await desk_of(interaction).run(
        answer_round,
        guild_id=guild_of(interaction),
        round_id=round_id,
        user_id=user_of(interaction),
        answer=answer,
        interaction_id=interaction_id,
        at=at,
    )
    await reply(interaction, confirmation(answered))


def own_result(result: MyResult) -> Layout:
    """A learner's own result: how many right, and each question with the answer given."""
    run, count = result.run, len(result.rounds)
    if not any(given is not None for _, given in result.rounds):
        words = "You did not answer a question of this quiz." if count else "No question was finished."
        if result.own is not None and result.own.participant.joined_position >= run.total:
            words = "You joined after the last question, so there is nothing to count."
        return card(
            f"### Your result · {run.set_title}", words, own_lines(run, result.own), colour=RESULT_COLOUR
        )
    own = own_lines(run, result.own)
    beside = [words for words in (_at_first(result), sureness_words(result.sureness)) if words is not None]
    notes: Mapping[RoundId, str] = result.notes
    room = _line_room(count, notes, own or "", *beside)
    brief = room < SHORTEST_LINE
    if brief:  # a long list: every question comes before what is said beside it
        notes = {}
        beside = [words.partition("\n")[0] for words in beside]
        room = max(_line_room(count, notes, own or "", *beside), SHORTEST_LINE)
    lines = [
        result_line(
            asked,
            None if given is None else given.response,
            None if given is None else given.outcome,
            room,
            notes.get(asked.round_id),
            None if given is None or brief else given.certainty,
        )
        for asked, given in result.rounds
    ]
    buttons: list[Button] = [RetakeMissed(run.run_id)] if result.missed else []
    showing: list[Button] = []
    if run.options.board and result.own is not None:
        showing = showing_buttons(run.run_id, result.own.participant)
    return card(
        f"### Your result · {run.set_title}",
        _how_many_right(result),
        own,
        "\n".join(lines),
        *beside,
        POINT_TO_REVIEW if result.missed and not result.agreed else None,
        buttons=[buttons, showing],
        colour=RESULT_COLOUR,
    )


def _how_many_right(result: MyResult) -> str:
    if not result.questions:
        return "**None of these questions counts.** Only you can see this."
    right = f"{result.right} of {plural(result.questions, 'question')} right"
    since = 0 if result.own is None else result.own.participant.joined_position
    if not since:
        return f"**{right}.** Only you can see this."
    return (
        f"**{right}** since you joined at question {since + 1}; nothing before counts against you. Only you can see "
        "this."
    )


def _at_first(result: MyResult) -> str | None:
    """How it went before discussions, where the learner took part in a first vote."""
    if not result.first:
        return None
    right = sum(given.outcome is Outcome.RIGHT for given in result.first.values())
    return (
        f"Your latest vote on each question counts. You voted on {plural(len(result.first), 'question')} before a "
        f"discussion: {right} right at first."
    )


def _line_room(count: int, notes: Mapping[RoundId, str], *said: str) -> int:
    """Characters for the answers in each line, beside its notes, what stands in every line, and what is ``said``."""
    return (RESULT_ROOM - sum(map(len, (*said, *notes.values())))) // count - 60


async def open_thread(
    interaction: discord.Interaction, asked: Round, message_id: MessageId | None
) -> ChannelId:
    """Start the thread of a question's message. A thread that is there already is as good."""
    channel = interaction.channel
    if isinstance(channel, discord.Thread):
        raise Invalid("thread", "Discord has no threads within threads", "Discuss the question right here.")
    if not isinstance(channel, discord.TextChannel) or message_id is None:
        raise Invalid("channel", "it cannot have threads", "Discuss the question right here.")
    name = shorten(f"Question {asked.position + 1}: {asked.item.prompt}", 100)
    try:
        thread = await channel.get_partial_message(message_id).create_thread(
            name=name, auto_archive_duration=1440
        )
    except discord.HTTPException as error:
        if error.code == THREAD_EXISTS:  # a thread has the id of the message it starts from
            return ChannelId(message_id)
        if isinstance(error, discord.Forbidden):
            raise Invalid(
                "channel", "I may not open threads here", "Ask the server to let me create public threads."
            ) from error
        raise
    return ChannelId(thread.id)


async def _typed(interaction: discord.Interaction, ids: tuple[int, ...], fields: Fields) -> None:
    await take_answer(interaction, RoundId(ids[0]), filled_in(fields))


TYPED_ANSWER = Form("qt", _typed, routine=True)
