"""The three shapes of a question file. Knows nothing of reading them.

``set.yaml`` is a :class:`~bot.bank.question_set.SetInfo`; the other files of a folder are :class:`ItemFile`;
a set in a single file is a :class:`SetFile`. Reading checks the items one by one, so that one wrong item does
not hide the others; the schema is made from the whole.
"""

from pydantic import Field

from bot.bank.item import Category, FileModel
from bot.bank.kinds import Item
from bot.bank.question_set import SetInfo


class ItemFile(FileModel):
    """Items of a set that lives in a folder."""

    category: Category | None = Field(None, description="the category of the items that name none")
    items: tuple[Item, ...] = Field(min_length=1, description="the questions")


class SetFile(FileModel):
    """A whole set in one file: what an instructor uploads."""

    set: SetInfo = Field(description="what set.yaml holds in a folder")
    category: Category | None = Field(None, description="the category of the items that name none")
    items: tuple[Item, ...] = Field(min_length=1, description="the questions")
