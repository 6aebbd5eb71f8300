"""The only gate to solver settings, limits and outcomes."""
