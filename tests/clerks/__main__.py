"""`python -m tests.clerks --count 2000`: what the program makes of workbooks as offices write them."""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from pathlib import Path
from random import Random

from tests.clerks.drawing import HALVES
from tests.clerks.judging import REFUSED, RIGHT, VERDICTS, WRONG, Verdict, judged
from tests.clerks.office import Letter, letter
from tests.clerks.truth import LEDGERS

MOST_CAUSES = 25


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.clerks", description=__doc__)
    parser.add_argument("--count", type=int, default=2000, help="so many workbooks")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ledger", choices=LEDGERS, help="of one ledger only")
    parser.add_argument("--half", choices=HALVES, default="seen", help="which half of the habits is drawn")
    parser.add_argument("--faults", choices=("some", "none", "only"), default="some")
    parser.add_argument("--mess", type=float, help="how untidy the offices are, 0 to 1; by chance without it")
    parser.add_argument("--keep", type=Path, help="a folder for what was refused or wrong")
    parser.add_argument("--keep-all", action="store_true", help="what was right as well")
    parser.add_argument("--only", type=int, help="the workbook of this number alone")
    return parser.parse_args()


class Tally:
    """Verdicts by ledger, and what was drawn where it went ill."""

    def __init__(self) -> None:
        self.by_ledger: dict[str, Counter[str]] = defaultdict(Counter)
        self.faulty: dict[str, Counter[str]] = defaultdict(Counter)
        self.codes: Counter[str] = Counter()
        self.habits: Counter[str] = Counter()
        self.ill: Counter[str] = Counter()
        self.drawn_with: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, one: Letter, verdict: Verdict) -> None:
        if one.fault:
            self.faulty[one.fault][verdict.verdict] += 1
            return
        self.by_ledger[one.truth.ledger][verdict.verdict] += 1
        habits = set(one.habits)
        self.habits.update(habits)
        if verdict.verdict != RIGHT:
            self.ill.update(habits)
            for code in verdict.codes or [verdict.verdict]:
                self.codes[f"{verdict.verdict}: {code}"] += 1
                self.drawn_with[f"{verdict.verdict}: {code}"].update(habits)

    def share(self, habit: str) -> float:
        return self.ill[habit] / self.habits[habit]


def _print_line(name: str, counts: Counter[str]) -> None:
    number = counts.total()
    cells = "".join(f"{counts[verdict]:>8}" for verdict in VERDICTS)
    print(f"{name:<26}{number:>7}{cells}{counts[RIGHT] / max(1, number):>9.1%}")


def _print_tables(tally: Tally) -> None:
    print(f"{'':<26}{'books':>7}{'right':>8}{'asked':>8}{'told':>8}{'refused':>8}{'WRONG':>8}")
    whole: Counter[str] = Counter()
    for ledger in LEDGERS:
        if ledger in tally.by_ledger:
            _print_line(ledger, tally.by_ledger[ledger])
            whole.update(tally.by_ledger[ledger])
    _print_line("all", whole)
    print("\nfaulty (right: refused or asked)")
    for fault, counts in sorted(tally.faulty.items()):
        _print_line(fault, counts)


def _print_causes(tally: Tally) -> None:
    print("\nmost frequent, with the habits drawn unusually often with them")
    usual = sum(tally.ill.values()) / max(1, sum(tally.habits.values()))
    for code, number in tally.codes.most_common(MOST_CAUSES):
        drawn = tally.drawn_with[code]
        marked = sorted(drawn, key=lambda habit: -(drawn[habit] ** 1.5) / tally.habits[habit])[:3]
        told = "; ".join(f"{habit!r} {drawn[habit]}/{tally.habits[habit]}" for habit in marked)
        print(f"{number:>5}  {code:<44} {told}")
    print("\nhabits that go ill most often")
    least = min(0.7, 2 * usual)
    often = [habit for habit, number in tally.habits.items() if number >= 4 and tally.share(habit) > least]
    for habit in sorted(often, key=lambda habit: (-tally.share(habit), -tally.ill[habit]))[: 2 * MOST_CAUSES]:
        print(f"{tally.ill[habit]:>5} of {tally.habits[habit]:<4} {habit!r}")


def _keep(folder: Path, at: int, one: Letter, verdict: Verdict) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    codes = "+".join(verdict.codes)[:60]
    stem = (
        f"{verdict.verdict.replace(' ', '-')}_{one.truth.ledger}_{at}_{one.fault.replace(' ', '-') or codes}"
    )
    (folder / f"{stem}.{one.book.form.split()[0]}").write_bytes(one.book.content())
    truth = one.truth
    lines = [
        f"file name: {one.book.file_name}", f"home: {one.home}", f"fault: {one.fault or 'none'}",
        f"truth: {truth.ledger} {truth.province} {truth.region or ''} {truth.day} years {truth.years}", "",
        *verdict.why, "", *one.habits,
    ]  # fmt: skip
    (folder / f"{stem}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    arguments = _arguments()
    fault = {"some": None, "none": False, "only": True}[arguments.faults]
    tally, began = Tally(), time.monotonic()
    ledgers = [arguments.ledger] if arguments.ledger else list(LEDGERS)
    numbers = range(arguments.count) if arguments.only is None else [arguments.only]
    for at in numbers:
        random = Random(f"{arguments.seed} {at}")
        one = letter(random, arguments.half, ledgers[at % len(ledgers)], fault, arguments.mess)
        verdict = judged(one)
        tally.add(one, verdict)
        ill = verdict.verdict in (REFUSED, WRONG) and not (one.fault and verdict.verdict == RIGHT)
        if arguments.keep and (ill or arguments.keep_all or verdict.verdict not in (RIGHT, REFUSED)):
            _keep(arguments.keep, at, one, verdict)
    _print_tables(tally)
    _print_causes(tally)
    spent = time.monotonic() - began
    print(f"\n{len(numbers) / spent:.1f} workbooks a second, half: {arguments.half}, seed: {arguments.seed}")
    both = [*tally.by_ledger.values(), *tally.faulty.values()]
    return int(any(counts[WRONG] for counts in both))


if __name__ == "__main__":
    raise SystemExit(main())
