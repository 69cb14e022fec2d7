"""What a class's answers to a run say, question by question. Counts only; knows nothing of who answered."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.bank.grade import Outcome
from bot.insight.proportion import FEWEST_FOR_CERTAINTY, FEWEST_FOR_PERCENT, plausible_range, tally


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One graded question: its number in the run (from 1), and how many of those who answered were right.

    ``partly`` were right in part only; they are not among the right ones.
    """

    number: int
    prompt: str
    right: int
    answers: int
    partly: int = 0

    @property
    def missed(self) -> int:
        """How many were neither right nor partly right."""
        return self.answers - self.right - self.partly

    def describe(self) -> str:
        """In words, as surely as the answers allow: ``"3 of 4 right"``, ``"58 of 100 right, 58%"``.

        From 5 to 19 answers the range that is plausible for such a class goes with the percentage. Who was partly
        right is counted last.
        """
        if self.answers == 0:
            return "nobody answered"
        counts, _, share = tally(self.right, self.answers).partition(", ")
        if not share:
            return f"{counts} right{self._partly()}"
        plausible = plausible_range(self.right, self.answers)
        hedge = "" if plausible is None else f" (few answers: {plausible} is plausible)"
        return f"{counts} right, {share}{hedge}{self._partly()}"

    def describe_briefly(self) -> str:
        """The counts alone: ``"3 of 4 right"``, ``"3 of 5 right, 1 partly right"``."""
        return f"{self.right} of {self.answers} right{self._partly()}"

    def _partly(self) -> str:
        return f", {self.partly} partly right" if self.partly else ""


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A run by question. ``people`` is how many answered at least once.

    ``hardest`` are the questions with the smallest share right, several on a tie; empty where that says
    nothing: under two questions with five answers each, or all of them alike.
    """

    questions: tuple[QuestionResult, ...]
    people: int
    hardest: tuple[QuestionResult, ...]

    @property
    def answers(self) -> int:
        """Answers to graded questions."""
        return sum(question.answers for question in self.questions)

    @property
    def right(self) -> int:
        """Right answers."""
        return sum(question.right for question in self.questions)

    @property
    def partly(self) -> int:
        """Answers that were right in part only."""
        return sum(question.partly for question in self.questions)

    def describe(self) -> str:
        """The whole run in a sentence, such as ``"12 people, 58 of 96 answers right, 60%."``."""
        if self.answers == 0:
            return "Nobody answered."
        who = "1 person" if self.people == 1 else f"{self.people} people"
        counts, _, share = tally(self.right, self.answers).partition(", ")
        # Many answers of few people are not many people: the percentage goes by heads.
        ending = f", {share}" if share and self.people >= FEWEST_FOR_PERCENT else ""
        parts = f", {self.partly} partly right" if self.partly else ""
        return f"{who}, {counts} answers right{ending}{parts}."

    def describe_hardest(self) -> str | None:
        """The hardest question in words, with a warning where it may be chance; None where there is none."""
        if not self.hardest:
            return None
        named = "; ".join(f"question {each.number} ({each.describe()})" for each in self.hardest)
        few = any(each.answers < FEWEST_FOR_CERTAINTY for each in self.hardest)
        return f"Fewest right: {named}." + (" With so few answers this may be chance." if few else "")


def question_result(number: int, prompt: str, outcomes: Iterable[Outcome]) -> QuestionResult:
    """The result of one question; an answer that is partly right is counted as that, not as right."""
    counted = Counter(outcomes)
    return QuestionResult(
        number, prompt, counted[Outcome.RIGHT], counted.total(), partly=counted[Outcome.PARTIAL]
    )


def summarise_run(questions: Iterable[QuestionResult], people: int) -> RunSummary:
    """The summary of a run: leave out claims and skipped questions, which have no right answer to count."""
    results = tuple(questions)
    return RunSummary(results, people, _hardest(results))


def _hardest(results: tuple[QuestionResult, ...]) -> tuple[QuestionResult, ...]:
    told = [each for each in results if each.answers >= FEWEST_FOR_PERCENT]
    if len(told) < 2:
        return ()
    lowest = min(each.right / each.answers for each in told)
    hardest = tuple(each for each in told if each.right / each.answers == lowest)
    return () if len(hardest) == len(told) else hardest
