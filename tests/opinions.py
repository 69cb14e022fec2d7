"""A set of claims for tests of class opinions, and a class that says what it thinks."""

import random
from collections.abc import Sequence
from datetime import datetime

from bot.actions.opining import OwnPlace, give_opinion, my_statement, take_answers_out
from bot.actions.opinions import OpinionDraft, choose_all, close_opinion, draft_opinion, post_opinion
from bot.debate.opinion import Statement, Vote
from bot.ids import ChannelId, GuildId, InteractionId, OpinionId, RevisionId, StatementId, UserId
from bot.store.opinions import statements_of
from tests.classroom import CHANNEL, GUILD, HOST, Classroom, choice, claim, question_set

SIZE = 16

VIEWS = question_set(
    choice("river"),
    *(
        claim(f"view-{number}", motion=f"City number {number} should publish its scores.").model_copy(
            update={"tags": ("odd",) if number % 2 else ("even", "all-even")}
        )
        for number in range(1, SIZE + 1)
    ),
    key="views",
    title="Views of towns",
)
"""Sixteen claims, half of them on the topic "odd", and one question that is none."""


def draft(
    room: Classroom,
    *,
    guild_id: GuildId = GUILD,
    channel_id: ChannelId = CHANNEL,
    set_key: str = "views",
    tag: str | None = None,
    closes_at: datetime | None = None,
    seed: int = 1,
) -> OpinionDraft:
    """``/opinion open``, without posting."""
    return room.do(
        draft_opinion,
        guild_id=guild_id,
        set_key=set_key,
        tag=tag,
        channel_id=channel_id,
        opened_by=HOST,
        closes_at=closes_at,
        rng=random.Random(seed),
        at=room.now,
    )


def opened(
    room: Classroom,
    *,
    guild_id: GuildId = GUILD,
    channel_id: ChannelId = CHANNEL,
    tag: str | None = None,
    closes_at: datetime | None = None,
) -> OpinionId:
    """A class opinion on all statements that has been posted."""
    found = draft(room, guild_id=guild_id, channel_id=channel_id, tag=tag, closes_at=closes_at)
    opinion_id = found.opinion.opinion_id
    room.do(choose_all, guild_id=guild_id, opinion_id=opinion_id)
    room.do(post_opinion, guild_id=guild_id, opinion_id=opinion_id, at=room.now)
    return opinion_id


def statements(room: Classroom, opinion_id: OpinionId) -> list[Statement]:
    """The statements, by number."""
    return statements_of(room.db, opinion_id)


def say(
    room: Classroom,
    statement_id: StatementId,
    user_id: UserId,
    vote: Vote,
    *,
    guild_id: GuildId = GUILD,
    interaction_id: InteractionId | None = None,
) -> OwnPlace:
    """Press a button under a statement."""
    return room.do(
        give_opinion,
        guild_id=guild_id,
        statement_id=statement_id,
        user_id=user_id,
        vote=vote,
        interaction_id=interaction_id or room.click(),
        at=room.now,
    )


def say_all(room: Classroom, opinion_id: OpinionId, user_id: UserId, votes: Sequence[Vote | None]) -> None:
    """Say something to each statement, or nothing where the vote is None."""
    for statement, vote in zip(statements(room, opinion_id), votes, strict=True):
        if vote is not None:
            say(room, statement.statement_id, user_id, vote)


def place_of(
    room: Classroom,
    opinion_id: OpinionId,
    user_id: UserId,
    place: int | None = None,
    *,
    guild_id: GuildId = GUILD,
) -> OwnPlace:
    """Press "Give my opinion", or a step."""
    return room.do(
        my_statement,
        guild_id=guild_id,
        opinion_id=opinion_id,
        user_id=user_id,
        place=place,
        at=room.now,
    )


def taken_out(room: Classroom, opinion_id: OpinionId, user_id: UserId, *, guild_id: GuildId = GUILD) -> int:
    """Take one's answers out, and be sure of it."""
    return room.do(take_answers_out, guild_id=guild_id, opinion_id=opinion_id, user_id=user_id, at=room.now)


def closed(room: Classroom, opinion_id: OpinionId) -> None:
    """``/opinion close``."""
    room.do(close_opinion, guild_id=GUILD, opinion_id=opinion_id, at=room.now)


def two_camps(room: Classroom, opinion_id: OpinionId, people: int = 24) -> None:
    """A class of two camps answers: the first half mostly by one list, the others by the opposite one."""
    rng = random.Random(11)
    size = len(statements(room, opinion_id))
    line = [Vote.AGREE if at % 2 else Vote.DISAGREE for at in range(size)]
    for number in range(people):
        camp = line if number < people / 2 else [Vote(-vote) for vote in line]
        votes = [vote if rng.random() < 0.9 else rng.choice(list(Vote)) for vote in camp]
        say_all(room, opinion_id, UserId(20_000 + number), votes)


def revision_ids(found: OpinionDraft) -> list[RevisionId]:
    """The claims whose motions a draft has."""
    return [statement.revision_id for statement in found.statements]
