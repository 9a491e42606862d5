"""Which legal clocks run on which records, and which days do they count?"""
