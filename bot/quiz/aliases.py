"""Names for people who do not want to be named: an adjective and a bird. Pure; knows nothing of who bears them.

Every word is friendly or neutral, and says nothing of speed, knowledge, looks, origin or sex; none is a colour, which
teams are named by.
"""

import random
from collections.abc import Iterator
from enum import StrEnum
from itertools import count
from typing import Final

_ADJECTIVES = """
Amiable Balanced Brave Breezy Calm Careful Caring Cheerful Constant Cordial Courteous Creative Curious Daring Eager
Earnest Easygoing Fearless Festive Friendly Generous Gentle Glad Graceful Gracious Happy Helpful Hopeful Jolly Jovial
Joyful Keen Kind Lively Loyal Mellow Merry Mindful Modest Musical Neat Noble Patient Peaceful
Playful Pleasant Polite Quiet Ready Relaxed Serene Sincere Sociable Spirited Steady Sunny Tactful Thoughtful Tidy
Trusty Upbeat Vivid Warm Watchful Whistling Zesty
"""

_BIRDS = """
Avocet Bulbul Bunting Chaffinch Cormorant Crane Curlew Dipper Dove Dunlin Eagle Egret Eider Falcon Finch Flamingo
Flycatcher Gannet Godwit Goldcrest Grebe Grosbeak Guillemot Harrier Heron Hoopoe Hornbill Hummingbird Ibis Jay
Kestrel Kingfisher Kittiwake Lapwing Lark Linnet Lyrebird Macaw Mallard Nightingale Nuthatch Oriole Osprey
Owl Oystercatcher Pelican Penguin Petrel Pintail Pipit Plover Puffin Quetzal Razorbill Redstart Sanderling
Sandpiper Siskin Skylark Sparrow Spoonbill Starling Stork Sunbird Swallow Swan Tanager Tern Toucan Turnstone Wagtail
Warbler Waxwing Weaver Woodpecker Wren
"""

ADJECTIVES: Final = tuple(_ADJECTIVES.split())
BIRDS: Final = tuple(_BIRDS.split())

PLAIN_TRIES: Final = 30


class Appearance(StrEnum):
    """How a person appears on the public board of a quiz."""

    ALIAS = "alias"
    NAME = "name"
    HIDDEN = "hidden"


def alias_candidates(rng: random.Random) -> Iterator[str]:
    """Names to try until one is free, without end: after a while they carry numbers."""
    for number in count(1):
        name = f"{rng.choice(ADJECTIVES)} {rng.choice(BIRDS)}"
        yield name if number <= PLAIN_TRIES else f"{name} {number}"
