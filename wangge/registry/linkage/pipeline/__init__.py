"""The register read as records, the records weighed, and what follows from it. Nothing is written here."""
