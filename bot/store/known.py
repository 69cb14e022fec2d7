"""Which results a learner may know: the one condition for whatever counts somebody's answers.

What is known of an answer would tell whether it is right, and another may still be given, or is being given by
others. So a question that is still open never counts, nor one whose marks are shown later.
"""

from bot.store.rulings import NOT_DROPPED


def _showable(what: str) -> str:
    """That ``what`` of a run's ``quiz.showing`` may be shown: said in SQL as it is said there of one run.

    What waits for a due date waits for that of the run's assignment, else for the run's ``closes_at``, and for ever
    where there is neither.
    """
    return f"""
        CASE COALESCE(json_extract(r.options, '$.showing.{what}'), 'during')
            WHEN 'during' THEN TRUE
            WHEN 'after' THEN r.state = 'ended' OR r.closes_at < :at
            ELSE COALESCE(
                (SELECT g.due_at FROM assignment AS g WHERE g.assignment_id = r.assignment_id), r.closes_at
            ) < :at
        END
    """


RESULT_KNOWN = f"(o.state = 'closed' AND {_showable('marks')})"
"""For a query of rounds ``o`` and their runs ``r``, with the moment ``:at``: that the marks may be shown."""

RESULT_COUNTS = f"({RESULT_KNOWN} AND {NOT_DROPPED})"
"""That the marks may be shown, and the server has not dropped the question."""

ANSWER_SHOWABLE = f"({_showable('answers')} AND {_showable('explanations')})"
"""That the right answers and their explanations may be shown to whoever takes the run."""

ANSWER_KNOWN = f"({RESULT_COUNTS} AND {ANSWER_SHOWABLE})"
"""That the result counts, and the right answer and its explanation may be shown too: whatever asks the question anew
shows them."""
