"""`python -m zyb`: the command line."""

import sys

from zyb.cli import main

if __name__ == "__main__":
    sys.exit(main())
