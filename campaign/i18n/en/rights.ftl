# The rights of people in our data and of those who work with them: erasing, exporting, how long things are kept

rights-was-erased = This person’s data were erased at the person’s request, so they are not taken in again. Only they themselves can come back, by signing up and confirming it.
