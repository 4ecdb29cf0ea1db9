"""
Who really sets payment methods up. Behind one port: the simulator of Stripe's test instruments.

A gateway is asked with facts and answers with a verdict. It knows nothing of streams.
"""
