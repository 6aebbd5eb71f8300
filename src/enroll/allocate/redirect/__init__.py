"""Redirect rounds (design R7): overflow placed at the nearest schools that still have seats.

The optimum is lexicographic. Each level is a minimum-cost flow over the ways that are still
tight after all earlier levels, and each level's smallest prices prove it (`levels`). Among
equal optima the rule of the office chooses, never the solver (`choice`).
"""
