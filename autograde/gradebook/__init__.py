"""nbgrader's gradebook: its database, dates, late policy and settings."""
