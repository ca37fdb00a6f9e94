"""Who reports on which year: title, body, level, region, year, period and date of issue."""
