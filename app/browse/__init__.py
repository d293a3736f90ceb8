"""The browser for analysts: Streamlit pages that read an endpoint."""
