"""Reading a message once: text, lines, words, sentences, links, prices, offers. One thing a module."""
