"""The buttons of a live quiz that everybody may press: answer, own result, discuss."""

from collections.abc import Mapping
from typing import ClassVar

import discord

from bot.actions.answering import Answered, answer_round, question_for_form
from bot.actions.quiz_reports import MyResult, my_result
from bot.actions.threads import discussion_place, track_discussion
from bot.bank.form import Filled
from bot.errors import Invalid
from bot.ids import ChannelId, MessageId, RoundId, RunId
from bot.quiz.run import Round
from bot.views.answer_form import answer_form, filled_in
from bot.views.desk import desk_of, guild_of, stamp, user_of
from bot.views.forms import Fields, Form
from bot.views.layout import RESULT_COLOUR, Button, Layout, card, plural, shorten, soon
from bot.views.own_run import RetakeMissed
from bot.views.press import ID, SLOT, Press, pattern
from bot.views.question import result_line, said
from bot.views.replies import reply

THREAD_EXISTS = 160004
RESULT_ROOM = 3_500
SHORTEST_LINE = 30


class AnswerButton(Press, template=pattern("qa", ID, SLOT)):
    """Answers a question with the option shown at a place."""

    prefix = "qa"
    routine = True
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: discord.Interaction) -> None:
        await take_answer(interaction, RoundId(self.number(0)), self.number(1))


class TypeButton(Press, template=pattern("qt", ID)):
    """Opens the form for an answer, filled with the answer so far."""

    prefix = "qt"
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
        await interaction.response.send_modal(
            answer_form(TYPED_ANSWER, interaction, question.asked, question.asked.form(question.standing))
        )


class MyResultButton(Press, template=pattern("qm", ID)):
    """Shows the learner's own result, privately."""

    prefix = "qm"
    style = discord.ButtonStyle.primary
    default_label: ClassVar[str] = "My result"

    async def pressed(self, interaction: discord.Interaction) -> None:
        result = await desk_of(interaction).read(
            my_result,
            guild_id=guild_of(interaction),
            run_id=RunId(self.number(0)),
            user_id=user_of(interaction),
        )
        await reply(interaction, own_result(result))


class Discuss(Press, template=pattern("qd", ID)):
    """Opens the thread in which a question is discussed, or points to it."""

    prefix = "qd"
    default_label: ClassVar[str] = "Discuss"

    async def pressed(self, interaction: discord.Interaction) -> None:
        round_id = RoundId(self.number(0))
        desk, guild_id = desk_of(interaction), guild_of(interaction)
        asked, thread_id, message_id = await desk.read(discussion_place, guild_id=guild_id, round_id=round_id)
        if thread_id is None:
            # Making a thread takes a second request to Discord: the press is acknowledged first.
            await interaction.response.defer(ephemeral=True, thinking=True)
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


def confirmation(answered: Answered) -> str:
    """What a learner reads after an answer is on disk. It says nothing of right or wrong."""
    closes_at = answered.asked.closes_at
    until = (
        "until the question closes" if closes_at is None else f"until the question closes, {soon(closes_at)}"
    )
    return f"Your answer is in: **{said(answered.asked, answered.response)}**. You can change it {until}."


def own_result(result: MyResult) -> Layout:
    """A learner's own result: how many right, and each question with the answer given."""
    run, count = result.run, len(result.rounds)
    if not any(given is not None for _, given in result.rounds):
        words = "You did not answer a question of this quiz." if count else "No question was finished."
        return card(f"### Your result · {run.set_title}", words, colour=RESULT_COLOUR)
    notes: Mapping[RoundId, str] = result.notes
    room = _line_room(count, notes)
    if room < SHORTEST_LINE:  # a long list: every question comes before what is said beside it
        notes = {}
        room = max(_line_room(count, notes), SHORTEST_LINE)
    lines = [
        result_line(
            asked,
            None if given is None else given.response,
            None if given is None else given.outcome,
            room,
            notes.get(asked.round_id),
        )
        for asked, given in result.rounds
    ]
    buttons: list[Button] = [RetakeMissed(run.run_id)] if result.missed else []
    counted = plural(result.questions, "question")
    right = f"{result.right} of {counted} right." if result.questions else "None of these questions counts."
    return card(
        f"### Your result · {run.set_title}",
        f"**{right}** Only you can see this.",
        "\n".join(lines),
        buttons=[buttons],
        colour=RESULT_COLOUR,
    )


def _line_room(count: int, notes: Mapping[RoundId, str]) -> int:
    """Characters for the answers in each line, beside its notes and what stands in every line."""
    return (RESULT_ROOM - sum(map(len, notes.values()))) // count - 60


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
