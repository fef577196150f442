"""Commands that compare: two cases, or the scenarios of one."""
