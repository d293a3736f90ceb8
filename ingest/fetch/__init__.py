"""Fetch circulars from the web, politely: pages and their attachments into a folder that a build reads.

``run.fetch`` is the whole; ``client`` is one polite request, ``network`` the guard that no private address is
ever connected to, ``folder`` what is kept, ``profile`` how the list pages of a portal are read.
"""
