"""The rules that figures and prose of a report must satisfy; each check returns findings."""
