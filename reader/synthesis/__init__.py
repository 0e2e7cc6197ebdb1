"""Clips for the lines of a script: looked up, spoken once, shared."""
