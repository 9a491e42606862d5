"""What do the bureau and the reporter write to each other while a tip is handled?"""
