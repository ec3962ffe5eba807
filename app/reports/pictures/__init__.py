"""Pictures of reports: each module turns counted data into the text of one SVG; nothing here asks a database."""
