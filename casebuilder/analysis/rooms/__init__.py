"""What is one room more or less worth, and which schedule of rooms follows?"""
