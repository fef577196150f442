"""Which sites to build, and when, under a limit of capital?"""
