"""滞后预警: the list, one alert in full, and the 督办单."""
