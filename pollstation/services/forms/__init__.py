"""What each printed form shows: figures, names and times, and nothing of how they look.

``pollstation.documents`` fills these from a station's journal and draws them. Equations, reasons and findings
are those of the domain; ``pollstation.wording`` says them in the reader's language.
"""
