"""`tingwen`: thin commands over the same pipeline that the service uses."""
