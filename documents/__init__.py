"""Rendering, signing, verifying, checking and serving files; used by permits and complaints."""
