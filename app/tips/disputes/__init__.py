"""Who is competent when two bureaus disagree (令121 art. 33)?"""
