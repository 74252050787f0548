"""报送与节点: what is due from whom by when, and the forms by which people record that it was done."""
