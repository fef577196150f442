"""What separates the options, and what would change their order?"""
