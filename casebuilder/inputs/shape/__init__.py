"""The shape of a case: members, pairs, periods, sources and claims."""
