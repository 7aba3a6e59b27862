"""Many reports through a pipeline: in chunks, over processes or a cluster, with nothing lost."""
