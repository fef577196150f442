"""The files of a new case, a part of it each: what stands in them, from the bid and the model's own sums."""
