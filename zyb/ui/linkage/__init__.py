"""联动核查: the findings of the checks between lists, and the forms by which people work them off."""
