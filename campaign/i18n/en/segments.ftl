# Segments

segments-error-rule = The condition is wrong at “{ $name }”. Look at that condition again.
segments-error-too-large = This segment is too large: at most { $nodes } conditions, nested { $depth } deep.
