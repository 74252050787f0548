"""Small changes of meaning, one at a time, and whether a test hears of each: `python -m tests.mutants [PART OF A FILE]`.

Each line names a file, what stands there once, what stands there instead, and the tests that are asked. A change that
nobody hears of survives: either a row for equality, for the same day, for the second time is missing, or the two mean
the same, which is then said beside it here.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
COURSES, ALERTS = "zyb/standing/courses.py", "tests/spec/test_alert_boundaries.py"
OVERRIDES, JUDGED = "zyb/answers/overrides.py", "tests/spec/test_overrides.py"
COMPARING, UPLOADS = "zyb/uploads/comparing.py", "tests/core/test_uploads.py"
PROBLEMS = "tests/core/test_problems.py"


class Mutant(NamedTuple):
    file: str
    before: str
    after: str
    tests: str


MUTANTS = (
    Mutant(COURSES, "signal.gap < 0 and", "signal.gap <= 0 and", ALERTS),
    Mutant(COURSES, "signal.gap < settings.at_once_below", "signal.gap <= settings.at_once_below", ALERTS),
    Mutant(COURSES, "signal.gap - course.gap >= needed", "signal.gap - course.gap > needed", ALERTS),
    Mutant(COURSES, "course.claim.due < day", "course.claim.due <= day", ALERTS),
    Mutant(COURSES, "self.due < day and", "self.due <= day and", ALERTS),
    Mutant(COURSES, "signal.due < signal.day)", "signal.due <= signal.day)", ALERTS),
    Mutant(COURSES, "anew = course.state in CLOSED or", "anew = course.state == NORMAL or", ALERTS),
    Mutant(
        COURSES, "Course(signal.due, silent=course.silent, silent_since=course.silent_since)", "Course(signal.due)", ALERTS
    ),
    Mutant(COURSES, "if course.due != signal.due:", "if False:", ALERTS),
    Mutant(COURSES, "periods >= settings.on_pace_periods", "periods > settings.on_pace_periods", "tests/spec/test_alerts.py"),
    Mutant(
        OVERRIDES, "standing.numerator, standing.denominator)", "standing.numerator, record.denominator)", JUDGED
    ),
    Mutant(OVERRIDES, "last, proposed = spoken[-1], ", "last, proposed = spoken[0], ", JUDGED),
    Mutant(OVERRIDES, "wanted is None or objection(found, standing, wanted)", "wanted is None", JUDGED),
    Mutant(OVERRIDES, "or standing.stale", "", JUDGED),
    Mutant("zyb/access.py", "if bound and superseded", "if bound and superseded and not bound", "tests/web/test_access.py"),
    Mutant(COMPARING, "number > earlier * (1 +", "number >= earlier * (1 +", UPLOADS),
    Mutant(COMPARING, "number < earlier:", "number <= earlier:", UPLOADS),
    Mutant(COMPARING, "].as_of > submission.as_of", "].as_of >= submission.as_of", UPLOADS),
    Mutant(COMPARING, "(first.year, first.month) == (second.year, second.month)", "first.month == second.month", PROBLEMS),
)  # fmt: skip


def survives(mutant: Mutant) -> bool:
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "tree"
        shutil.copytree(
            ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "local", "__pycache__", ".*_cache")
        )
        file = copy / mutant.file
        text = file.read_text(encoding="utf-8")
        if text.count(mutant.before) != 1:
            raise SystemExit(
                f"{mutant.file}: {mutant.before!r} stands there {text.count(mutant.before)} times"
            )
        file.write_text(text.replace(mutant.before, mutant.after), encoding="utf-8")
        return passes(mutant.tests, copy)


def passes(tests: str, tree: Path = ROOT) -> bool:
    asked = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", tests]
    return subprocess.run(asked, cwd=tree, capture_output=True, check=False).returncode == 0


def main(part: str = "") -> int:
    alive, asked = [], [one for one in MUTANTS if part in one.file]
    for tests in dict.fromkeys(mutant.tests for mutant in asked):
        if not passes(tests):
            raise SystemExit(f"{tests} fails without any change")
    for mutant in asked:
        heard = not survives(mutant)
        print(
            f"{'heard   ' if heard else 'SURVIVES'} {mutant.file}: {mutant.before}  →  {mutant.after or '(nothing)'}",
            flush=True,
        )
        alive += [] if heard else [mutant]
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
