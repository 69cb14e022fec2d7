"""When a learner who works alone is shown what: the marks, the right answers, the explanations. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class When(StrEnum):
    """A moment from which something is shown: after each answer, after the whole quiz, or after the due date."""

    DURING = "during"
    AFTER = "after"
    AFTER_DUE = "after_due"


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown now."""

    marks: bool
    answers: bool
    explanations: bool

    @property
    def anything(self) -> bool:
        """Whether there is feedback at all."""
        return self.marks or self.answers or self.explanations

    @property
    def everything(self) -> bool:
        """Whether nothing is held back."""
        return self.marks and self.answers and self.explanations


class Showing(BaseModel):
    """From when on the marks, the right answers and the explanations are shown; stored as JSON with a run."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    marks: When = When.DURING
    answers: When = When.DURING
    explanations: When = When.DURING

    def now(self, *, ended: bool, due_over: bool) -> Shown:
        """What is shown in a quiz that has ended or not, when its due date (if it has one) is over or not."""

        def reached(when: When) -> bool:
            match when:
                case When.DURING:
                    return True
                case When.AFTER:
                    return ended
                case When.AFTER_DUE:
                    return ended and due_over

        return Shown(reached(self.marks), reached(self.answers), reached(self.explanations))

    @property
    def during(self) -> bool:
        """Whether each answer gets its feedback at once; then the first answer is the one that counts."""
        return When.DURING in (self.marks, self.answers, self.explanations)
