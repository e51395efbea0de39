"""Track: signed tokens in; opens, clicks and unsubscribes out."""
