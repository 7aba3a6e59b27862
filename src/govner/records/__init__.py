"""From a tagged document to a record: citations, bodies, officials, facts, national tables, findings."""
