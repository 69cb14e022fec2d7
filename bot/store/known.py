"""Which results a learner may know: the one condition for whatever counts somebody's answers.

What is known of an answer would tell whether it is right, and another may still be given, or is being given by
others. So a question that is still open never counts, nor one whose marks are shown later. Nor does one that the
server has dropped.
"""

from bot.store.rulings import NOT_DROPPED

RESULT_KNOWN = f"""
    o.state = 'closed'
    AND CASE COALESCE(json_extract(r.options, '$.showing.marks'), 'during')
        WHEN 'during' THEN TRUE
        WHEN 'after' THEN r.state = 'ended' OR r.closes_at < :at
        ELSE COALESCE(
            (SELECT g.due_at FROM assignment AS g WHERE g.assignment_id = r.assignment_id), r.closes_at
        ) < :at
    END
    AND {NOT_DROPPED}
"""
"""For a query of rounds ``o`` and their runs ``r``, with the moment ``:at``: that the marks may be shown, and count.

It says in SQL what ``quiz.showing`` says of one run: a mark that waits for a due date waits for the run's
``closes_at``, and for ever where there is none.
"""
