"""Run a command in a network of its own, where every port is free: ``unshare -rn python own_network.py command …``.

The extension looks for its server at a few fixed ports, so two browsers can only be tested side by side where each
has those ports to itself. Linux has such networks; one begins with its loopback interface down.
"""

import fcntl
import os
import socket
import struct
import sys

SIOCSIFFLAGS, IFF_UP = 0x8914, 0x1  # linux/sockios.h, linux/if.h

if __name__ == "__main__":
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP))
    if len(sys.argv) > 1:
        os.execvp(sys.argv[1], sys.argv[1:])
