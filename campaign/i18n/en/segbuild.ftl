# The editor of segments

segbuild-undo = Undo the last change
segbuild-too-long = This question took more than { NUMBER($seconds) } seconds and was stopped; nothing else was held up. Leave out a condition (looking for words in product names or notes takes longest), shorten the period, or ask the administrator for a longer limit.
segbuild-exam-at = Examined { $age }, at { $moment }. The result is kept until you examine again or the segment changes.
segbuild-exam-again = Examine again
