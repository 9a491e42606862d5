"""What is handed on to the national system and to the province, and what did they answer?"""
