"""The words of the habits: tables of how offices write. The first entry of each is the plain, official way."""
