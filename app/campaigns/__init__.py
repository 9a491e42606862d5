"""Which special drives are on, what do they ask, by when, and who has done what?"""
