"""Writes srgb.icc, a small ICC version 2 profile of sRGB (IEC 61966-2-1), primaries adapted to D50. Our own work."""
import struct
def s15(v): return struct.pack('>i', round(v * 65536))
def xyz(*v): return b'XYZ \0\0\0\0' + b''.join(map(s15, v))
def text(t): return b'text\0\0\0\0' + t.encode() + b'\0'
def desc(t): return b'desc\0\0\0\0' + struct.pack('>I', len(t) + 1) + t.encode() + b'\0' + b'\0' * 8 + b'\0' * 3 + b'\0' * 67
def curve(n=1024):
    lin = lambda c: c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
    return b'curv\0\0\0\0' + struct.pack('>I', n) + b''.join(struct.pack('>H', round(65535 * lin(i / (n - 1)))) for i in range(n))
trc = curve()
tags = [(b'desc', desc('sRGB IEC61966-2-1')), (b'cprt', text('No copyright, use freely')), (b'wtpt', xyz(0.9642, 1.0, 0.8249)),
        (b'rXYZ', xyz(0.43607, 0.22249, 0.01392)), (b'gXYZ', xyz(0.38515, 0.71687, 0.09708)), (b'bXYZ', xyz(0.14307, 0.06061, 0.7141)),
        (b'rTRC', trc), (b'gTRC', trc), (b'bTRC', trc)]
body, table, seen, at = b'', b'', {}, 128 + 4 + 12 * len(tags)
for name, data in tags:
    if data not in seen:
        seen[data] = at + len(body)
        body += data + b'\0' * (-len(data) % 4)
    table += name + struct.pack('>II', seen[data], len(data))
size = at + len(body)
head = struct.pack('>I4sI4s4s4s6H4s4sIIIQI12s4s44s', size, b'\0\0\0\0', 0x02100000, b'mntr', b'RGB ', b'XYZ ', 2026, 1, 1, 0, 0, 0,
                   b'acsp', b'\0\0\0\0', 0, 0, 0, 0, 0, s15(0.9642) + s15(1.0) + s15(0.8249), b'\0' * 4, b'\0' * 44)
open('srgb.icc', 'wb').write(head + struct.pack('>I', len(tags)) + table + body)
