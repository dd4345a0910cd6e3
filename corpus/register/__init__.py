"""The register of persons: who may be the same in the documents of an archive, for a person to decide."""
