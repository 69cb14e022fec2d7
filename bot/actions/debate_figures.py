"""What the outcome of a debate shows of votes. Counted once, when the debate is closed, and kept.

The outcome may be shown anew: somebody deletes what they wrote, a question of the gate is regraded. Counted anew it
would differ by one vote from what everybody has seen, and that would tell on the voter. Only what is shown is kept.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict
from sqlite_utils import Database

from bot.actions.debate_stances import given_late
from bot.debate.debate import Debate, StanceEvent
from bot.debate.judging import Judged, Strength, bradley_terry
from bot.debate.knowledge import KnowledgeShift, knowledge_and_shift
from bot.debate.sides import Side
from bot.debate.stance import VOTES, Phase, Standing
from bot.debate.suppression import FEWEST_SHOWN, publishable, tells_on_nobody
from bot.debate.swing import Swing, SwitchMatrix, Verdict, measure_swing, switch_matrix
from bot.ids import ArgumentId, UserId
from bot.store.answers import scores_of_runs
from bot.store.arguments import arguments_of
from bot.store.comparisons import judged_in
from bot.store.debate_figures import find_figures, keep_figures_row
from bot.store.debaters import debaters_of
from bot.store.stances import stances_of

MOST_BEST = 3
"""At most so many arguments of either side are named for their reasons."""

Counts = Mapping[Standing, int]
Comparison = tuple[UserId, Judged[ArgumentId]]
"""What somebody said of a pair."""


@dataclass(frozen=True, slots=True)
class VoteFigures:
    """The figures of votes in an outcome: see ``debate_reports.OutcomeBoard``.

    ``best`` are the arguments that stand out among those of their own side for their reasons, the strongest first. Of
    the comparisons of fewer than five people nothing is here, not even how many there were.
    """

    voted_before: int
    voted_after: int
    declined_before: int
    declined_after: int
    before: Counts | None
    after: Counts | None
    swing: Swing
    switches_shown: bool
    best: tuple[Strength[ArgumentId], ...]
    comparisons: int
    judges: int
    knowledge: KnowledgeShift | None


class KeptStrength(BaseModel):
    """An argument with its strength, as JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    argument_id: int
    chance: float
    low: float
    high: float
    comparisons: int


class KeptFigures(BaseModel):
    """Figures as they are stored. Where the switches are not shown, neither they nor what follows from them is here."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    voted_before: int
    voted_after: int
    voted_twice: int
    declined_before: int = 0
    declined_after: int = 0
    before: dict[Standing, int] | None
    after: dict[Standing, int] | None
    switches: tuple[tuple[Standing, Standing, int], ...] | None
    verdict: Verdict
    figure: float | None
    interval: tuple[float, float] | None
    best: tuple[KeptStrength, ...]
    comparisons: int
    judges: int
    knowledge: KnowledgeShift | None


def figures_of(db: Database, debate: Debate) -> VoteFigures:
    """The figures as they were when the debate was closed; those of now where none are kept."""
    kept = find_figures(db, debate.debate_id)
    return _count(db, debate) if kept is None else _from_text(kept)


def keep_figures(db: Database, debate: Debate, at: datetime) -> None:
    """Keep the figures of a debate as they are now; those that are kept already stay."""
    if find_figures(db, debate.debate_id) is None:
        keep_figures_row(db, debate.debate_id, _to_text(_count(db, debate)), at)


def _count(db: Database, debate: Debate) -> VoteFigures:
    """The bootstrap interval is drawn from the debate's stored seed: the same debate gives the same figure."""
    stances = stances_of(db, debate.debate_id)
    everybody, after = standings_in(stances, Phase.BEFORE), standings_in(stances, Phase.AFTER)
    late = given_late(db, debate, _first_given(stances))
    before = {user_id: standing for user_id, standing in everybody.items() if user_id not in late}
    matrix = switch_matrix(before, after)
    shown = _may_show_switches(matrix)
    began = {origin: matrix.began(origin) for origin in VOTES}
    ended = {standing: matrix.ended(standing) for standing in VOTES}
    judged = _shown_comparisons(judged_in(db, debate.debate_id))
    return VoteFigures(
        voted_before=_votes(everybody),
        voted_after=_votes(after),
        declined_before=_declined(everybody),
        declined_after=_declined(after),
        before=began if publishable(began) else None,
        after=ended if shown and publishable(ended) else None,
        swing=_shown_swing(measure_swing(matrix, random.Random(debate.seed)), shown=shown),
        switches_shown=shown,
        best=_best(db, debate, judged),
        comparisons=len(judged),
        judges=len({user_id for user_id, _ in judged}),
        knowledge=_knowledge(db, debate, before, after) if debate.options.gate else None,
    )


def _first_given(stances: Sequence[StanceEvent]) -> dict[UserId, datetime]:
    """When each person first gave a stance before."""
    first_at: dict[UserId, datetime] = {}
    for each in stances:
        if each.phase is Phase.BEFORE:
            first_at[each.user_id] = min(each.at, first_at.get(each.user_id, each.at))
    return first_at


