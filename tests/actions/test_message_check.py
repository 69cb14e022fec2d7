"""What messages touch in the bundled set, told to those who may ask; and showing it beside the message."""

import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from bot.actions.arguing import ArgumentDraft, add_argument
from bot.actions.checking import MOST_TOUCHED, Touched, check_text, keep_check, show_check, written_argument
from bot.actions.debate_course import open_debate
from bot.actions.evidence import citation_board
from bot.actions.own_arguments import withdraw_argument
from bot.actions.questions import claims_for, publish_bundled
from bot.bank.findable import can_be_touched
from bot.debate.formats import Format, Planned, Stage
from bot.errors import NotFound, WrongState
from bot.ids import EVERY_GUILD, CitationId, FindingId, GuildId, InteractionId, MessageId, UserId
from bot.store.boards import BoardKind, board_for
from bot.store.questions import retire_set, save_set
from tests.bank.test_bundled import SOCIAL_CREDIT
from tests.classroom import (
    ANNA,
    BEN,
    CHANNEL,
    GUILD,
    HOST,
    OTHER_CHANNEL,
    OTHER_GUILD,
    THREAD,
    Classroom,
    choice,
    plan,
    question_set,
)

FOUND = (
    ("80% of Chinese people approve of social credit, so it is popular everywhere.", "approval-80"),
    ("About 90% of respondents in the survey approved of the social credit pilots.", "approval-80"),
    ("Every citizen in China has one single score that decides everything.", "no-single-score"),
    (
        "China gives everybody a national score from one file with finances, travel and faces.",
        "single-file-belief",
    ),
    ("The Cultural Revolution lasted from 1966 to 1976.", "cultural-revolution-dates"),
    ("More than three million people died in the Cultural Revolution.", "deaths-cultural-revolution"),
    ("19,000 people die in China every day.", "deaths-a-day"),
    ("46,000 babies are born in China each day, so the population keeps growing.", "growth-2025"),
    ("Xi Jinping became president in 2012.", "general-secretary-2012"),
    ("Xi's father was purged early in the Cultural Revolution.", "father-1962"),
    ("GCHQ collected webcam images of Yahoo users with Optic Nerve.", "optic-nerve"),
    ("The NSA still collects all our phone records in bulk.", "nsa-phone-records"),
    ("Facebook recognises faces in photos and names people automatically.", "facebook-faces"),
    ("You can never get an error off your FICO score.", "fico-errors"),
    ("43 cities in China run a pilot programme.", "pilot-cities-43"),
    ("Sesame Credit was shut down in 2017.", "sesame-after-2017"),
    ("China has no privacy law at all.", "privacy-law-2021"),
    ("Li Keqiang is the premier of China.", "premier-since-2023"),
    ("Cambridge Analytica still sells voter data.", "cambridge-analytica"),
    ("The term limit for the presidency was abolished in 2018.", "amendment-2018"),
    ("Dangan are public records of the past.", "dangan-hukou"),
    ("I read that 76% of Chinese people find social credit reliable", "distrust-76-use"),
    ("The online survey only asked 2,200 people and they were all internet users.", "random-or-online"),
    ("Approval dropped from 53% to 29% after students read about the downsides.", "approval-drop-points"),
    ("China's population is 1.3 billion people and it is still growing every day.", "population-1-4-billion"),
    ("China promised that the system would be finished by 2020, and they failed.", "plan-2020-wording"),
    ("Tencent made WeChat.", "wechat-developer"),
    ("Sesame Credit belongs to Alipay's owner, Ant Financial.", "sesame-owner"),
    ("Local governments take points off your score if you break the law.", "score-deductions"),
    ("Police in the US search driver's licence photos with face recognition.", "claim-licence-photos"),
    ("People in Shanghai board the subway by scanning their faces.", "claim-camera-extent"),
    ("Singapore uses cameras to find old people with dementia.", "camera-singapore"),
    ("Richard Thomas warned that we sleepwalk into a surveillance society.", "surveillance-society-2006"),
    ("Hukou doesn't exist any more, it was abolished long ago.", "dangan-hukou"),
    (
        "Xi was sent to the countryside like millions of other young people from the cities.",
        "sent-down-youth",
    ),
    ("Campaigns in America can simply get voter lists with your job title on it.", "voter-list-fields"),
    (
        "The State Council published the plan in 2014, it was Li Keqiang's cabinet and not Xi.",
        "social-credit-advocates",
    ),
    ("In Germany you also need an identity card when you are 16", "id-card-16"),
    (
        "I don't think that it is fair, because Westerners also rate their drivers on Uber, and nobody "
        "complains about that.",
        "ride-ratings",
    ),
    ("Births in China fell to less than half of what they were", "births-fall"),
    ("The anti-corruption campaign was only there to get rid of Jiang Zemin's faction", "jiang-zemin"),
)
"""What a message is meant to touch, among the three nearest. The thresholds were found with these."""

