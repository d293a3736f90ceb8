"""How the answer to a question is shown, for the command line, the endpoint and the browser alike."""
