"""Lines compiled for many draws: a flat list of calls on arrays that lie ready, made once and run for each chunk."""
