"""All benchmarks, one after the other: `python -m tests.benchmarks`. They print ratios and judge nothing."""

from __future__ import annotations

from tests.benchmarks import details, growth, intake, linking, pages, reading, reports, rows, uploads, waiting

pages.main()
rows.main()
uploads.main()
growth.main()
print("\nreading a workbook of 17 columns beside expat, which only looks at its XML")
reading.main()
print("\nlists of enterprises from bytes to snapshot")
intake.main()
print("\nall rows of a list to Excel")
details.main()
reports.main()
linking.main()
waiting.main()
