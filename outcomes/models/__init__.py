"""What changes: invitations to surveys, the answers, their scores, and one outcome row per course and scale."""

from outcomes.models.invitation import Invitation, SurveyDraft
from outcomes.models.outcome import OutcomeRow
from outcomes.models.response import Response, ResponseVoid, Score

__all__ = ["Invitation", "OutcomeRow", "Response", "ResponseVoid", "Score", "SurveyDraft"]
