"""Who pays what of a pooled purchase, and who would rather leave?"""
