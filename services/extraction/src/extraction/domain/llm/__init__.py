"""Reading with a language model: what to ask, how to check the answer, how to join many answers. All of it is pure."""
