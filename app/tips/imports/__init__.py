"""How do lists of other systems come into the house?"""
