//! Electronic seal artwork as vector outlines: to SVG, PNG and a PDF form without fonts.
