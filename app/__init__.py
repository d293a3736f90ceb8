"""What people and programs call: command line, endpoint, browser, and the verbs of the library."""
