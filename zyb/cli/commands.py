"""The commands in the order in which help lists them, and running one. Its options stand beside what it does."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing

from zyb import __version__
from zyb.cli.alerts import alerts_command
from zyb.cli.changes import changes_command
from zyb.cli.faults import sentence
from zyb.cli.intake.cadence import cadence_command
from zyb.cli.intake.duties import duties_command
from zyb.cli.intake.importing import import_command
from zyb.cli.intake.linkage import linkage_command
from zyb.cli.intake.quality import quality_command
from zyb.cli.interrupting import INTERRUPTED, interrupted, listen_for_interruption, stop_listening
from zyb.cli.registering import demo_command, make_demo, snapshots_command, templates_command
from zyb.cli.reporting import report_command
from zyb.cli.standing import standings_command, verdicts_command
from zyb.cli.terminal import complain, speak_of_work, speak_utf8, unspoken
from zyb.cli.words import DONE, FAILED, Parser, refuse_odd_words
from zyb.proofreading import proofread
from zyb.settings import data_folder
from zyb.uploads.opening import open_store, refuse_unspeakable

COMMANDS = (
    import_command, standings_command, changes_command, templates_command, report_command,
    alerts_command, duties_command, cadence_command, linkage_command, quality_command, verdicts_command, demo_command, snapshots_command,
)  # fmt: skip


def _parser() -> Parser:
    parser = Parser(prog="python -m zyb", description="职业病防治进展看板：命令行")
    parser.add_argument("--version", action="version", version=__version__, help="显示版本")
    commands = parser.add_subparsers(title="命令", required=True, metavar="命令")

    for add in COMMANDS:
        add(commands)
    return parser


def _said(answer: int) -> int:
    """A command that has done its work without being able to tell of it; one that was refused stays refused."""
    why = unspoken()
    if not why:
        return answer
    done = "命令已经执行完毕，如有改动即已生效" if answer == DONE else "命令没有全部完成"
    complain(f"结果没有完整写出：{why}。{done}；请核对后再决定是否重试。")
    return answer or FAILED


def main(arguments: Sequence[str] | None = None) -> int:
    speak_utf8()
    speak_of_work()
    listen_for_interruption()
    try:
        # The rules say what may be asked for: a slip in some of them shows here already.
        parsed = _parser().parse_args(arguments)
        refuse_odd_words(parsed)
        refuse_unspeakable(data_folder())
        proofread()
        opens_its_own: bool = parsed.answer is make_demo
        if opens_its_own:
            return _said(make_demo(parsed))
        with closing(open_store()) as store:
            for words in store.troubles:
                complain(words)
            answer: int = parsed.answer(store, parsed)
            stop_listening()
            return _said(answer)
    except KeyboardInterrupt:
        complain(INTERRUPTED)
        return FAILED
    except Exception as error:
        # A library that is at work when somebody presses Ctrl-C makes an error of its own of it.
        complain(INTERRUPTED if interrupted() else sentence(error))
        return FAILED
