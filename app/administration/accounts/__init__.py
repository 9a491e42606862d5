"""Who has an account, which posts do they hold, and who is signed in?"""
