"""A set of questions with what it says about itself. Knows nothing of how it is stored or shown."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from bot.bank import limits
from bot.bank.fault import Fault, Faults
from bot.bank.item import FileModel
from bot.bank.kinds import Item
from bot.bank.kinds.numeric import Number
from bot.bank.texts import Description, PartialDate, Reason, SetId, Slug, Source, Title

FORMAT = 1
"""The version of the file format that this program reads."""


def _known_format(value: object) -> object:
    if value != FORMAT or isinstance(value, bool):
        what = f"this file says that its format is {str(value)[:20]}, and this version reads only {FORMAT}"
        raise Faults([Fault("unknown-format", what, f"write “format: {FORMAT}”, or use a newer Seminar")])
    return FORMAT


_ParagraphNumber = Annotated[int, Field(ge=1, le=9999)]


class SourceInfo(FileModel):
    """Where the items of a set come from by default."""

    title: Source = Field(description="the title of the source")
    publisher: Source | None = Field(None, description="who published it")
    date: PartialDate | None = Field(None, description="when it was published, such as 2019-08-01")
    figures: dict[_ParagraphNumber, tuple[Number, ...]] | None = Field(
        None,
        max_length=limits.SOURCE_PARAGRAPHS,
        description="the figures of each paragraph that has any, by its number, for the checker",
    )


class SetInfo(FileModel):
    """The head of a set: the content of ``set.yaml``."""

    format: Annotated[Literal[1], BeforeValidator(_known_format, json_schema_input_type=Literal[1])] = Field(
        description="1, the version of this file format"
    )
    id: SetId = Field(description="a short name that never changes; in a folder, the folder's name")
    title: Title = Field(description="the title as people read it")
    description: Description = Field(description="one or two sentences on what the set is about")
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = Field(
        "en", description="the language of the texts, such as en"
    )
    source: SourceInfo = Field(description="where the items come from: title, publisher and date")
    reasons: dict[Slug, Reason] = Field(
        default_factory=dict,
        max_length=limits.REASONS,
        description="why a warning of the checker about the whole set is all right here, by its code",
    )


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A set as it was read; the items stand in the order of the files, and their ids are unique."""

    info: SetInfo
    items: tuple[Item, ...]

    def item(self, item_id: str) -> Item | None:
        """The item with this id, if the set has it."""
        return next((item for item in self.items if item.id == item_id), None)
