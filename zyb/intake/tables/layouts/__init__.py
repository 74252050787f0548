"""Tables that are laid out otherwise than a line a region, put as all others are."""
