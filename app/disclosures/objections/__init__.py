"""How is a party answered that objects to what is shown about it?"""
