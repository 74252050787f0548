"""What PowerPoint and the wall share: which columns, which rows on which page, which remark, how wide letters are."""
