#!/usr/bin/env python3
"""A bad line in user space, for machines whose kernel has no netem.

    line.py NAME < PATHS

Makes the tun device NAME. Each line of PATHS is an address and what is wrong with the way there:

    10.77.0.2 loss=0.02 delay=0.025 reorder=0.1 rate=125000 queue=0.5 dies_after=200

loss and reorder are probabilities for each packet, delay is in seconds each way, rate in bytes per second each way with room for
`queue` seconds, and of each connection no packet after `dies_after` comes through. A packet for such an address comes back with its
two addresses exchanged, so that a server on this machine answers in its name; the checksums stay right. All others are lost.
"""
import fcntl
import heapq
import ipaddress
import os
import random
import select
import struct
import sys
import time

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 1, 0x1000
chance = random.Random(1)


class Path:
    def __init__(self, words):
        settings = dict(word.split("=") for word in words)
        self.loss = float(settings.get("loss", 0))
        self.delay = float(settings.get("delay", 0))
        self.reorder = float(settings.get("reorder", 0))
        self.rate = float(settings.get("rate", 0))
        self.queue = float(settings.get("queue", 1))
        self.dies_after = int(settings.get("dies_after", 0))
        self.free_at = {}
        self.passed = {}

    def arrival(self, now, outwards, ports, size):
        """When the packet arrives; None: never."""
        if chance.random() < self.loss or self.is_dead(ports):
            return None
        if self.rate:
            begin = max(now, self.free_at.get(outwards, 0))
            if begin - now > self.queue:
                return None
            now = self.free_at[outwards] = begin + size / self.rate
        late = 0.03 if chance.random() < self.reorder else 0
        return now + self.delay + late

    def is_dead(self, ports):
        if not self.dies_after:
            return False
        self.passed[ports] = self.passed.get(ports, 0) + 1
        return self.passed[ports] > self.dies_after


def addresses(packet):
    """Where the two addresses and what follows the header begin."""
    if packet[0] >> 4 == 6:
        return 8, 24, 40
    return 12, 16, (packet[0] & 15) * 4


def main():
    paths = {}
    for line in sys.stdin:
        address, *words = line.split()
        paths[ipaddress.ip_address(address).packed] = Path(words)
    tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tun, TUNSETIFF, struct.pack("16sH", sys.argv[1].encode(), IFF_TUN | IFF_NO_PI))
    print("ready", flush=True)
    under_way, number = [], 0
    while True:
        wait = max(0, under_way[0][0] - time.monotonic()) if under_way else None
        readable = select.select([tun], [], [], wait)[0]
        now = time.monotonic()
        if readable:
            packet = os.read(tun, 65536)
            source, target, content = addresses(packet)
            length = target - source
            to = packet[target : target + length]
            if to in paths:
                ports = frozenset(struct.unpack_from("!HH", packet, content)) if len(packet) >= content + 4 else None
                outwards = ports is not None and struct.unpack_from("!H", packet, content)[0] > 32000
                arrival = paths[to].arrival(now, outwards, ports, len(packet))
                if arrival is not None:
                    swapped = packet[:source] + to + packet[source:target] + packet[target + length :]
                    number += 1
                    heapq.heappush(under_way, (arrival, number, swapped))
        while under_way and under_way[0][0] <= now:
            try:
                os.write(tun, heapq.heappop(under_way)[2])
            except BlockingIOError:
                pass


main()
