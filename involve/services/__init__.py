"""What people do, one noun or verb a file: plain functions taking a session; no Flask."""
