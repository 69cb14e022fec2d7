"""Names for numbers, so that a run is never taken for a round. Knows nothing else of Seminar.

Discord's own ids (snowflakes) and the database's row ids are different types even where both are integers.
"""

from datetime import UTC, datetime, timedelta
from typing import NewType

GuildId = NewType("GuildId", int)
ChannelId = NewType("ChannelId", int)
MessageId = NewType("MessageId", int)
UserId = NewType("UserId", int)
InteractionId = NewType("InteractionId", int)

SetId = NewType("SetId", int)
ItemId = NewType("ItemId", int)
RevisionId = NewType("RevisionId", int)
LearnerId = NewType("LearnerId", int)
CardId = NewType("CardId", int)
ReviewId = NewType("ReviewId", int)
RunId = NewType("RunId", int)
AssignmentId = NewType("AssignmentId", int)
RoundId = NewType("RoundId", int)
DebateId = NewType("DebateId", int)
VersionId = NewType("VersionId", int)
ComparisonId = NewType("ComparisonId", int)
RestatementId = NewType("RestatementId", int)
StageId = NewType("StageId", int)
PlanId = NewType("PlanId", int)
ArgumentId = NewType("ArgumentId", int)
OpinionId = NewType("OpinionId", int)
StatementId = NewType("StatementId", int)
BoardId = NewType("BoardId", int)
UploadId = NewType("UploadId", int)
AnswerId = NewType("AnswerId", int)
ReportId = NewType("ReportId", int)
MessageReportId = NewType("MessageReportId", int)
NudgeId = NewType("NudgeId", int)
GradeId = NewType("GradeId", int)
HidingId = NewType("HidingId", int)
ProposalId = NewType("ProposalId", int)
RegradeId = NewType("RegradeId", int)
FindingId = NewType("FindingId", int)
CitationId = NewType("CitationId", int)

EVERY_GUILD = GuildId(0)
"""The owner of the bundled question sets, which every server may use."""

NOBODY = UserId(0)
"""Who has written what was deleted. Belongs to no server, so that nothing ever asks, counts or reminds them."""

DISCORD_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)


def moment_of(snowflake: int) -> datetime:
    """The moment (aware UTC, whole milliseconds) at which Discord made a snowflake."""
    return DISCORD_EPOCH + timedelta(milliseconds=snowflake >> 22)
