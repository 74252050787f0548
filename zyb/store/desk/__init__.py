"""查询语句: a private copy of the documented views, and the process with limits that a person's SELECT runs in."""
