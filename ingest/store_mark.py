"""The name of the file that tells a store from a folder of texts."""

STORE_MARK = "gongbao-store.json"
