"""Who argues which side of a debate: drawn for all at once when joining ends, one by one for those who come later."""

import random
from collections.abc import Sequence

from sqlite_utils import Database

from bot.debate.debate import Debate, Debater
from bot.debate.formats import Format, Stage
from bot.debate.options import SideMode
from bot.debate.sides import (
    Seat,
    Side,
    as_chosen,
    at_random,
    balanced,
    opposite_to_stances,
    side_of_latecomer,
    speaking_turns,
)
from bot.debate.stance import Phase, Standing
from bot.ids import LearnerId
from bot.store.boards import BoardKind, raise_board
from bot.store.debaters import debaters_of, give_side, set_speaks_in, side_counts, sides_before
from bot.store.debates import stage_now
from bot.store.stances import stances_by


def draw_sides(db: Database, debate: Debate) -> None:
    """Give a side to everybody who waits for one, by the debate's own way and its seed.

    Whoever has left, or is still at the knowledge gate, gets none.
    """
    if not debate.format.has_sides:
        return
    waiting = [
        each for each in debaters_of(db, debate.debate_id) if each.side is None and is_ready(debate, each)
    ]
    seats = _seats(db, debate, waiting)
    rng = random.Random(debate.seed)
    match debate.options.sides:
        case SideMode.BALANCED:
            drawn = balanced(seats, rng)
        case SideMode.RANDOM:
            drawn = at_random(seats, rng)
        case SideMode.CHOSEN:
            drawn = as_chosen(seats, rng)
        case SideMode.OPPOSITE:
            drawn = opposite_to_stances(seats, rng)
    for learner_id, assignment in drawn.items():
        give_side(db, debate.debate_id, learner_id, assignment)
    if debate.format is Format.FISHBOWL:
        turns = speaking_turns({who: given.side for who, given in drawn.items()}, debate.rounds, rng)
        for learner_id, position in turns.items():
            set_speaks_in(db, debate.debate_id, learner_id, position)


def side_for_late(db: Database, debate: Debate, debater: Debater, *, argues: bool = False) -> None:
    """Give a side to one who has come, or passed the knowledge gate, after sides were drawn.

    Where people choose it waits until they have, or want to argue (``argues``). In a fishbowl they argue in the next
    round, or in the last one if that is under way.
    """
    if _is_late(debate, debater):
        _give_late(db, debate, debater, argues=argues)


def sides_all_the_same(db: Database, debate: Debate) -> None:
    """Give a side to everybody who is still at the knowledge gate, after sides were drawn, as if they were through.

    Who has not said which side they would like to argue gets the one with fewer.
    """
    for debater in debaters_of(db, debate.debate_id):
        if waits_at_gate(debate, debater):
            _give_late(db, debate, debater, argues=True)


def _give_late(db: Database, debate: Debate, debater: Debater, *, argues: bool) -> None:
    [seat] = _seats(db, debate, [debater])
    counts = side_counts(db, debate.debate_id)
    # By the person and not by how many there are: whoever left would know how the next one is drawn.
    rng = random.Random(debate.seed + debater.learner_id)
    given = side_of_latecomer(debate.options.sides, seat, counts, rng, argues=argues)
    if given is None:
        return
    give_side(db, debate.debate_id, debater.learner_id, given)
    if debate.format is Format.FISHBOWL:
        later = (each for each in debate.rounds if each > debate.course.position)
        set_speaks_in(db, debate.debate_id, debater.learner_id, next(later, debate.rounds[-1]))
        show_round(db, debate)


def _seats(db: Database, debate: Debate, waiting: Sequence[Debater]) -> list[Seat[LearnerId]]:
    history = sides_before(db, debate.debate_id, [each.learner_id for each in waiting])
    return [
        Seat(each.learner_id, *history.get(each.learner_id, (0, 0)), each.wish, _standing(db, debate, each))
        for each in waiting
    ]


def chooses_late(debate: Debate, debater: Debater) -> bool:
    """Whether somebody may argue who has no side yet: who comes late where people choose."""
    return debate.options.sides is SideMode.CHOSEN and _is_late(debate, debater)


def _is_late(debate: Debate, debater: Debater) -> bool:
    """Whether somebody who is ready for a side has none, though all others were given theirs."""
    drawn = debate.format.has_sides and debate.stage is not Stage.JOINING
    return drawn and debater.side is None and is_ready(debate, debater)


def is_ready(debate: Debate, debater: Debater) -> bool:
    """Whether somebody can be given a side: they have not left, and are through the knowledge gate if there is one."""
    passed = not debate.options.gate or debater.gate_done
    return debater.takes_part and passed


def waits_at_gate(debate: Debate, debater: Debater) -> bool:
    """Whether somebody has no side only because they have not tried the questions of the knowledge gate yet."""
    waits = debate.format.has_sides and debater.takes_part and debater.side is None
    return waits and not is_ready(debate, debater)


def argued_side(debate: Debate, debater: Debater) -> Side | None:
    """The side that somebody argues in the present stage: the other one than their own where all have switched."""
    if debater.side is None:
        return None
    return debater.side.opposite if debate.stage is Stage.SWITCHED else debater.side


def listens(db: Database, debate: Debate, debater: Debater) -> bool:
    """Whether somebody only listens and judges now: a round of a fishbowl is for those whose turn it is.

    A round in which nobody's turn comes, in a small class or because they left, is everybody's.
    """
    position = debate.course.position
    if debate.stage is not Stage.FISHBOWL or debater.speaks_in == position:
        return False
    return bool(speakers_in(db, debate, position))


def speakers_in(db: Database, debate: Debate, position: int) -> list[Debater]:
    """Whose turn a round of a fishbowl is, without those who have left; nobody's: it is everybody's."""
    return [
        each for each in debaters_of(db, debate.debate_id) if each.takes_part and each.speaks_in == position
    ]


def show_round(db: Database, debate: Debate) -> None:
    """Draw the message anew that names those who argue in the present round of a fishbowl, if it is at one."""
    stage = stage_now(db, debate.debate_id) if debate.stage is Stage.FISHBOWL else None
    if stage is not None:
        raise_board(db, BoardKind.STAGE, stage.stage_id)


def _standing(db: Database, debate: Debate, debater: Debater) -> Standing | None:
    if debate.options.sides is not SideMode.OPPOSITE:
        return None  # a side that depended on a stance would tell of it
    stance = stances_by(db, debate.debate_id, debater.learner_id).get(Phase.BEFORE)
    return None if stance is None else stance.standing
