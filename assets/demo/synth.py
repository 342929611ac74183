"""Instruments, room and mixing desk of the demonstration library. Everything is computed; no sample is taken from anywhere."""
import functools
import math
import zlib

import numpy as np

SR = 44100


def hz(midi):
    return 440.0 * 2 ** ((midi - 69) / 12)


def rng(*key):
    """A generator that depends on its key only, so that one changed track leaves all others as they were."""
    return np.random.default_rng(zlib.crc32(repr(key).encode()))


def times(seconds):
    return np.arange(int(seconds * SR)) / SR


def adsr(n, attack, decay, sustain, release):
    """Linear attack, exponential decay to `sustain`, cosine release within the n samples."""
    t = np.arange(n) / SR
    out = sustain + (1 - sustain) * np.exp(-np.maximum(t - attack, 0) / max(decay, 1e-4))
    out *= np.minimum(t / max(attack, 1e-4), 1) ** 1.5
    r = min(n, int(release * SR))
    if r:
        out[n - r:] *= 0.5 + 0.5 * np.cos(np.linspace(0, math.pi, r))
    return out


def lowpass(x, cutoff, order=4):
    """Zero-phase low-pass by shaping the spectrum: gentle, no ringing worth hearing."""
    f = np.fft.rfftfreq(len(x), 1 / SR)
    return np.fft.irfft(np.fft.rfft(x) / np.sqrt(1 + (f / cutoff) ** (2 * order)), len(x))


def highpass(x, cutoff, order=4):
    f = np.fft.rfftfreq(len(x), 1 / SR)
    g = (f / cutoff) ** order
    return np.fft.irfft(np.fft.rfft(x) * g / np.sqrt(1 + g * g), len(x))


# --- instruments: (midi, seconds) -> mono, peak about 1 ------------------------------------------------------------------------------

