"""How does a party that made good get its penalty out of the public eye before its time?"""
