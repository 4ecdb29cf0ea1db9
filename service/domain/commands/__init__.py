"""
What is asked of each aggregate, one module for each.

A command carries all that its decision needs, as final values: the instant, the ids, what
the gateway said, what another aggregate looks like. Nothing in here is looked up later.
Names repeat between the modules (`Create`), so import the module, not the class.
"""
