"""From what a text holds to a dossier: chosen by a person, drafted, then written on there."""
