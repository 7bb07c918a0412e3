"""Work lists: which cases there are, sorted and filtered by what is to be done."""
