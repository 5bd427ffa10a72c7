"""Sampling and estimates: draws that anybody can repeat. Knows nothing of the rest of LIRK."""