def standings_in(stances: Sequence[StanceEvent], phase: Phase) -> dict[UserId, Standing]:
    """Where each person stands in a phase: the last stance counts."""
    return {event.user_id: event.stance.standing for event in stances if event.phase is phase}


def _votes(standings: Mapping[UserId, Standing]) -> int:
    return sum(1 for standing in standings.values() if standing in VOTES)


def _declined(standings: Mapping[UserId, Standing]) -> int:
    """How many would rather not say; 0 where the number would tell on somebody, as where all of them would."""
    votes = _votes(standings)
    declined = len(standings) - votes
    return declined if tells_on_nobody((votes, declined)) else 0


def _may_show_switches(matrix: SwitchMatrix) -> bool:
    # The rows' sizes are the breakdown of before: if all began alike, a single row would say where.
    began = {origin: matrix.began(origin) for origin in VOTES}
    return publishable(began) and all(publishable(matrix.row(origin)) for origin in VOTES if began[origin])


def _shown_swing(swing: Swing, *, shown: bool) -> Swing:
    return swing if shown else Swing(SwitchMatrix({}, withheld=swing.matrix.voters), swing.verdict)


def _shown_comparisons(judged: Sequence[Comparison]) -> Sequence[Comparison]:
    return judged if len({user_id for user_id, _ in judged}) >= FEWEST_SHOWN else ()


def _best(db: Database, debate: Debate, judged: Sequence[Comparison]) -> tuple[Strength[ArgumentId], ...]:
    standing = [each for each in arguments_of(db, debate.debate_id) if each.stands]
    fit = bradley_terry(each for _, each in judged)
    by_side = [fit.among({each.argument_id for each in standing if each.side is side}) for side in Side]
    # A few people may have compared an argument often: what is said of it would be what they said.
    by: dict[ArgumentId, set[UserId]] = {}
    for user_id, pair in judged:
        by.setdefault(pair.left, set()).add(user_id)
        by.setdefault(pair.right, set()).add(user_id)
    return tuple(
        each
        for strengths in by_side
        for each in [one for one in strengths if one.stands_out and len(by[one.key]) >= FEWEST_SHOWN][
            :MOST_BEST
        ]
    )


def _knowledge(
    db: Database, debate: Debate, before: Mapping[UserId, Standing], after: Mapping[UserId, Standing]
) -> KnowledgeShift:
    moved = {
        user_id: before[user_id] is not after[user_id]
        for user_id in before
        if before[user_id] in VOTES and after.get(user_id) in VOTES
    }
    # Whoever has only begun the questions has not shown what they know.
    tried = {
        each.user_id: each.gate_run_id
        for each in debaters_of(db, debate.debate_id)
        if each.takes_part and each.gate_done and each.gate_run_id is not None
    }
    scores = scores_of_runs(db, list(tried.values()))
    known = {
        user_id: scores[run_id] for user_id, run_id in tried.items() if user_id in moved and run_id in scores
    }
    return knowledge_and_shift(
        [(score, moved[user_id]) for user_id, score in known.items()],
        [has_moved for user_id, has_moved in moved.items() if user_id not in known],
    )


def _to_text(figures: VoteFigures) -> str:
    swing = figures.swing
    cells = tuple((*cell, count) for cell, count in swing.matrix.cells.items())
    return KeptFigures(
        voted_before=figures.voted_before,
        voted_after=figures.voted_after,
        voted_twice=swing.matrix.voters,
        declined_before=figures.declined_before,
        declined_after=figures.declined_after,
        before=None if figures.before is None else dict(figures.before),
        after=None if figures.after is None else dict(figures.after),
        switches=cells if figures.switches_shown else None,
        verdict=swing.verdict,
        figure=swing.figure,
        interval=swing.interval,
        best=tuple(
            KeptStrength(
                argument_id=each.key,
                chance=each.chance,
                low=each.low,
                high=each.high,
                comparisons=each.comparisons,
            )
            for each in figures.best
        ),
        comparisons=figures.comparisons,
        judges=figures.judges,
        knowledge=figures.knowledge,
    ).model_dump_json()


def _from_text(stored: str) -> VoteFigures:
    kept = KeptFigures.model_validate_json(stored)
    if kept.switches is None:
        matrix = SwitchMatrix({}, withheld=kept.voted_twice)
    else:
        matrix = SwitchMatrix({(origin, end): count for origin, end, count in kept.switches})
    return VoteFigures(
        voted_before=kept.voted_before,
        voted_after=kept.voted_after,
        declined_before=kept.declined_before,
        declined_after=kept.declined_after,
        before=kept.before,
        after=kept.after,
        swing=Swing(matrix, kept.verdict, kept.figure, kept.interval),
        switches_shown=kept.switches is not None,
        best=tuple(
            Strength(
                ArgumentId(each.argument_id),
                each.chance,
                each.low,
                each.high,
                each.comparisons,
                stands_out=True,
            )
            for each in kept.best
        ),
        comparisons=kept.comparisons,
        judges=kept.judges,
        knowledge=kept.knowledge,
    )
