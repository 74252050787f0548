"""What may be edited as data, loaded and checked: regions, ledgers, measures, verdicts, stages, industries, problems."""
