"""Reading PDF files: words with their places, lines and columns, footnotes; Arabic put back into reading order.

PDFium is not safe in threads, and it ends the process when memory runs out: all of this belongs into a `contained`
child.
"""