FOUND_UNTRIED = (
    (
        "Ten percent of Chinese disapprove? No way, 95% in the survey said that they approve of the pilots!",
        "approval-80",
    ),
    ("Xi Jinping studied chemical engineering at Peking University", "tsinghua"),
    (
        "He has been president of China since 2013 and the limit of two terms is gone.",
        "presidency-limit-year",
    ),
    ("half a million people died during the cultural revolution, not more", "deaths-cultural-revolution"),
    ("Alibaba owns Sesame Credit and gives you a number for how good you are.", "ant-affiliate"),
    ("The article says 46,000 births per day, but that's outdated!", "births-in-a-year"),
    ("Optic Nerve was an American programme of the NSA", "gchq"),
    ("Face recognition on Facebook still tags you automatically in every picture", "facebook-faces"),
    ("Uighurs are tracked with DNA tests and their mobile phones.", "uighurs-tracking"),
    (
        "Britain has had CCTV cameras everywhere for decades. London is full of cameras!",
        "claim-camera-extent",
    ),
    ("US law lets you dispute wrong entries in your credit file", "fico-errors"),
    ("Hu Jintao belonged to the populist coalition and the Youth League", "youth-league"),
    ("In 2018 there were 28 demonstration cities.", "estimate-sites-2019"),
    ("I believe that companies like Tencent got licences for personal credit.", "sesame-after-2017"),
    ("The mass line means that officials listen to everybody.", "mass-line"),
    (
        "China is one of the most surveilled countries: most cameras of any country worldwide",
        "claim-camera-extent",
    ),
    (
        "Walder says most of the deaths were caused by the authorities, not by neighbours",
        "claim-authorities-or-citizens",
    ),
    (
        "Food safety scandals are why people want it: firms selling unsanitary food lose their standing.",
        "firm-standing",
    ),
)
"""The same, for messages that were written down before they were tried: the thresholds do not know them."""

NOT_FOUND = (
    "I had pizza yesterday and it was great.",
    "Good morning everybody! Who is ready for the debate?",
    "I think social credit in China is bad.",
    "That is a great point, thank you.",
    "lol",
    "I disagree with you, this makes no sense.",
    "When is the next class?",
    "Can somebody send me the link to the homework, please?",
    "My brother works for a bank in London and likes football.",
    "The weather in Beijing will be sunny on Friday.",
    "We should trust each other more.",
    "The president gave a speech about climate change and taxes.",
    "How many people are in our team?",
    "I was born in 1997.",
    "My phone was stolen at the station, the police have cameras there.",
    "China is a big country with a long history.",
    "Taiwan and China signed a trade agreement in 2010.",
    "The survey for this course is open until Friday, 80% of you have answered.",
    "What do you think about the second argument? I find it stronger than the first.",
    "My credit card was declined in the supermarket today, so annoying.",
    "The government should invest more money in schools and universities.",
    "I scored 76% in the last maths exam and my parents were proud.",
    "Did you see the new phone from Apple? The camera is amazing.",
    "In my opinion people should be honest with each other.",
    "Chinese food is delicious, the restaurant near the university is the best in the city.",
    "We need a system that works for everybody, not just for the rich.",
    "The social life at our school has improved since 2019.",
    "Please read the article before the next lesson and write three questions.",
    "I'm against the motion.",
    "He won the election in 2008 with a large majority of votes.",
    "My grandmother has dementia and lives with us.",
    "The city council wants to build 43 new flats near the river.",
    "Data is the new oil, as they say.",
    "A revolution in farming began in the 18th century.",
    "There are 1,400 students at this university.",
    "I don't trust any politician any more.",
    "Our teacher said that we can post our arguments until 2020 words.",
    "Does anybody know a good pizza place near Tsinghua?",
    "It took me 10 years to learn Chinese.",
    "Can I change my side?",
)
"""Messages that touch nothing."""

