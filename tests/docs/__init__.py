"""Tests of the documentation against the program."""
