"""LIRK: random samples of decision cases, reviewed and reported."""
