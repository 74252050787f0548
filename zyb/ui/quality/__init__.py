"""数据质量: how the files of each unit were checked, mended and accepted, and how completely they were filled in."""
