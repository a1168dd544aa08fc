"""The patient's pages: the only package that serves people without an account.

The mailed address holds the secret; opening it changes nothing. Pressing Start swaps the secret for a short cookie that is bound to
the one survey, and leads to addresses that say nothing. Nothing is scored before it is sent, and it is sent once.
"""
