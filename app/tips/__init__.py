"""What did citizens report, to whom does it belong, and by when must it be answered?"""
