"""Reads of groups, named for what is asked. All respect the caller's reach, except ``own``, which shows the
holder of a phone her own groups only."""
