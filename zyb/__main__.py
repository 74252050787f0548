"""`python -m zyb`: the command line."""

import sys


def _run() -> int:
    """Loading takes a moment, in which Ctrl-C is heard as well."""
    try:
        from zyb.cli import main

        code = main()
    except KeyboardInterrupt:
        sys.stderr.buffer.write("已中断。\n".encode())
        code = 1
    _deaf()
    return code


def _deaf() -> None:
    """All is said: Python's own end has English words for an interruption."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(_run())
