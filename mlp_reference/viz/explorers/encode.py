"""Pixels to image files. ``benchmarks/slider_to_pixels.py`` measures what these choices buy."""

from base64 import b64encode
from io import BytesIO

import numpy as np
from jaxtyping import UInt8
from PIL import Image

Pixels = UInt8[np.ndarray, "h w 4"]


def data_url(pixels: Pixels) -> bytes:
    """An address that is the picture itself, for one that is replaced in a moment.

    JPEG with full colour resolution takes a fifth of PNG's time, and a browser opens a data URL without asking
    another process, as it must for a blob.
    """
    height, width = pixels.shape[:2]
    file = BytesIO()
    # RGBX: the opaque canvas goes to libjpeg as it is, without a converted copy.
    image = Image.frombuffer("RGBX", (width, height), np.ascontiguousarray(pixels), "raw", "RGBX", 0, 1)
    image.save(file, "JPEG", quality=90, subsampling=0)
    return b"data:image/jpeg;base64," + b64encode(file.getvalue())


def png(pixels: Pixels) -> bytes:
    """A lossless file, small, for keeping: a palette suffices for the few colours of a plot."""
    file = BytesIO()
    Image.fromarray(pixels[..., :3]).quantize(256).save(file, "PNG", optimize=True)
    return file.getvalue()
