"""What does one figure rest on, down to the source of each assumption?"""
