"""What each URL shows. Thin functions: ask the atlas, compose, render."""
