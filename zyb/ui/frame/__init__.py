"""What every page has in common: navigation, who is looking, pickers, the doors to data, forms and words."""
