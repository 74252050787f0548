"""数据查询: filters, columns, rows and standings that were asked for, and their files."""
