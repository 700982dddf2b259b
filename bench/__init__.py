"""How fast Bodymap is, beside the same pages as files under nginx: ``make bench`` prints one table."""
