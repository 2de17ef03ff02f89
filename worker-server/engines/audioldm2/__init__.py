"""Generates sound with AudioLDM2 and answers questions about a still with MoonDream2."""
