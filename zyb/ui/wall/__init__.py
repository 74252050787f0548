"""领导汇报: the slides of a report on a projector."""
