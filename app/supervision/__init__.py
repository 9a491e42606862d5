"""What does a superior bureau watch, demand, urge and finally take off its list?"""
