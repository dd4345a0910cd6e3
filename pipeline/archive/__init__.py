"""Archives: documents found, worked on by many processes or machines, and stored."""
