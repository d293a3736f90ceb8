"""What ``import gongbao`` offers to Python programs and notebooks: five verbs, and a store that is open."""
