"""One circular as files of several formats must give the same facts."""
