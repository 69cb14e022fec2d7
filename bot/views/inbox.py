"""The instructors' inbox: its list, and the buttons and the form that decide about questions. Everything that changes
results shows first what it would change."""

from collections.abc import Callable
from typing import Any, ClassVar

import discord

from bot.actions.decisions import decisions_page
from bot.actions.inbox import Entry, InboxPage, Opened, Reason, Subject, dismiss, inbox_page, open_entry
from bot.actions.message_reports import MessageEntry
from bot.actions.proposing import (
    propose_accepting,
    propose_dropping,
    propose_key,
    propose_taking_back,
    question_of,
)
from bot.actions.regrading import Applied, Preview, apply_proposal
from bot.bank.kinds import Item
from bot.ids import ProposalId, RegradeId
from bot.views.answer_form import filled_in, item_form
from bot.views.authority import require_instructor
from bot.views.desk import desk_of, guild_of, user_of
from bot.views.forms import Fields, Form
from bot.views.inbox_cards import (
    applied_card,
    decisions_card,
    dismissed_card,
    entry_card,
    inbox_card,
    key_card,
    preview_card,
)
from bot.views.inbox_messages import HiddenTexts, OpenMessage
from bot.views.inbox_way import WHAT, InboxPress, ToInbox, turning_to_older
from bot.views.layout import Button, Layout, letter, rows, shorten
from bot.views.press import ID, PLACE, SLOT, Press
from bot.views.question import SHORT_OPTION
from bot.views.replies import replace, show_form, show_privately

REASONS = {"r": Reason.REPORT, "n": Reason.NEAR_MISS}
LETTERS = {reason: sign for sign, reason in REASONS.items()}
KIND = "[rn]"
MOST_ACCEPT_BUTTONS = 3


class OpenInbox(ToInbox):
    """Shows a page of the inbox."""

    async def pressed(self, interaction: discord.Interaction) -> None:
        await show_privately(interaction, await inbox(interaction, self.number(0)))


class OpenEntry(InboxPress, prefix="io", parts=(KIND, ID)):
    """Shows an entry in full."""

    default_label: ClassVar[str] = "Open"

    async def pressed(self, interaction: discord.Interaction) -> None:
        subject = _subject(self)
        desk = desk_of(interaction)
        opened = await desk.read(open_entry, guild_id=guild_of(interaction), subject=subject, at=desk.now())
        await replace(interaction, entry(opened))


class AcceptAnswer(InboxPress, prefix="ia", parts=(KIND, ID, ID)):
    """Proposes to accept the answer of a report or a near miss for everybody."""

    style = discord.ButtonStyle.success
    default_label: ClassVar[str] = "Accept for all"

    async def pressed(self, interaction: discord.Interaction) -> None:
        await _propose(interaction, propose_accepting, subject=_subject(self), chosen=self.number(2))


class ChangeKey(InboxPress, prefix="ic", parts=(KIND, ID)):
    """Asks the instructor for the right answer, as the question asks for it."""

    default_label: ClassVar[str] = "Change the right answer"

    async def pressed(self, interaction: discord.Interaction) -> None:
        subject = _subject(self)
        item = await desk_of(interaction).read(question_of, guild_id=guild_of(interaction), subject=subject)
        fields = item.form(range(len(item.choices())))
        if not fields:
            back = OpenEntry(*_ids(subject), label="Do not change it")
            await replace(interaction, key_card(item, [*rows(_key_buttons(item, subject)), [back]]))
            return
        ids = (list(REASONS.values()).index(subject.reason), subject.subject_id)
        form = item_form(RIGHT_ANSWER, interaction, ids, "The right answer", item.prompt, fields)
        await show_form(interaction, form)


class PickKey(InboxPress, prefix="ik", parts=(KIND, ID, SLOT)):
    """Proposes an option as the right answer."""

    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: discord.Interaction) -> None:
        await _propose(interaction, propose_key, subject=_subject(self), answer=self.number(2))


class DropQuestion(InboxPress, prefix="iq", parts=(KIND, ID)):
    """Proposes to leave the question out of every result."""

    style = discord.ButtonStyle.danger
    default_label: ClassVar[str] = "Drop the question"

    async def pressed(self, interaction: discord.Interaction) -> None:
        await _propose(interaction, propose_dropping, subject=_subject(self))


class LeaveAsIs(InboxPress, prefix="ix", parts=(KIND, ID)):
    """Leaves the question as it is."""

    default_label: ClassVar[str] = "It is right as it is"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        told = await desk.run(
            dismiss,
            guild_id=guild_of(interaction),
            user_id=user_of(interaction),
            subject=_subject(self),
            at=desk.now(),
        )
        await replace(interaction, dismissed_card(told, [OpenInbox(0)]))


