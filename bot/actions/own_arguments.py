"""One's own arguments: how they stand, changing one with its history kept, withdrawing one and putting it back."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.actions.arguing import refuse_beyond_quota
from bot.actions.debates import debate_of, going_on
from bot.actions.named_cards import cards_named
from bot.actions.showing_arguments import (
    post_if_missing,
    refuse_after_looking,
    show_anew,
    show_whether_it_stands,
)
from bot.debate.argument import ArgumentText, read_argument
from bot.debate.debate import Argument, Debate, DebateState
from bot.errors import NotAllowed, NotFound, WrongState
from bot.ids import ArgumentId, DebateId, GuildId, InteractionId, UserId
from bot.store.argument_cards import set_argument_cards
from bot.store.arguments import (
    answer_counts_by,
    argument_numbered,
    arguments_by,
    count_standing_answers,
    find_argument,
    revise_argument_row,
    set_withdrawn,
    versions_by,
    versions_of,
)
from bot.store.debates import find_stage
from bot.store.learners import find_learner, learner_for
from bot.store.restatements import Restatement, hidden_restatements_by
from bot.store.statements import StatementVersion, hidden_versions_by


@dataclass(frozen=True, slots=True)
class OwnArgument:
    """An argument for its author: the one that it answers, how many that stand answer it, and what it said before."""

    debate: Debate
    argument: Argument
    parent: Argument | None
    answers: int
    versions: tuple[tuple[ArgumentText, datetime], ...]

    @property
    def may_change(self) -> bool:
        """Whether it can be changed or put back; it can be withdrawn at any time."""
        return self.debate.state is DebateState.OPEN


def own_arguments(
    db: Database, *, guild_id: GuildId, debate_id: DebateId, user_id: UserId
) -> list[OwnArgument]:
    """A learner's arguments in a debate, by number. Raises ``NotFound`` for a debate of another server."""
    debate = debate_of(db, guild_id, debate_id)
    learner_id = find_learner(db, guild_id, user_id)
    if learner_id is None:
        return []
    answers = answer_counts_by(db, debate_id, learner_id)
    versions = versions_by(db, debate_id, learner_id)
    return [
        OwnArgument(
            debate,
            each,
            _parent(db, debate, each),
            answers.get(each.argument_id, 0),
            tuple(versions.get(each.argument_id, ())),
        )
        for each in arguments_by(db, debate_id, learner_id)
    ]


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a learner wrote in a debate: arguments by number, and what of their other words is hidden."""

    debate: Debate
    arguments: tuple[OwnArgument, ...]
    restatements: tuple[Restatement, ...] = ()
    wordings: tuple[StatementVersion, ...] = ()


def own_words(db: Database, *, guild_id: GuildId, debate_id: DebateId, user_id: UserId) -> OwnWords:
    """What a learner wrote in a debate. Raises as ``own_arguments``."""
    debate = debate_of(db, guild_id, debate_id)
    arguments = own_arguments(db, guild_id=guild_id, debate_id=debate_id, user_id=user_id)
    learner_id = find_learner(db, guild_id, user_id)
    if learner_id is None:
        return OwnWords(debate, ())
    return OwnWords(
        debate,
        tuple(arguments),
        tuple(hidden_restatements_by(db, debate_id, learner_id)),
        tuple(hidden_versions_by(db, debate_id, learner_id)),
    )


def own_argument(db: Database, *, guild_id: GuildId, argument_id: ArgumentId, user_id: UserId) -> OwnArgument:
    """One of a learner's arguments. Raises ``NotFound``, or ``NotAllowed`` for somebody else's."""
    argument = find_argument(db, argument_id)
    if argument is None:
        raise NotFound("argument")
    debate = debate_of(db, guild_id, argument.debate_id)
    if argument.user_id != user_id:
        raise NotAllowed("change this argument", "its author")
    return OwnArgument(
        debate,
        argument,
        _parent(db, debate, argument),
        count_standing_answers(db, argument_id),
        tuple(versions_of(db, argument_id)),
    )


def revise_argument(
    db: Database,
    *,
    guild_id: GuildId,
    argument_id: ArgumentId,
    user_id: UserId,
    claim: str,
    evidence: str,
    reasoning: str,
    interaction_id: InteractionId,
    at: datetime,
) -> OwnArgument:
    """Change the text of one's argument; what it said before is kept. The same interaction twice changes it once.

    Raises ``NotFound``, ``NotAllowed``, ``Invalid``, or ``WrongState`` in a debate that does not go on and for an
    argument that is hidden: what an instructor shows again is what they have read.
    """
    own = own_argument(db, guild_id=guild_id, argument_id=argument_id, user_id=user_id)
    going_on(own.debate)
    if own.argument.hidden_at is not None:
        raise WrongState("argument", "hidden by an instructor", "Speak with one, or write another argument.")
    refuse_after_looking(db, own.debate, find_learner(db, guild_id, user_id))
    text = read_argument(claim, evidence, reasoning)
    cards = cards_named(db, own.debate, user_id, text.evidence, at)
    if text != own.argument.text and revise_argument_row(db, argument_id, text, interaction_id, at):
        set_argument_cards(db, argument_id, cards)
        show_anew(db, own.argument)
    return own_argument(db, guild_id=guild_id, argument_id=argument_id, user_id=user_id)


def withdraw_argument(
    db: Database,
    *,
    guild_id: GuildId,
    argument_id: ArgumentId,
    user_id: UserId,
    withdrawn: bool,
    at: datetime,
) -> OwnArgument:
    """Withdraw one's argument, at any time; or put it back while the debate goes on. Its number and its answers stay.

    Raises as ``revise_argument``, and ``WrongState`` for one too many to put back.
    """
    own = own_argument(db, guild_id=guild_id, argument_id=argument_id, user_id=user_id)
    if not withdrawn:
        going_on(own.debate)
    if (own.argument.withdrawn_at is None) == withdrawn:
        if not withdrawn:
            stage = None if own.argument.stage_id is None else find_stage(db, own.argument.stage_id)
            refuse_beyond_quota(db, own.debate, stage, learner_for(db, guild_id, user_id, at))
        set_withdrawn(db, argument_id, at if withdrawn else None)
        if not withdrawn and own.argument.hidden_at is None and not own.debate.hides_arguments:
            post_if_missing(db, own.debate, own.argument, at)
        show_whether_it_stands(db, own.argument)
    return own_argument(db, guild_id=guild_id, argument_id=argument_id, user_id=user_id)


def _parent(db: Database, debate: Debate, argument: Argument) -> Argument | None:
    number = argument.parent_number
    return None if number is None else argument_numbered(db, debate.debate_id, number)
