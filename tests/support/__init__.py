"""What do the tests stand on?"""
