"""From totals to standings: pure arithmetic on a table of a dozen rows. Nothing here reads a file or a database."""
