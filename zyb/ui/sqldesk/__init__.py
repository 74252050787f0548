"""查询语句: the statement, what it may read, and its rows."""
