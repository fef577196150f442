"""Which procurement route should each trust take for each class of equipment?"""
