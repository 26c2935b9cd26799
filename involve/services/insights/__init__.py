"""What front-line staff keep hearing."""
