"""数据报送: from a dropped file to its receipt, and what was uploaded before."""
