"""What a training run needs beside spaCy's own loop: a progress display and the model's description."""