NOT_FOUND_UNTRIED = (
    "Good luck to both sides tomorrow!",
    "Is the quiz graded or only for practice?",
    "I like the way you put it, very clear.",
    "My cousin studies engineering in Munich and graduates next year.",
    "The library closes at ten, does anyone want to share a taxi?",
    "Sorry, I was late because the subway was broken.",
    "They raised the price of coffee to 4 euros, that's 20% more.",
    "In 1976 my father moved to the countryside.",
    "Your sources are weak and your reasoning is circular.",
    "Nobody should be punished twice for the same thing.",
    "Our democracy depends on free elections and a free press.",
    "The US and China compete in technology.",
    "We have 2,200 followers on Instagram now.",
    "My doctor has terrible reviews on Google.",
    "Could a moderator please lock this thread?",
    "History is written by the winners.",
    "I bought new running shoes, my purchases this month are out of control.",
    "He is the secretary of our football club.",
)
"""The same, written down before they were tried."""

MISSED = (
    ("Target knew that a girl was pregnant before her father did.", "pregnancy-purchases"),
    ("well in 2019 there were like 60 cities with social credit pilots already", "pilot-cities-43"),
    (
        "Honestly, everyone I know in Beijing laughs about this. There is no national score. Only pilots in some "
        "cities!",
        "no-single-score",
    ),
    ("As far as I know the whole thing was supposed to be ready in 2020", "goal-2020"),
    ("It says that China should have a culture of sincerity", "sincerity-culture"),
)
"""What is missed: the fact is spread over sentences, or put in other words than the bank's."""

FALSE = (
    "Banks check your income before they give you a loan.",
    "Let's meet in the library at four, the study room is booked.",
    "I have a low score in that game, only 19,000 points.",
    "I would rather live in a small village than in a large city.",
)
"""What is found though it is not meant: enough rare words are shared by chance."""


SAYING_90 = "About 90% of respondents in the survey approved of the social credit pilots."


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Classroom]:
    """The bundled set; nothing here changes it."""
    room = Classroom(tmp_path_factory.mktemp("bank") / "class.db", SOCIAL_CREDIT)
    yield room
    room.close()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Classroom]:
    room = Classroom(tmp_path / "class.db", SOCIAL_CREDIT)
    yield room
    room.close()


def check(
    room: Classroom, text: str, user_id: UserId = ANNA, guild_id: GuildId = GUILD
) -> tuple[Touched, ...]:
    return check_text(room.db, guild_id=guild_id, user_id=user_id, text=text, at=room.now)


def keys(room: Classroom, text: str, user_id: UserId = ANNA, guild_id: GuildId = GUILD) -> list[str]:
    return [found.card.item.id for found in check(room, text, user_id, guild_id)]


# What is found


@pytest.mark.parametrize(("message", "key"), [*FOUND, *FOUND_UNTRIED])
def test_message_touches_the_item_that_speaks_of_the_same(bank: Classroom, message: str, key: str) -> None:
    found = check(bank, message)
    assert key in [each.card.item.id for each in found]
    assert len(found) <= MOST_TOUCHED
    assert all(can_be_touched(each.card.item) for each in found)


@pytest.mark.parametrize("message", [*NOT_FOUND, *NOT_FOUND_UNTRIED])
def test_message_about_something_else_touches_nothing(bank: Classroom, message: str) -> None:
    assert keys(bank, message) == []


