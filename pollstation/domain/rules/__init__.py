"""The law's arithmetic: who is elected, by which article."""
