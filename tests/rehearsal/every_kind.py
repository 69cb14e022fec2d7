"""A question set in which every kind is asked once."""

from pathlib import Path

from bot.rehearsal import demo

LONG = "a sentence that goes on and on, so that no list and no label has room for it as it stands in the book"

HEAD = """
format: 1
id: social-credit
title: Every kind
description: One question of each kind.
source: {title: A book, publisher: A house, date: "2019"}
"""
ITEMS = """
items:
  - {id: q-choice, kind: choice, category: history, prompt: Which city?,
     options: [{text: Rongcheng, right: true}, {text: Berlin}, {text: Lagos}]}
  - {id: q-true-false, kind: true_false, category: history, prompt: Is it so?, answer: false}
  - id: q-multiple
    kind: multiple
    category: history
    prompt: Which of these?
    options:
      - {text: "%(long)s, and it is one", right: true}
      - {text: "%(long)s, and it is none"}
      - {text: Courts, right: true}
      - {text: "Courts · of appeal"}
  - {id: q-numeric, kind: numeric, category: statistic, prompt: How many?, answer: 80, unit: "%%"}
  - {id: q-estimate, kind: estimate, category: statistic, prompt: About how many?, answer: 43, unit: cities, widest: 20}
  - {id: q-short-text, kind: short_text, category: history, prompt: Who?, accepted: [Rogier Creemers]}
  - id: q-ordering
    kind: ordering
    category: history
    prompt: In which order?
    events:
      - An outline that was published in the year 2014, in June
      - An outline that was published in the year 2014, in July
      - A list
  - id: q-matching
    kind: matching
    category: history
    prompt: What belongs together?
    pairs:
      - {left: The city that was among the first of all the pilots, right: Rongcheng}
      - {left: The city that was among the first of all to stop, right: Suining}
    extra: [Berlin]
  - id: q-sorting
    kind: sorting
    category: claim
    prompt: Which is which?
    into: [Built by the state, Built by a company]
    statements:
      - {text: Sesame, belongs_to: Built by a company}
      - {text: The blacklist of the courts, belongs_to: Built by the state}
      - {text: A list of red names, belongs_to: Built by the state}
  - id: c-trust
    kind: claim
    category: claim
    prompt: Does it raise trust?
    motion: Records raise trust between strangers.
    background: Records are kept of firms and persons.
    case_for: {text: Cheating has a price., holders: Some.}
    case_against: {text: Watching is not trusting., holders: Others.}
    evidence: A comparison of cities.
    questions: [What is trust?, What is a record?]
"""


def write_questions(folder: Path) -> Path:
    """Write that set below a folder; gives the folder of question sets. It stands in for the bundled one."""
    questions = folder / "questions"
    (questions / demo.SET).mkdir(parents=True)
    (questions / demo.SET / "set.yaml").write_text(HEAD, encoding="utf-8")
    (questions / demo.SET / "items.yaml").write_text(ITEMS % {"long": LONG}, encoding="utf-8")
    return questions
