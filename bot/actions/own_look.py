"""Looking through a run of one's own that is over, question by question: as much as may be shown by now."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.actions.own_runs import is_over, own_run, shown_now
from bot.bank.question_set import SetInfo
from bot.errors import NotFound, WrongState
from bot.ids import GuildId, RoundId, UserId
from bot.quiz.run import Round, Run, RunState
from bot.quiz.showing import Shown
from bot.store.answers import StoredAnswer, answer_of
from bot.store.learners import find_learner
from bot.store.questions import revision_set_info
from bot.store.runs import find_round, rounds_of


@dataclass(frozen=True, slots=True)
class OwnLook:
    """A question of a run that is over, with the answer that was given, if any; and its neighbours."""

    run: Run
    asked: Round
    given: StoredAnswer | None
    source: SetInfo
    shown: Shown
    previous: RoundId | None
    following: RoundId | None


def look_at(db: Database, *, guild_id: GuildId, user_id: UserId, round_id: RoundId, at: datetime) -> OwnLook:
    """A question of a run of one's own. Raises ``NotFound``, ``NotAllowed``, ``WrongState`` while it is under way."""
    asked = find_round(db, round_id)
    if asked is None:
        raise NotFound("question")
    run = own_run(db, guild_id, user_id, asked.run_id)
    if run.state is not RunState.ENDED and not is_over(run, at):
        raise WrongState("quiz", "still under way")
    learner_id = find_learner(db, guild_id, user_id)
    order = [each.round_id for each in rounds_of(db, run.run_id)]
    place = order.index(round_id)
    return OwnLook(
        run=run,
        asked=asked,
        given=None if learner_id is None else answer_of(db, round_id, learner_id),
        source=revision_set_info(db, asked.revision_id),
        shown=shown_now(run, at),
        previous=order[place - 1] if place else None,
        following=order[place + 1] if place + 1 < len(order) else None,
    )
