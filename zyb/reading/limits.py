"""What one workbook may cost, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace

MB = 1 << 20
GB = 1 << 30


@dataclass(frozen=True)
class Allowance:
    """What the reading process may use before it is ended."""

    memory: int  # bytes of address space
    cpu_seconds: int
    wall_seconds: int


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bounds of a workbook. Sizes are bytes.

    Measured on two cores, 17 Chinese columns: 5,000 rows take 0.2 s, 300,000 rows 5 s and 0.9 GB of
    address space, a million rows 16 s and 1.8 GB. The allowances leave a slow office server several times that.
    """

    max_bytes: int = 50 * MB  # 300,000 rows of 17 Chinese columns are 32 MB as .xlsx
    max_rows: int = 1_048_576  # Excel's own last row
    max_columns: int = 300  # the widest form we know has 60; wider means a stray cell far to the right
    max_sheets: int = 50  # one for each region, month and annex, with room
    max_cell_chars: int = 32_767  # Excel's own longest cell
    max_cells: int = 40_000_000  # the reader takes 24 bytes a cell of the used range, filled or not: 1 GB

    # A zip tells its size before it is unpacked. Honest workbooks shrink 8 to 20 times, bombs 1,000 times.
    zip_entries: int = 3_000
    zip_unpacked: int = GB  # a million rows of 17 Chinese columns are 0.9 GB of XML
    zip_ratio: int = 200
    zip_ratio_from: int = 20 * MB  # small files of repeated rows shrink a lot without harm

    ordinary: Allowance = Allowance(memory=GB, cpu_seconds=15, wall_seconds=20)
    large: Allowance = Allowance(memory=3 * GB, cpu_seconds=90, wall_seconds=120)
    large_from: int = 100 * MB  # of XML: about a hundred thousand rows of 17 columns

    at_once: int = 2  # one more reader would starve the pages on the usual two-core server
    queue_seconds: int = 60  # people wait a minute, not longer

    faults: int = 1_000  # error cells named; nobody mends more one by one
    merged: int = 20_000  # merged ranges reported; more is decoration


LIMITS = Limits()

# For the command line, where the administrator chose the file: a million rows of 17 columns are 107 MB.
BULK_LIMITS = replace(LIMITS, max_bytes=200 * MB, zip_unpacked=2 * GB)
