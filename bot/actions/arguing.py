"""Arguments: the form and its kept draft, adding one, answering another one."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.actions.debate_joining import JoinFirst, come_in, join_first
from bot.actions.debate_sides import argued_side, listens, waits_at_gate
from bot.actions.debates import debate_of, going_on
from bot.actions.named_cards import cards_named
from bot.actions.restating import has_restated, waits_for_word
from bot.actions.showing_arguments import refuse_after_looking, show_map
from bot.debate.argument import LONGEST_NUMBER, Relation, default_relation, number_typed, read_argument
from bot.debate.debate import Argument, Debate, Debater, StageRecord
from bot.debate.formats import Stage
from bot.debate.prose import clean_prose
from bot.debate.sides import Side
from bot.debate.steelman import needs_restatement, waiting_since
from bot.errors import Invalid, NoSuchArgument, NotFound, WrongState
from bot.ids import DebateId, GuildId, InteractionId, LearnerId, UserId
from bot.store.argument_cards import set_argument_cards
from bot.store.arguments import (
    add_argument_row,
    argument_from,
    argument_numbered,
    count_in_stage,
    drop_draft,
    find_argument,
    find_draft,
    save_draft,
)
from bot.store.boards import BoardKind, create_board, raise_board
from bot.store.debaters import debater_of
from bot.store.debates import stage_now
from bot.store.learners import find_learner, learner_for
from bot.store.restatements import restatements_by


@dataclass(frozen=True, slots=True)
class ArgumentDraft:
    """The fields of the form as they were typed; ``answers`` is the number of an argument, or empty.

    ``side`` is read only in a debate without sides, where each argument says which way it speaks.
    """

    claim: str = ""
    evidence: str = ""
    reasoning: str = ""
    answers: str = ""
    relation: str = ""
    side: str = ""


@dataclass(frozen=True, slots=True)
class ArgumentForm:
    """What the form for an argument starts with: the side that is argued (None: the form asks), and a kept draft.

    ``parent`` is the argument that it is to answer, if that is settled already.
    """

    debate: Debate
    side: Side | None
    draft: ArgumentDraft
    parent: Argument | None = None


@dataclass(frozen=True, slots=True)
class RestateFirst:
    """An argument that one has to restate before one may answer it.

    ``tries`` is how often one has; ``free_at`` is when one may answer it without a word of its author's, None where
    there is nothing that they could say it of.
    """

    debate: Debate
    argument: Argument
    tries: int
    free_at: datetime | None


def begin_argument(
    db: Database,
    *,
    guild_id: GuildId,
    debate_id: DebateId,
    user_id: UserId,
    answers: str = "",
    at: datetime,
) -> ArgumentForm | RestateFirst | JoinFirst:
    """What the form for an argument starts with, or the argument to restate first.

    Nobody joins by opening a form: what taking part means, and the way out, come first. Raises as ``add_argument``.
    """
    debate = going_on(debate_of(db, guild_id, debate_id))
    _refuse_outside_arguing(debate)
    outside = join_first(db, debate, user_id)
    if outside is not None:
        return outside
    learner_id = learner_for(db, guild_id, user_id, at)
    me = debater_of(db, debate_id, learner_id)
    if me is not None and waits_at_gate(debate, me):
        return JoinFirst(debate, left=False, at_gate=me)
    side = _side(db, debate, learner_id, at)
    refuse_after_looking(db, debate, learner_id)
    refuse_beyond_quota(db, debate, stage_now(db, debate_id), learner_id)
    parent = _parent(db, debate, answers)
    if parent is not None and _must_restate(db, debate, user_id, side, parent, None, at):
        made = restatements_by(db, parent.argument_id, learner_id)
        since = waiting_since([(each.at, each.counts_as) for each in made])
        return RestateFirst(
            debate, parent, len(made), None if since is None else since + waits_for_word(debate)
        )
    kept = find_draft(db, debate_id, learner_id)
    draft = ArgumentDraft() if kept is None else ArgumentDraft(**json.loads(kept))
    return ArgumentForm(debate, side, draft, parent)


def keep_draft(
    db: Database,
    *,
    guild_id: GuildId,
    debate_id: DebateId,
    user_id: UserId,
    draft: ArgumentDraft,
    at: datetime,
) -> None:
    """Keep a text that could not be taken, so that the form comes up filled in again."""
    debate_of(db, guild_id, debate_id)
    learner_id = learner_for(db, guild_id, user_id, at)
    kept = {name: clean_prose(text) for name, text in asdict(draft).items()}
    if not kept["answers"]:
        # In Discord one cannot unchoose what is chosen: it would be refused again with each try.
        kept["relation"] = ""
    save_draft(db, debate_id, learner_id, json.dumps(kept), at)


def add_argument(
    db: Database,
    *,
    guild_id: GuildId,
    debate_id: DebateId,
    user_id: UserId,
    draft: ArgumentDraft,
    written_for: Side | None = None,
    interaction_id: InteractionId,
    at: datetime,
) -> Argument:
    """Store an argument under the next number; the publisher posts it into the thread.

    ``written_for`` is the side that its form was for: sides may have switched meanwhile. The same interaction
    delivered twice gives the same argument. Raises ``NotFound``, ``WrongState`` (nothing, or not this, can be added
    now), ``NoSuchArgument`` or ``Invalid`` (a part is empty or too long, names a card that there is not, or the
    argument does something to another one without saying which).
    """
    repeated = argument_from(db, interaction_id)
    if repeated is not None:
        return repeated
    debate = going_on(debate_of(db, guild_id, debate_id))
    text = read_argument(draft.claim, draft.evidence, draft.reasoning)
    cards = cards_named(db, debate, user_id, text.evidence, at)
    learner_id = learner_for(db, guild_id, user_id, at)
    side = _side(db, debate, learner_id, at) or _chosen_side(draft.side)
    if written_for is not None and side is not written_for:
        raise WrongState(
            "side that you argue",
            f"{side.words.lower()} the motion by now",
            "Everybody has switched sides since your form came up.",
        )
    stage = stage_now(db, debate_id)
    refuse_after_looking(db, debate, learner_id)
    refuse_beyond_quota(db, debate, stage, learner_id)
    parent = _parent(db, debate, draft.answers)
    if parent is None and draft.relation:
        raise Invalid(
            "argument",
            "it speaks of another one and does not say which",
            "Give the number of that argument, or choose an answer that speaks of none.",
        )
    relation = None if parent is None else _relation(draft.relation, side, parent)
    if parent is not None and _must_restate(db, debate, user_id, side, parent, relation, at):
        raise WrongState("argument", "to be restated first", "Press **Answer argument** below it.")
    argument_id = add_argument_row(
        db,
        debate_id=debate_id,
        learner_id=learner_id,
        side=side,
        text=text,
        parent=parent,
        relation=relation,
        stage_id=None if stage is None else stage.stage_id,
        interaction_id=interaction_id,
        at=at,
    )
    set_argument_cards(db, argument_id, cards)
    drop_draft(db, debate_id, learner_id)
    if not debate.hides_arguments:
        create_board(db, BoardKind.ARGUMENT, argument_id, guild_id, debate.thread_id, at)
        show_map(db, debate, at)
    raise_board(db, BoardKind.MOTION, debate_id)
    stored = find_argument(db, argument_id)
    if stored is None:
        raise NotFound("argument")
    return stored


def _must_restate(
    db: Database,
    debate: Debate,
    user_id: UserId,
    side: Side | None,
    parent: Argument,
    relation: Relation | None,
    at: datetime,
) -> bool:
    if not debate.options.steelman or parent.user_id == user_id:
        return False
    # Where there are no sides, the form asks which way an answer speaks: it may attack, until that is known.
    if side is not None:
        meant = relation or default_relation(side, parent.side)
        if not needs_restatement(side, parent.side, meant):
            return False
    learner_id = find_learner(db, debate.guild_id, user_id)
    return learner_id is None or not has_restated(db, debate, parent.argument_id, learner_id, at)


def _side(db: Database, debate: Debate, learner_id: LearnerId, at: datetime) -> Side | None:
    """The side that a learner argues now; None in a debate without sides. Raises ``WrongState`` where they may not."""
    _refuse_outside_arguing(debate)
    me = come_in(db, debate, learner_id, at, argues=True).me
    if not debate.format.has_sides:
        return None
    side = None if me is None else argued_side(debate, me)
    if me is None or side is None:
        raise WrongState("side", "not given to you yet", "**My place** says what is missing.")
    if listens(db, debate, me):
        raise WrongState("round", "for others to argue", _own_round(debate, me))
    return side


def _own_round(debate: Debate, me: Debater) -> str:
    """When somebody argues who listens now."""
    own = me.round_in(debate)
    if own is None or me.speaks_in is None:
        return "Listen and judge; each round has other people."
    if me.speaks_in < debate.course.position:
        return f"Yours was {own}. Listen and judge."
    return f"Yours is {own}; until then, listen and judge."


def _refuse_outside_arguing(debate: Debate) -> None:
    if not debate.stage.takes_arguments:
        raise WrongState("debate", *_NO_ARGUMENTS[debate.stage])


_NO_ARGUMENTS = {
    Stage.JOINING: ("still at joining", "Arguments come when sides are given."),
    Stage.STATEMENT: ("at its joint statement", "It takes no more arguments."),
    Stage.VOTING: ("at its last vote", "It takes no more arguments."),
}
"""How a debate is in the stages that take no arguments, and what comes instead."""


def refuse_beyond_quota(
    db: Database, debate: Debate, stage: StageRecord | None, learner_id: LearnerId
) -> None:
    """Raise ``WrongState`` if a learner has as many arguments in that stage as a person may have in one."""
    quota = debate.options.quota
    if quota and stage is not None and count_in_stage(db, stage.stage_id, learner_id) >= quota:
        raise WrongState(
            "quota of this stage", "used up", f"It is {quota} a person; the next stage has a new one."
        )


def _chosen_side(chosen: str) -> Side:
    try:
        return Side(chosen)
    except ValueError:
        raise Invalid(
            "argument", "it does not say which way it speaks", "Choose for or against the motion."
        ) from None


def _parent(db: Database, debate: Debate, answers: str) -> Argument | None:
    number = number_typed(answers)
    if not number:
        return None
    if not debate.stage.takes_answers:
        raise WrongState("debate", "at its openings", "You can answer it from the next stage on.")
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        raise NoSuchArgument(answers.strip())
    parent = argument_numbered(db, debate.debate_id, int(number))
    if parent is None:
        raise NoSuchArgument(number)
    if not parent.stands:
        raise WrongState("argument", parent.absence, "There is nothing to answer any more.")
    return parent


def _relation(chosen: str, side: Side, parent: Argument) -> Relation:
    if not chosen:
        return default_relation(side, parent.side)
    try:
        return Relation(chosen)
    except ValueError:
        raise Invalid(
            "relation", f"“{chosen}” is not known", "Choose supports, attacks or undercuts."
        ) from None
