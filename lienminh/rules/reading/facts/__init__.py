"""Other facts of a text than its figures: documents, programmes, bodies, meetings, tasks, troubles.

Each file reads one kind and gives `Fact`s with their spans; what they look for is in
reading_facts.yaml.
"""
