"""From a file's bytes to a snapshot: read, understand, compare with what is in force, show the effect, accept.

The upload page and `python -m zyb import` both go this way. The page also follows the stages of the work and
looks up what a file's reporting unit has explained before.
"""

from zyb.uploads.accepting import Outdated, accept, accept_all, compared_again
from zyb.uploads.across import Contradiction, contradictions, with_repeats
from zyb.uploads.checking import note_checked
from zyb.uploads.comparing import compare, compare_all, compared, prepare, prepare_all
from zyb.uploads.permitted import (
    original,
    refusal_to_download,
    refusal_to_report,
    refusal_to_withdraw,
    take_note_of_loss,
    withdraw,
)
from zyb.uploads.prepared import STAGES, Effect, Prepared, RowCounts, Tell, WorkStage, needs_reason, together
from zyb.uploads.reading import files_in, read_as_explained, read_submissions
from zyb.uploads.remembering import forget, refusal_to_forget, remember

__all__ = [
    "STAGES",
    "Contradiction",
    "Effect",
    "Outdated",
    "Prepared",
    "RowCounts",
    "Tell",
    "WorkStage",
    "accept",
    "accept_all",
    "compare",
    "compare_all",
    "compared",
    "compared_again",
    "contradictions",
    "files_in",
    "forget",
    "needs_reason",
    "note_checked",
    "original",
    "prepare",
    "prepare_all",
    "read_as_explained",
    "read_submissions",
    "refusal_to_download",
    "refusal_to_forget",
    "refusal_to_report",
    "refusal_to_withdraw",
    "remember",
    "take_note_of_loss",
    "together",
    "with_repeats",
    "withdraw",
]
