"""How does a tip find the desk that handles it, and what is done with it on the way?"""
