"""What the demonstration plays, a module for each family of definitions; `programme` says when.

A family answers its plays: `current(stage, cue)` those of the movement under way, `earlier(stage, cue)` those of the
one that is over. It knows the actions and fields of its definitions as the people who use them do; the engine decides
whether they may.
"""
