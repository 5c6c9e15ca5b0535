"""Reading figures out of Vietnamese prose: pure rules over text; words and usages are YAML.

The order is that of the files: a text is written evenly (`writing`), cut into words, sentences and
clauses (`words`), known phrases are found in it (`lexicon`), then days and periods (`dates`,
`spans`), what is no figure (`masks`), numbers (`numbers`) with what they count (`quantities`), and
at last what each figure says (`measures`, `confidence`).
"""
