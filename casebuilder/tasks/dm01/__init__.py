"""DM01 as it is published: monthly lists, long waits and tests, by system or provider and test."""
