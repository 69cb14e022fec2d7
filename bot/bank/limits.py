"""How long the texts of an item may be.

Derived from Discord's own limits, with room left for what the views write around a text. The figures of
Discord: a message of layout components shows at most 4,000 characters in all, a select option's label 100,
a modal's text field takes up to 4,000.
"""

SLUG = 60
TITLE = 100
DESCRIPTION = 400
SOURCE = 300

PROMPT = 600
EXPLANATION = 900
KNOWN_BETTER = 500
"""A correction, or what changed since the source."""
REASON = 300
REASONS = 20

OPTIONS = 10
OPTION = 200
FEEDBACK = 300
PART = 100
"""An event, a half of a pair, a statement or a category: it stands in a list of Discord's."""

ANSWER = 100
"""An accepted short text: what a person can be expected to type."""
ACCEPTED = 30
KNOWN_WRONG = 20
UNIT = 40

MOTION = 200
BACKGROUND = 700
CASE = 600
HOLDERS = 200
EVIDENCE = 400
QUESTION = 200
CARDS = 10

TAG = 40
TAGS = 8
NOT_WITH = 50
PARAGRAPHS = 20
SOURCE_PARAGRAPHS = 2000

TOGETHER = 3200
"""All texts that the reveal of one item shows in one message: Discord's 4,000 less what the view adds."""

TYPED = 400
"""A typed answer longer than this is not read at all."""
