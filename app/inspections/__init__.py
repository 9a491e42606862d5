"""Who goes where to look at what, and what was found?"""
