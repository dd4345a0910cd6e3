"""Pages to read and correct records on: one HTML file that needs nothing else."""
