"""`python -m zyb`: the command line."""

import signal
import sys


def _run() -> int:
    """Loading takes a moment, in which Ctrl-C is heard as well."""
    try:
        from zyb.cli import main

        return main()
    except KeyboardInterrupt:
        sys.stderr.buffer.write("已中断。\n".encode())
        return 1
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is said: Python's own end has English words for it


if __name__ == "__main__":
    sys.exit(_run())
