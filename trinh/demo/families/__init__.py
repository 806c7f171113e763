"""What the demonstration plays, a module for each family of definitions; `programme` says when.

A family has `current(stage, cue)`, which answers the plays of the movement under way, and where it needs one
`earlier(stage, cue)` for the movement that is over. It knows the actions and fields of its definitions as the people
who use them do; the engine decides whether they may act.
"""
