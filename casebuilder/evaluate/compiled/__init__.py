"""Lines compiled for many draws: a flat list of calls, made once and run for each chunk."""
