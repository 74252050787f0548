"""查询: what is asked of a ledger's rows or of the standings, as plain data that an address holds whole."""