class Apply(InboxPress, prefix="iy", parts=(ID,)):
    """Does what was shown; shows it anew if it would not do that any more."""

    style = discord.ButtonStyle.success
    default_label: ClassVar[str] = "Apply"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        done = await desk.run(
            apply_proposal,
            guild_id=guild_of(interaction),
            user_id=user_of(interaction),
            proposal_id=ProposalId(self.number(0)),
            at=desk.now(),
        )
        match done:
            case Applied():
                await replace(interaction, applied_card(done, [OpenInbox(0), PastDecisions(0)]))
            case Preview():
                await replace(interaction, preview(done))


class PastDecisions(InboxPress, prefix="iw", parts=(PLACE,)):
    """Shows a page of the record of decisions."""

    default_label: ClassVar[str] = "Past decisions"

    async def pressed(self, interaction: discord.Interaction) -> None:
        shown = await desk_of(interaction).read(
            decisions_page, guild_id=guild_of(interaction), page=self.number(0)
        )
        takers = [
            None
            if decision.taken_back or decision.takes_back is not None
            else TakeBack(decision.regrade_id, label=f"Take back {number}")
            for number, (decision, _) in enumerate(shown.decisions, start=1)
        ]
        onward = [*turning_to_older(PastDecisions, shown.page, shown.pages), OpenInbox(0)]
        await show_privately(interaction, decisions_card(shown, takers, onward))


class TakeBack(InboxPress, prefix="it", parts=(ID,)):
    """Proposes to take a decision back."""

    default_label: ClassVar[str] = "Take back"

    async def pressed(self, interaction: discord.Interaction) -> None:
        await _propose(interaction, propose_taking_back, regrade_id=RegradeId(self.number(0)))


async def inbox(interaction: discord.Interaction, page: int = 0) -> Layout:
    """A page of the server's inbox."""
    shown: InboxPage = await desk_of(interaction).read(inbox_page, guild_id=guild_of(interaction), page=page)
    openers = [_opener(each, f"Open {number}") for number, each in enumerate(shown.entries, start=1)]
    onward = turning_to_older(OpenInbox, shown.page, shown.pages)
    if shown.decisions:
        onward.append(PastDecisions(0))
    if shown.hidden:
        onward.append(HiddenTexts(0))
    return inbox_card(shown, openers, onward)


def entry(opened: Opened) -> Layout:
    """An entry in full, with what can be done about it."""
    ids = _ids(opened.subject)
    near_miss = opened.subject.reason is Reason.NEAR_MISS
    accepting: list[Button] = [
        AcceptAnswer(
            *ids,
            chosen,
            label=None if near_miss else f"Accept for all: {shorten(opened.item.describe(response), 60)}",
        )
        for chosen, response in opened.acceptable[:MOST_ACCEPT_BUTTONS]
    ]
    deciding: list[Button] = [ChangeKey(*ids)]
    if not opened.rulings.dropped:
        deciding.append(DropQuestion(*ids))
    return entry_card(opened, [accepting, [*deciding, LeaveAsIs(*ids)], [OpenInbox(0)]])


def preview(shown: Preview) -> Layout:
    """What a proposal would change, with the button that applies it."""
    subject = shown.subject
    back: Button = (
        PastDecisions(0, label="Do not apply")
        if subject.reason is Reason.TAKEN_BACK
        else OpenEntry(*_ids(subject), label="Do not apply")
    )
    return preview_card(shown, [Apply(shown.proposal_id), back])


def _opener(entry: Entry | MessageEntry, label: str) -> Button:
    match entry:
        case Entry():
            return OpenEntry(*_ids(entry.subject), label=label)
        case MessageEntry():
            return OpenMessage(entry.report_id, label=label)


def _key_buttons(item: Item, subject: Subject) -> list[Button]:
    texts = item.choices()
    short = all(len(text) <= SHORT_OPTION for text in texts)
    return [
        PickKey(*_ids(subject), at, label=f"{letter(at)} · {text}" if short else letter(at))
        for at, text in enumerate(texts)
    ]


async def _propose(
    interaction: discord.Interaction, propose: Callable[..., Preview], **arguments: Any
) -> None:
    desk = desk_of(interaction)
    shown = await desk.run(
        propose, guild_id=guild_of(interaction), user_id=user_of(interaction), at=desk.now(), **arguments
    )
    await replace(interaction, preview(shown))


async def _answered(interaction: discord.Interaction, ids: tuple[int, ...], fields: Fields) -> None:
    await require_instructor(interaction, WHAT)
    subject = Subject(list(REASONS.values())[ids[0]], ids[1])
    await _propose(interaction, propose_key, subject=subject, answer=filled_in(fields))


def _subject(press: Press) -> Subject:
    return Subject(REASONS[press.parts[0]], press.number(1))


def _ids(subject: Subject) -> tuple[str, int]:
    return LETTERS[subject.reason], subject.subject_id


RIGHT_ANSWER = Form("ik", _answered)
