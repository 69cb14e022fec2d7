"""A process that answers questions as fast as it can and says so, until it is killed.

Prints ``user interaction`` for each answer once it is acknowledged. Arguments: the database, the round
and where to begin numbering.
"""

import asyncio
import sys
from pathlib import Path

from bot.actions.answering import answer_round
from bot.ids import InteractionId, RoundId, UserId
from bot.store.writer import Store
from tests.classroom import GUILD, MONDAY

AT_ONCE = 40


async def learner(store: Store, round_id: RoundId, user_id: UserId, begin: int) -> None:
    """Changes an answer over and over."""
    for interaction in range(begin, begin + 1_000_000):
        await store.run(
            answer_round,
            guild_id=GUILD,
            round_id=round_id,
            user_id=user_id,
            answer=interaction % 3,
            interaction_id=InteractionId(interaction),
            at=MONDAY,
        )
        sys.stdout.write(f"{user_id} {interaction}\n")
        sys.stdout.flush()


async def main(path: str, round_id: str, begin: str) -> None:
    """Answer until killed."""
    store = Store.open(Path(path))
    crowd = (
        learner(store, RoundId(int(round_id)), UserId(user), int(begin)) for user in range(1, AT_ONCE + 1)
    )
    await asyncio.gather(*crowd)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
