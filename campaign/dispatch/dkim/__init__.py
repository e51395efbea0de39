"""DKIM (RFC 6376, RFC 8463): keys and their life, signatures, signing ahead of sending."""
