"""What Streamlit runs. It stands alone in its folder, which Streamlit puts first on the path of modules."""

from app.browse.main import run

run()
