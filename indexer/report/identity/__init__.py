"""Finds the identity of a report in its title and text: who reports on which year.

In the order of the flow: `title_lines` finds titles in lines, `title_parsing` parses them and
`title_location` chooses the report's; `body_mentions` finds where the body names itself,
`body_names` parses names, `body_choice` chooses one of them, `self_references` tell a level without
a name; `printed_dates` parses years and periods, `publication_date` finds the date of issue;
`build` composes the identity.
"""
