"""The council's word on ideas, and when it is owed."""
