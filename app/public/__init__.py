"""What does the world see of the house, and through which door may it speak?"""
