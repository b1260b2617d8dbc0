"""The example checklists of hazards, as workbooks."""
