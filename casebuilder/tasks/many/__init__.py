"""Many cases in one run: units of work, who does them, and the run as a whole."""
