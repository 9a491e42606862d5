"""Which enterprises does the house regulate, and what is known of each?"""
