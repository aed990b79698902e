"""Every word list of the cleaner, by meaning; each holds many languages. No word is spelt anywhere else."""
