"""How certainty is asked for, in words."""

from bot.quiz.certainty import Certainty

HOW_SURE = "How sure are you? This is private, and it does not change whether your answer is right."

CERTAINTY_WORDS = {
    Certainty.GUESS: "Guess",
    Certainty.FAIRLY: "Fairly sure",
    Certainty.CERTAIN: "Certain",
}
