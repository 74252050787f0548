"""The sentences of a report, by rule, in a wording that an analyst may edit."""
