"""Who works here, in which post, and how do they sign in?"""
