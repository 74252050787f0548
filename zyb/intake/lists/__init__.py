"""Lists of enterprises and cases, read column by column, with all that is wrong with them."""
