"""Every button and every form that the bot knows. What is not listed here does nothing when it is pressed or sent."""

from collections.abc import Sequence

from bot.views.assignments import (
    AskToClose,
    AssignmentStatusPage,
    CloseAssignment,
    DiscardDraft,
    MoreTime,
    NoMoreDueReminders,
    SetAssignment,
)
from bot.views.checking import ShowCheck
from bot.views.debate_buttons import ARGUMENT, AddArgument, AnswerArgument
from bot.views.debate_host import (
    Advance,
    DebatePanel,
    DiscardPlan,
    EndDebate,
    MoreDebateTime,
    OpenPlanned,
    PassGate,
    PauseOrResume,
    PostOutcomeAgain,
    ShowOutcome,
)
from bot.views.debate_place import (
    ComeBack,
    LeaveAndDelete,
    LeaveDebate,
    LetName,
    MyPlace,
    TryGate,
    WishForSide,
)
from bot.views.debate_stances import STANCE, RatherNotSay, StanceButton
from bot.views.evidence import ArgueWithCard, CiteCard, MyEvidence, TurnEvidence
from bot.views.forms import Form
from bot.views.grading import (
    MARKS,
    WITH_MARKS,
    GiveComment,
    GiveMarks,
    GradesPage,
    MyGrade,
    ReleaseGrades,
)
from bot.views.host import HostButton, HostPanel
from bot.views.how_sure import SayCertainty
from bot.views.inbox import (
    RIGHT_ANSWER,
    AcceptAnswer,
    Apply,
    ChangeKey,
    DropQuestion,
    LeaveAsIs,
    OpenEntry,
    OpenInbox,
    PastDecisions,
    PickKey,
    TakeBack,
)
from bot.views.inbox_messages import (
    DecideMessage,
    HiddenTexts,
    HideReported,
    OpenMessage,
    PauseReported,
    ShowAgain,
)
from bot.views.joining import Join, JoinTeam, ShowAs
from bot.views.judging import CompareReasons, JudgePair
from bot.views.live_buttons import TYPED_ANSWER, AnswerButton, Discuss, MyResultButton, TypeButton
from bot.views.message_reports import MESSAGE_REPORT
from bot.views.nudges import NoMoreNudges
from bot.views.opining import GiveOpinion, OpinionStep, OpinionVote, TakeAnswersOut
from bot.views.opinion_closing import OpinionClose, OpinionKeepOpen
from bot.views.opinion_draft import (
    STATEMENTS,
    OpinionAll,
    OpinionChoose,
    OpinionDiscard,
    OpinionPage,
    OpinionPost,
)
from bot.views.own_arguments import (
    REVISION,
    EditArgument,
    MyArguments,
    OneOfMine,
    SeeOpenings,
    WithdrawArgument,
)
from bot.views.own_assignment import BeginAttempt, RemindMe, StartAssignment
from bot.views.own_look import LookThrough
from bot.views.own_run import (
    OWN_ANSWER,
    AskToHandIn,
    ChangeRecall,
    HandIn,
    HowSure,
    OwnAnswer,
    OwnLeave,
    OwnLookOver,
    OwnNext,
    OwnOnward,
    OwnType,
    RetakeMissed,
    ShowFeedback,
    ToQuestion,
)
from bot.views.press import Press
from bot.views.progress import ProgressPage
from bot.views.question_sets import CancelLoad, ConfirmLoad, ItemPage
from bot.views.report import REPORT, ReportQuestion
from bot.views.restatements import RESTATE, SayFair
from bot.views.review import (
    AgreeReview,
    BeginReview,
    ConfirmStop,
    DeclineReview,
    KeepReview,
    NoMoreReminders,
    StopReview,
)
from bot.views.statements import STATEMENT, EarlierWordings, EditStatement, PutBack, SignStatement
from bot.views.whole_map import WholeMap

BUTTONS: Sequence[type[Press]] = (
    AnswerButton,
    TypeButton,
    SayCertainty,
    MyResultButton,
    Discuss,
    Join,
    JoinTeam,
    ShowAs,
    HostPanel,
    HostButton,
    OwnAnswer,
    OwnType,
    HowSure,
    ShowFeedback,
    OwnNext,
    OwnLeave,
    RetakeMissed,
    OwnOnward,
    OwnLookOver,
    ToQuestion,
    AskToHandIn,
    HandIn,
    LookThrough,
    StartAssignment,
    BeginAttempt,
    RemindMe,
    SetAssignment,
    DiscardDraft,
    AssignmentStatusPage,
    MoreTime,
    AskToClose,
    CloseAssignment,
    NoMoreDueReminders,
    ChangeRecall,
    AgreeReview,
    DeclineReview,
    BeginReview,
    StopReview,
    ConfirmStop,
    KeepReview,
    NoMoreReminders,
    StanceButton,
    AddArgument,
    AnswerArgument,
    MyPlace,
    OpinionPost,
    OpinionChoose,
    OpinionAll,
    OpinionPage,
    OpinionClose,
    OpinionKeepOpen,
    OpinionDiscard,
    GiveOpinion,
    OpinionVote,
    TakeAnswersOut,
    OpinionStep,
    MyEvidence,
    TurnEvidence,
    CiteCard,
    ArgueWithCard,
    ShowCheck,
    LeaveDebate,
    RatherNotSay,
    ComeBack,
    WishForSide,
    TryGate,
    LetName,
    EditStatement,
    SignStatement,
    EarlierWordings,
    PutBack,
    MyArguments,
    OneOfMine,
    EditArgument,
    WithdrawArgument,
    SeeOpenings,
    SayFair,
    WholeMap,
    CompareReasons,
    JudgePair,
    NoMoreNudges,
    LeaveAndDelete,
    GiveMarks,
    GiveComment,
    GradesPage,
    ReleaseGrades,
    MyGrade,
    OpenPlanned,
    DiscardPlan,
    DebatePanel,
    Advance,
    MoreDebateTime,
    PauseOrResume,
    PassGate,
    EndDebate,
    ShowOutcome,
    PostOutcomeAgain,
    ConfirmLoad,
    CancelLoad,
    ItemPage,
    ProgressPage,
    ReportQuestion,
    OpenInbox,
    OpenEntry,
    OpenMessage,
    DecideMessage,
    HideReported,
    ShowAgain,
    HiddenTexts,
    PauseReported,
    AcceptAnswer,
    ChangeKey,
    PickKey,
    DropQuestion,
    LeaveAsIs,
    Apply,
    PastDecisions,
    TakeBack,
)

FORMS: Sequence[Form] = (
    TYPED_ANSWER,
    OWN_ANSWER,
    STANCE,
    ARGUMENT,
    REVISION,
    RESTATE,
    STATEMENT,
    STATEMENTS,
    REPORT,
    MESSAGE_REPORT,
    MARKS,
    WITH_MARKS,
    RIGHT_ANSWER,
)