@functools.lru_cache(None)
def pluck(midi, seconds, bright=0.5):
    """Karplus-Strong string, computed a period at a time and then tuned exactly by interpolation."""
    f = hz(midi)
    period = int(SR / f)
    real = SR / (period + 0.5)
    need = int(seconds * real_ratio(f, real) * SR) + period * 2
    noise = rng("pluck", midi).uniform(-1, 1, period)
    noise = lowpass(np.tile(noise, 4), 900 + 5200 * bright + f, 1)[period:2 * period]
    noise -= noise.mean()
    loss = 0.5 ** (1 / (f * (1.1 + 1.6 * (1 - midi / 127))))
    blocks, last = [noise], noise
    for _ in range(need // period + 1):
        last = loss * 0.5 * (last + np.concatenate(([blocks[-2][-1] if len(blocks) > 1 else 0.0], last[:-1])))
        blocks.append(last)
    raw = np.concatenate(blocks)
    at = np.arange(int(seconds * SR)) * real_ratio(f, real)
    out = np.interp(at, np.arange(len(raw)), raw)
    out /= np.max(np.abs(out)) + 1e-9
    return out * adsr(len(out), 0.002, 9, 1, min(0.25, seconds / 3))


def real_ratio(wanted, real):
    return wanted / real


@functools.lru_cache(None)
def electric_piano(midi, seconds):
    t, f = times(seconds), hz(midi)
    tine = np.sin(2 * np.pi * f * 14 * t) * np.exp(-t * 9) * 0.35 * max(0, 1 - midi / 100)
    body = np.sin(2 * np.pi * f * t + (0.35 + 1.1 * np.exp(-t * 3.2)) * np.sin(2 * np.pi * f * t) + tine)
    return body * np.exp(-t * (0.7 + midi / 90)) * adsr(len(t), 0.004, 3, 0.8, min(0.2, seconds / 3))


@functools.lru_cache(None)
def felt_piano(midi, seconds):
    t, f = times(seconds), hz(midi)
    out = np.zeros_like(t)
    for k in range(1, 11):
        stretched = f * k * math.sqrt(1 + 0.00035 * k * k)
        if stretched > 12000:
            break
        out += np.sin(2 * np.pi * stretched * t + k) * np.exp(-t * (0.55 + 0.45 * k + midi / 130)) / k ** 1.7
    knock = lowpass(rng("felt", midi).normal(0, 1, len(t)), 380, 2) * np.exp(-t * 60) * 0.7
    out = (out + knock) * adsr(len(t), 0.006, 9, 1, min(0.3, seconds / 3))
    return out / np.max(np.abs(out))


@functools.lru_cache(None)
def bell(midi, seconds):
    t, f = times(seconds), hz(midi)
    out = sum(a * np.sin(2 * np.pi * f * r * t) * np.exp(-t * d)
              for r, a, d in ((1, 1, 1.3), (2.0, .45, 1.9), (2.76, .28, 3.2), (5.4, .12, 6), (0.5, .25, 1)))
    return out * adsr(len(t), 0.003, 9, 1, min(0.4, seconds / 2)) / 1.8


@functools.lru_cache(None)
def kalimba(midi, seconds):
    t, f = times(seconds), hz(midi)
    out = np.sin(2 * np.pi * f * t) * np.exp(-t * 3.1) + 0.22 * np.sin(2 * np.pi * f * 5.43 * t) * np.exp(-t * 16)
    out += 0.10 * np.sin(2 * np.pi * f * 2.0 * t) * np.exp(-t * 6)
    return out * adsr(len(t), 0.002, 9, 1, min(0.15, seconds / 3)) / 1.2


@functools.lru_cache(None)
def warm_pad(midi, seconds, bright=1.0):
    t, f = times(seconds), hz(midi)
    out = np.zeros_like(t)
    for i, cents in enumerate((-7, 0, 6)):
        g = f * 2 ** (cents / 1200)
        for k in range(1, 9):
            if g * k > 9000:
                break
            slow = 1 + 0.25 * np.sin(2 * np.pi * (0.11 + 0.03 * k) * t + k + i)
            out += slow * np.sin(2 * np.pi * g * k * t + i * 2.1 + k) * (0.62 * bright) ** (k - 1) / k
    out *= adsr(len(t), min(1.1, seconds / 3), 9, 1, min(1.4, seconds / 2.2))
    return out / 3.6


@functools.lru_cache(None)
def choir(midi, seconds, vowel="a"):
    """Harmonics weighted by the formants of an open vowel, three singers slightly apart, vibrato growing."""
    formants = {"a": ((760, 130, 1), (1150, 150, .6), (2700, 260, .22)), "o": ((460, 110, 1), (820, 130, .5), (2600, 260, .1)),
                "u": ((340, 100, 1), (680, 130, .3), (2400, 260, .05))}[vowel]
    t, f = times(seconds), hz(midi)
    out = np.zeros_like(t)
    for i, cents in enumerate((-6, 1, 8)):
        vib = 1 + 0.0035 * np.minimum(t / 1.2, 1) * np.sin(2 * np.pi * (4.7 + 0.3 * i) * t + i)
        phase = 2 * np.pi * np.cumsum(f * 2 ** (cents / 1200) * vib) / SR
        for k in range(1, 15):
            fk = f * k
            if fk > 4200:
                break
            a = sum(g * math.exp(-((fk - c) / (2.2 * w)) ** 2) for c, w, g in formants) + 0.25 / k
            out += a * np.sin(k * phase + i + k * k) / k ** .6
    out *= adsr(len(t), min(0.7, seconds / 3), 9, 1, min(0.9, seconds / 2.5))
    return out / (np.max(np.abs(out)) + 1e-9)


@functools.lru_cache(None)
def whistle(midi, seconds):
    """The lead of the night train: nearly a sine, breath only in its first moment."""
    t, f = times(seconds), hz(midi)
    vib = 1 + 0.004 * np.clip((t - 0.25) / 0.5, 0, 1) * np.sin(2 * np.pi * 5.1 * t)
    phase = 2 * np.pi * np.cumsum(f * vib) / SR
    out = np.sin(phase) + 0.22 * np.sin(2 * phase) + 0.07 * np.sin(3 * phase)
    return out * adsr(len(t), 0.06, 2, 0.75, min(0.22, seconds / 2.5)) / 1.25


@functools.lru_cache(None)
def saw_arp(midi, seconds, cutoff=1.0):
    t, f = times(seconds), hz(midi)
    out = np.zeros_like(t)
    for k in range(1, 24):
        if f * k > 11000:
            break
        out += np.sin(2 * np.pi * f * k * t) / k * np.exp(-t * k * 1.7 / cutoff)
    return out * adsr(len(t), 0.003, 0.22, 0.25, min(0.06, seconds / 3)) / 1.7


@functools.lru_cache(None)
def bass(midi, seconds):
    t, f = times(seconds), hz(midi)
    out = np.sin(2 * np.pi * f * t) + 0.35 * np.sin(4 * np.pi * f * t) * np.exp(-t * 4) + 0.12 * np.sin(6 * np.pi * f * t) * np.exp(-t * 8)
    return np.tanh(1.3 * out * adsr(len(t), 0.008, 0.6, 0.6, min(0.09, seconds / 3))) / 1.1


@functools.lru_cache(None)
def organ(midi, seconds):
    t, f = times(seconds), hz(midi)
    out = sum(a * np.sin(2 * np.pi * f * r * t + r) for r, a in ((.5, .35), (1, 1), (2, .5), (3, .22), (4, .2), (6, .06), (8, .05)))
    return out * (1 + 0.05 * np.sin(2 * np.pi * 5.6 * t)) * adsr(len(t), 0.09, 9, 1, min(0.35, seconds / 3)) / 2.1


@functools.lru_cache(None)
def kick(depth=1.0):
    t = times(0.34)
    return np.sin(2 * np.pi * (46 * t + 5.2 * (1 - np.exp(-t * 28)))) * np.exp(-t * 10) * adsr(len(t), 0.001, 9, 1, 0.08) * depth


@functools.lru_cache(None)
def snare():
    t = times(0.22)
    noise = highpass(lowpass(rng("snare").normal(0, 1, len(t)), 5200, 2), 900, 2)
    return (0.32 * noise * np.exp(-t * 22) + 0.5 * np.sin(2 * np.pi * 186 * t) * np.exp(-t * 30)) * adsr(len(t), 0.001, 9, 1, 0.05)


@functools.lru_cache(None)
def hat(seconds=0.06, tone=6500):
    t = times(seconds)
    return highpass(rng("hat", seconds).normal(0, 1, len(t)), tone, 3) * np.exp(-t * 3.2 / seconds) * adsr(len(t), 0.002, 9, 1, seconds / 3) * .5


@functools.lru_cache(None)
def shaker(which=0):
    t = times(0.09)
    swell = np.sin(np.pi * np.minimum(t / 0.09, 1)) ** 1.5
    return highpass(lowpass(rng("shaker", which).normal(0, 1, len(t)), 8500, 2), 3000, 2) * swell * .5


@functools.lru_cache(None)
def clave(midi=84):
    t = times(0.1)
    return np.sin(2 * np.pi * hz(midi) * t) * np.exp(-t * 55) * adsr(len(t), 0.001, 9, 1, 0.02)


@functools.lru_cache(None)
def rail():
    """A wheel over a rail joint, twice, far away."""
    t = times(0.3)
    out = np.zeros_like(t)
    for at, level in ((0, 1), (0.11, .7)):
        u = np.maximum(t - at, 0)
        out += level * (t >= at) * np.exp(-u * 38) * (np.sin(2 * np.pi * 92 * u) + .4 * np.sin(2 * np.pi * 213 * u))
    return out * adsr(len(t), 0.002, 9, 1, 0.05)


# --- desk -----------------------------------------------------------------------------------------------------------------------------

class Desk:
    """Places notes on a stereo field with a dry bus and a room, then makes the finished stereo signal."""

    def __init__(self, seconds):
        self.n = int(round(seconds * SR))
        self.dry = np.zeros((2, self.n + 8 * SR))
        self.wet = np.zeros((2, self.n + 8 * SR))

    def add(self, sound, at, gain=0.3, pan=0.0, room=0.25):
        i = int(round(at * SR))
        if i < 0 or i >= self.dry.shape[1]:
            return
        sound = sound[:self.dry.shape[1] - i]
        left, right = math.cos((pan + 1) * math.pi / 4), math.sin((pan + 1) * math.pi / 4)
        for bus, level in ((self.dry, gain), (self.wet, gain * room)):
            bus[0, i:i + len(sound)] += sound * level * left
            bus[1, i:i + len(sound)] += sound * level * right

    def duck(self, beats, depth, seconds):
        """Everything so far breathes with the kick."""
        curve = np.ones(self.dry.shape[1])
        dip = 1 - depth * (1 - np.linspace(0, 1, int(seconds * SR)) ** 0.6)
        for at in beats:
            i = int(at * SR)
            m = min(len(dip), len(curve) - i)
            if m > 0:
                curve[i:i + m] = np.minimum(curve[i:i + m], dip[:m])
        self.dry *= curve
        self.wet *= curve

    def finish(self, room_seconds=2.2, room_tone=4200, width=1.0, level_db=-17.5, ceiling_db=-1.5):
        n = self.dry.shape[1]
        m = int(room_seconds * 1.4 * SR)
        t = np.arange(m) / SR
        size = 1 << (n + m - 1).bit_length()
        out = np.zeros((2, n))
        shared = rng("room").normal(0, 1, m)
        for c in (0, 1):
            tail = (1 - .6 * width) * shared + .6 * width * rng("room", c).normal(0, 1, m)
            tail = lowpass(tail * np.exp(-t * 6.9 / room_seconds) * np.minimum(t / 0.018, 1), room_tone, 1)
            tail /= math.sqrt(np.sum(tail ** 2))
            wet = np.fft.irfft(np.fft.rfft(self.wet[c], size) * np.fft.rfft(tail, size), size)[:n]
            out[c] = self.dry[c] + 1.1 * wet
        out = out[:, :self.n]
        out -= out.mean(axis=1, keepdims=True)
        out *= 10 ** (level_db / 20) / math.sqrt(np.mean(out ** 2))
        limit = 10 ** (ceiling_db / 20)
        knee = 0.55 * limit
        over = np.abs(out) > knee
        out[over] = np.sign(out[over]) * (knee + (limit - knee) * np.tanh((np.abs(out[over]) - knee) / (limit - knee)))
        return out


def fade(x, into=0.02, out=2.5):
    x = x.copy()
    a, b = int(into * SR), int(out * SR)
    x[:, :a] *= np.linspace(0, 1, a) ** 2
    x[:, -b:] *= (0.5 + 0.5 * np.cos(np.linspace(0, math.pi, b))) ** 1.2
    return x


def pcm16(x):
    return np.clip(np.round(x.T * 32767), -32768, 32767).astype("<i2")
