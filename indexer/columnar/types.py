"""Names for the NumPy arrays that the columnar index is made of."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
"""An array of any type: a view of the index file, whose integer width depends on its values."""
IntArray: TypeAlias = NDArray[np.int64]
FloatArray: TypeAlias = NDArray[np.float64]
ByteArray: TypeAlias = NDArray[np.uint8]
WordArray: TypeAlias = NDArray[np.uint64]
"""64-bit words, the unit in which bit-packed integers are read and written."""
Mask: TypeAlias = NDArray[np.bool_]
"""One boolean per document."""
Units: TypeAlias = NDArray[np.uint16]
"""UTF-16 code units of folded text."""
