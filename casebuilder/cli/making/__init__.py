"""Commands that make a case, or a part of one."""