def test_most_messages_are_judged_rightly_though_not_all(bank: Classroom) -> None:
    """The limits are known; whoever mends one of them moves it to the tables above."""
    assert [message for message, key in MISSED if key in keys(bank, message)] == []
    assert [message for message in FALSE if not keys(bank, message)] == []
    about, other = len(FOUND) + len(FOUND_UNTRIED), len(NOT_FOUND) + len(NOT_FOUND_UNTRIED)
    assert about / (about + len(MISSED)) > 0.9
    assert other / (other + len(FALSE)) > 0.9


def test_the_nearest_comes_first_and_a_long_message_is_read_sentence_by_sentence(bank: Classroom) -> None:
    filler = "I have thought about this for a long time, and I am still not sure what to make of it. " * 12
    message = f"{filler}19,000 people die in China every day. {filler}"
    assert keys(bank, message)[0] == "deaths-a-day"


@pytest.mark.parametrize(
    "message", ["", "***", "?", "<@1> @everyone https://x.example", "x" * 4000, "a " * 2000]
)
def test_message_without_words_touches_nothing(bank: Classroom, message: str) -> None:
    assert keys(bank, message) == []


def test_a_hostile_message_is_only_words(bank: Classroom) -> None:
    message = '"social" OR NEAR( credit* -- "title" : {birth} ^day\x00 \ud800 births in china each day NOT ('
    assert keys(bank, message)


# Figures


def test_a_figure_is_set_beside_that_of_the_bank(bank: Classroom) -> None:
    (first, *_) = check(bank, SAYING_90)
    assert first.card.item.id == "approval-80"
    assert first.said is not None
    assert (first.said.value, first.said.same) == (Decimal(90), False)


def test_a_figure_of_something_else_is_not(bank: Classroom) -> None:
    for message in (*(message for message, _ in FOUND[8:20]), *NOT_FOUND):
        for found in check(bank, message):
            assert found.said is None or found.said.same, (message, found)


# Whose it is, and what is being asked


def test_only_sets_of_the_server_are_touched(room: Classroom) -> None:
    own = question_set(
        choice("secret", explanation="The secret lighthouse of the harbour burned."), key="own"
    )
    room.do(save_set, OTHER_GUILD, own, loaded_by=None, at=room.now)
    assert keys(room, "The secret lighthouse burned in the harbour.") == []
    assert keys(room, "The secret lighthouse burned in the harbour.", guild_id=OTHER_GUILD) == ["secret"]
    room.do(retire_set, EVERY_GUILD, "social-credit", room.now)
    assert keys(room, SAYING_90) == []


def test_a_question_that_is_being_asked_is_not_touched(room: Classroom) -> None:
    """Nor are those that would give it away: each of them names the other."""
    items = [SOCIAL_CREDIT.item(key) for key in ("father-1962", "princeling")]
    asked = question_set(*(item for item in items if item is not None), key="social-credit")
    room.do(publish_bundled, sets=[asked], at=room.now)
    message = "Xi's father was purged in 1962, early."
    assert "father-1962" in keys(room, message)
    room.open_live(asked_for=plan(set_key="social-credit", questions=2))
    assert keys(room, message) == []
    assert "father-1962" in keys(room, message, guild_id=OTHER_GUILD)


# Showing it


def kept(room: Classroom, *, user_id: UserId = ANNA, message_id: int = 501) -> FindingId:
    return room.do(
        keep_check,
        guild_id=GUILD,
        user_id=user_id,
        channel_id=CHANNEL,
        message_id=MessageId(message_id),
        items=[found.card.item_id for found in check(room, SAYING_90)],
        at=room.now,
    )


def show(
    room: Classroom,
    finding_id: FindingId,
    *,
    user_id: UserId = ANNA,
    guild_id: GuildId = GUILD,
    press: InteractionId | None = None,
) -> CitationId:
    return room.do(
        show_check,
        guild_id=guild_id,
        user_id=user_id,
        finding_id=finding_id,
        interaction_id=press or room.click(),
        at=room.now,
    )


