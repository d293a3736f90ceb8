"""The environment variables of the browser's process."""

ENDPOINT = "GONGBAO_ENDPOINT"
"""The URL of the endpoint to read"""
TOKEN = "GONGBAO_TOKEN"
"""The token that the endpoint asks for, if it does"""
