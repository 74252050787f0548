"""地区概况: one region, all that is measured of it."""
