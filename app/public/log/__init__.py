"""Which pages let anybody read and check the public log?"""
