"""How is a call taken down while the caller waits?"""