def test_what_a_message_touches_is_posted_where_it_is(room: Classroom) -> None:
    citation_id = show(room, kept(room))
    board = board_for(room.db, BoardKind.CITATION, citation_id)
    shown = citation_board(room.db, citation_id=citation_id)
    assert board is not None
    assert shown is not None
    assert (board.channel_id, shown.citation.message_id, shown.citation.user_id) == (CHANNEL, 501, ANNA)
    assert [card.item.id for card in shown.cards] == keys(room, SAYING_90)


def test_it_is_shown_once_for_a_message(room: Classroom) -> None:
    press, finding_id = room.click(), kept(room)
    first = show(room, finding_id, press=press)
    assert show(room, finding_id, press=press) == first
    with pytest.raises(WrongState):
        show(room, finding_id)
    with pytest.raises(WrongState):
        show(room, kept(room))
    assert room.rows("SELECT COUNT(*) FROM citation") == [(1,)]


def test_nobody_else_shows_it(room: Classroom) -> None:
    finding_id = kept(room)
    for user_id, guild_id in ((BEN, GUILD), (HOST, GUILD), (ANNA, OTHER_GUILD)):
        with pytest.raises(NotFound):
            show(room, finding_id, user_id=user_id, guild_id=guild_id)


def test_a_newer_check_takes_the_place_of_the_last(room: Classroom) -> None:
    first, second = kept(room), kept(room, message_id=502)
    with pytest.raises(NotFound):
        show(room, first)
    show(room, second)


def test_nothing_is_shown_while_the_questions_are_asked(room: Classroom) -> None:
    finding_id = kept(room)
    only = [item for item in SOCIAL_CREDIT.items if item.id in set(keys(room, SAYING_90))]
    room.do(publish_bundled, sets=[question_set(*only, key="social-credit")], at=room.now)
    room.open_live(channel_id=OTHER_CHANNEL, asked_for=plan(set_key="social-credit", questions=3))
    with pytest.raises(WrongState):
        show(room, finding_id)


def test_no_word_of_a_message_is_kept(room: Classroom) -> None:
    show(room, kept(room))
    written = "\n".join(room.contents())
    assert "About 90" not in written
    assert SAYING_90 not in written


# Arguments, which the bot has posted for their authors


def test_an_argument_is_its_authors_message(room: Classroom) -> None:
    (listed, *_) = claims_for(room.db, guild_id=GUILD)
    debate_id = room.do(
        open_debate,
        guild_id=GUILD,
        revision_id=listed.revision_id,
        channel_id=CHANNEL,
        thread_id=THREAD,
        opened_by=HOST,
        format=Format.OXFORD,
        timetable=(Planned(Stage.FLOOR),),
        rng=random.Random(1),
        at=room.now,
    )
    argument = room.do(
        add_argument,
        guild_id=GUILD,
        debate_id=debate_id,
        user_id=BEN,
        draft=ArgumentDraft(claim="It is popular.", evidence=SAYING_90, reasoning="So it is."),
        interaction_id=room.click(),
        at=room.now,
    )
    room.publish()
    messages = dict(room.rows("SELECT kind, message_id FROM board"))  # type: ignore[arg-type]
    written = written_argument(room.db, guild_id=GUILD, message_id=messages["argument"])  # type: ignore[arg-type]
    assert written == argument
    assert written_argument(room.db, guild_id=OTHER_GUILD, message_id=messages["argument"]) is None  # type: ignore[arg-type]
    assert written_argument(room.db, guild_id=GUILD, message_id=messages["motion"]) is None  # type: ignore[arg-type]
    assert written_argument(room.db, guild_id=GUILD, message_id=MessageId(1)) is None
    room.do(
        withdraw_argument,
        guild_id=GUILD,
        argument_id=argument.argument_id,
        user_id=BEN,
        withdrawn=True,
        at=room.now,
    )
    assert written_argument(room.db, guild_id=GUILD, message_id=messages["argument"]) is None  # type: ignore[arg-type]
