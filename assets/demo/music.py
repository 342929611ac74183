"""The pieces: harmony, tunes and rhythm of five albums. Each function returns finished stereo sound, or several for a continuous piece."""
import re

import synth as s

NAMES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
CHORDS = {"": (0, 4, 7), "m": (0, 3, 7), "7": (0, 4, 7, 10), "m7": (0, 3, 7, 10), "maj7": (0, 4, 7, 11), "m9": (0, 3, 7, 10, 14),
          "maj9": (0, 4, 7, 11, 14), "add9": (0, 4, 7, 14), "madd9": (0, 3, 7, 14), "sus2": (0, 2, 7), "sus4": (0, 5, 7), "6": (0, 4, 7, 9),
          "m6": (0, 3, 7, 9), "9": (0, 4, 7, 10, 14), "7sus4": (0, 5, 7, 10), "5": (0, 7), "maj7#11": (0, 4, 7, 11, 18)}
MODES = {"major": (0, 2, 4, 5, 7, 9, 11), "minor": (0, 2, 3, 5, 7, 8, 10), "dorian": (0, 2, 3, 5, 7, 9, 10), "lydian": (0, 2, 4, 6, 7, 9, 11),
         "mixolydian": (0, 2, 4, 5, 7, 9, 10), "pentatonic": (0, 2, 4, 7, 9), "minor5": (0, 3, 5, 7, 10), "insen": (0, 1, 5, 7, 10), "in": (0, 1, 5, 7, 8)}


def pitch_class(name):
    return NAMES[name[0]] + name.count("#") - name.count("b")


def chord(symbol):
    """(bass pitch class, pitch classes) of a symbol such as Dm9 or C/E."""
    body, _, low = symbol.partition("/")
    root, kind = re.fullmatch(r"([A-G][#b]?)(.*)", body).groups()
    r = pitch_class(root)
    return pitch_class(low) if low else r % 12, [(r + i) % 12 for i in CHORDS[kind]]


def voiced(symbol, low):
    """The chord's notes within an octave above `low`: neighbouring chords then share or step between notes, as good voices do."""
    return sorted(low + (p - low) % 12 for p in chord(symbol)[1])


def low_note(symbol, low):
    return low + (chord(symbol)[0] - low) % 12


def degree(mode, tonic, d):
    steps = MODES[mode]
    octave, i = divmod(d - 1, len(steps))
    return tonic + 12 * octave + steps[i]


def tune(text, mode, tonic, beat=1.0):
    """Notes of «3 5:2 r 1:.5» as (start, length, midi): scale degrees, length in beats (default one `beat`), r a rest."""
    at, out = 0.0, []
    for token in text.replace("|", " ").split():
        what, _, length = token.partition(":")
        length = float(length) if length else beat
        if what != "r":
            out.append((at, length, degree(mode, tonic, int(what))))
        at += length
    return out


def play(desk, instrument, notes, spb, start=0.0, gain=.3, pan=0.0, room=.3, ring=0.3, sway="", shift=0, **kw):
    """Plays notes (in beats) with a human's unevenness in time and strength; `ring` seconds sound on after each note."""
    random = s.rng("sway", sway, len(notes))
    for at, length, midi in notes:
        late, force = random.normal(0, .006), 1 + random.normal(0, .07)
        desk.add(instrument(midi + shift, round(length * spb + ring, 3), **kw), max(0, start + at * spb + late), gain * force, pan, room)


def pads(desk, chords, spb, bars, start=0.0, low=55, instrument=s.warm_pad, gain=.09, room=.6, overlap=.9, **kw):
    for i, symbol in enumerate(chords):
        for j, midi in enumerate(voiced(symbol, low)):
            desk.add(instrument(midi, round(bars * spb + overlap, 3), **kw), start + i * bars * spb, gain, (-.5, .5, -.2, .3, 0)[j % 5], room)


def arpeggio(desk, instrument, chords, spb, beats, pattern, step, start=0.0, low=60, gain=.15, pan=.25, room=.3, ring=.5, sway="arp", **kw):
    notes = []
    for i, symbol in enumerate(chords):
        v = voiced(symbol, low)
        for k in range(int(round(beats / step))):
            p = pattern[k % len(pattern)]
            if p is not None:
                octave, index = divmod(p, len(v))
                notes.append((i * beats + k * step, step, v[index] + 12 * octave))
    for k, note in enumerate(notes):
        play(desk, instrument, [note], spb, start, gain * (1.15 if k % 4 == 0 else .9), pan if k % 2 else -pan, room, ring, (sway, k), **kw)


def hits(desk, sound, spb, beats, start=0.0, gain=.3, pan=0.0, room=.08, sway="hit"):
    random = s.rng(sway, len(beats))
    for at in beats:
        desk.add(sound, max(0, start + at * spb + random.normal(0, .003)), gain * (1 + random.normal(0, .1)), pan, room)


def grid(bars, pattern, step, beats=4):
    """Times in beats of the x marks of a pattern, repeated for a number of bars."""
    marks = [i * step for i, c in enumerate(pattern) if c == "x"]
    return [b * beats + m for b in range(bars) for m in marks]


# --- The Quiet Cartographers: Night Train to Lund. One continuous piece, cut into five on bar lines ------------------------------------

def night_train():
    bpm, bars = 92, 8
    spb = 60 / bpm
    length = int(round(bars * 4 * spb * s.SR))      # samples of one track: the joins fall on bar lines and on whole samples
    part = length / s.SR
    d = s.Desk(part * 5)
    for i in range(5 * bars):                       # the wheels run through everything, softly
        level = (.05, .10, .04, .10, .055)[i // bars]
        hits(d, s.rail(), spb, [i * 4 + b for b in (0, 2)], 0, level, .15 if i % 2 else -.15, .3, ("rail", i))
    harmony = [["Dm9", "Dm9", "Bbmaj7", "Bbmaj7", "Fmaj9", "Fmaj9", "C6", "C6"], ["Dm9", "G9", "Dm9", "G9", "Bbmaj7", "C6", "Fmaj7", "A7sus4"],
               ["Gm9", "Gm9", "Ebmaj7", "Ebmaj7", "Gm9", "Gm9", "A7sus4", "A7"], ["Dm9", "Bbmaj9", "Fmaj9", "C/E", "Dm9", "Bbmaj9", "Gm9", "C7sus4"],
               ["Fmaj9", "Bbmaj9", "Fmaj9", "Gm9", "Dm9", "Bbmaj7", "C7sus4", "Fadd9"]]
    for k, chords in enumerate(harmony):
        t = k * part
        pads(d, chords, spb, 4, t, 53, gain=(.07, .06, .09, .075, .08)[k], room=.7, bright=.8)
        if k != 2:
            arpeggio(d, s.electric_piano, chords, spb, 4, (0, 2, 1, 3, 2, 4, 3, 1), .5, t, 60, gain=(.10, .11, 0, .12, .10)[k], ring=.8, room=.35, sway=("ep", k))
        else:
            arpeggio(d, s.bell, chords, spb, 4, (4, None, 2, None, 3, None, None, None), .5, t, 67, gain=.07, ring=1.6, room=.7, sway="customs")
        if k in (1, 3):
            roots = [(i * 4 + b, ln, low_note(c, 36)) for i, c in enumerate(chords) for b, ln in ((0, 1.5), (2.5, .5), (3, .75))]
            play(d, s.bass, roots, spb, t, .24, 0, .04, .05, ("bass", k))
            hits(d, s.shaker(1), spb, grid(bars, "xxxxxxxx", .5), t, .028, .35, .15, ("sh", k))
            hits(d, s.kick(), spb, grid(bars, "x--x--x-", .5), t, .20, 0, .05, ("k", k))
            hits(d, s.snare(), spb, grid(bars, "--x---x-", .5), t, .075, -.1, .2, ("s", k))
        else:
            play(d, s.bass, [(i * 4, 3.6, low_note(c, 36)) for i, c in enumerate(chords)], spb, t, .17, 0, .05, .2, ("bass", k))
    a = "r:2 5 4:.5 3:.5 | 5:1.5 8:.5 9:2 | r:1 5 7:.5 5:.5 4 | 3:3 r:1 | r:2 5 4:.5 3:.5 | 5:1.5 8:.5 9:2 | 8 7:.5 5:.5 4 3:.5 2:.5 | 5:3 r"
    play(d, s.whistle, tune(a, "dorian", 62), spb, part, .13, -.1, .5, .2, "A")
    b = "8:1.5 9:.5 10 8 | 9:1.5 7:.5 5:2 | 8:1.5 9:.5 10 12 | 11:3 9 | 10:1.5 9:.5 8 7 | 5:2 7:2 | 8 7 5 4:.5 3:.5 | 5:4"
    play(d, s.whistle, tune(b, "dorian", 62), spb, 3 * part, .13, .1, .55, .2, "B")
    c = "r:4 | r:2 5 6 | 8:2 7:.5 5:.5 3 | 4:3 r | 5:1.5 6:.5 8:2 | 9 8 6 5:.5 4:.5 | 5:2 4 2 | 1:4"
    play(d, s.felt_piano, tune(c, "major", 65), spb, 4 * part, .22, 0, .5, .7, "C")
    play(d, s.bell, tune("r:24 | r:4 | 8:2 10:2", "major", 77), spb, 4 * part, .05, .3, .8, 1.5, "end")
    whole = s.fade(d.finish(2.6, 2800, .5, -20, -2), .6, 3.2)
    return [whole[:, i * length:(i + 1) * length] for i in range(5)]


# --- Yuki Arai: 冬の灯 ------------------------------------------------------------------------------------------------------------------

def winter_light(k):
    bpm, tonic, chords, melody, low = (
        (66, 64, ["Em9", "Cmaj7", "Am9", "Bm7", "Em9", "Cmaj7", "D6", "Em9"],
         "5:1.5 6:.5 8:2 | 7 5:.5 4:.5 5:2 | 3:1.5 4:.5 5 8 | 7:3 r | 10:1.5 9:.5 8:2 | 7 5:.5 4:.5 3:2 | 4 5:.5 7:.5 5 4 | 1:4", "minor"),
        (72, 62, ["Dadd9", "Bm7", "Gmaj9", "A7sus4", "Dadd9", "F#m7", "Gmaj9", "Dadd9"],
         "r 3:.5 5:.5 6 5 | 3:2 2 1 | r 2:.5 3:.5 5 6 | 5:3 r | r 6:.5 8:.5 9 8 | 4:2 5 3 | 2 3:.5 5:.5 3 2 | 1:4", "pentatonic"),
        (60, 57, ["Am", "Bbmaj7", "Am", "Gm6", "Fmaj7", "Bbmaj7", "Am", "Am"],
         "8:2 7:.5 6:.5 4 | 3:3 2 | 1:1.5 2:.5 4:2 | 4 3 2:2 | 6:2 7 8 | 9:1.5 8:.5 6:2 | 4 3:.5 2:.5 3 2 | 1:4", "in"),
        (76, 67, ["Gmaj7", "Em9", "Cmaj9", "D6", "Bm7", "Em9", "Cmaj9", "Gadd9"],
         "5:.5 6:.5 8 8:.5 9:.5 10 | 9:1.5 8:.5 6:2 | 5:.5 6:.5 8 6:.5 5:.5 3 | 2:3 r | 3:.5 5:.5 6 8:.5 9:.5 10 | 11:1.5 10:.5 8:2 | 9 8:.5 6:.5 5 3 | 6:4", "pentatonic"),
        (70, 60, ["Cmaj9", "G/B", "Am9", "Fmaj7", "Cmaj9", "Em7", "Fmaj9", "Cadd9"],
         "3 5:.5 6:.5 8:2 | 7 5 4:.5 3:.5 2 | 3 5:.5 6:.5 8 10 | 9:3 r | 10 9:.5 8:.5 9:2 | 9 7:.5 5:.5 7:2 | 6 5:.5 4:.5 3 2 | 1:4", "major"))[k]
    spb = 60 / bpm
    d = s.Desk(len(chords) * 4 * spb + 4)
    pads(d, chords, spb, 4, 0, 52, gain=.045, room=.9, bright=.55, overlap=1.6)
    play(d, s.felt_piano, [(i * 4, 4, low_note(c, 36)) for i, c in enumerate(chords)], spb, 0, .26, -.15, .35, 1.2, ("low", k))
    steps = ((0, 1, 2, 3, 2, 1, 2, 1), (0, 2, 1, 2, 3, 2, 1, 2), (0, None, 1, None, 2, None, 1, None), (0, 1, 2, 1, 3, 1, 2, 1), (0, 2, 3, 2, 4, 3, 2, 1))[k]
    arpeggio(d, s.felt_piano, chords, spb, 4, steps, .5, 0, 52, gain=.10, pan=.12, room=.4, ring=1.0, sway=("w", k))
    notes = tune(melody, low, tonic if k != 3 else 55)
    play(d, s.felt_piano if k in (0, 4) else s.pluck, notes, spb, 0, .34, .1, .5, 1.6, ("mel", k), shift=12 if k in (2, 3, 0, 4) and tonic < 66 else 0)
    if k in (1, 3):
        play(d, s.bell, notes[::5], spb, 0, .05, .5, .9, 2.2, ("bells", k), shift=24 if k == 1 else 12)
    if k == 2:
        hits(d, s.bell(93, 2.5), spb, [0, 8.5, 16, 23.5], 0, .05, -.5, 1.0, "ice")
    return s.fade(d.finish(3.4, 3800, 1, -20, -1.5), .05, 3.5)


# --- Ada Okonkwo: Field Notes -----------------------------------------------------------------------------------------------------------

def field_notes(k):
    bpm, tonic, mode, chords, melody = (
        (104, 67, "mixolydian", ["G", "F", "C/E", "G", "G", "F", "Dm7", "C"] * 2,
         "5:.75 5:.25 8 7:.5 5:.5 4 | 4:1.5 5:.5 7:2 | 5 3:.5 5:.5 6 5 | 5:3 r | 8:.75 8:.25 9 8:.5 7:.5 5 | 6:.5 7:1.5 4:2 | 4 6:.5 5:.5 4 3 | 2:3 r"),
        (126, 62, "lydian", ["Dmaj7", "E/D", "Dmaj7", "E/D", "Bm7", "C#m7", "Dmaj7", "E"] * 2,
         "3:.5 5:.5 7:.5 8:.5 9:1 7 | 8:.5 7:.5 6:.5 4:.5 6:2 | 3:.5 5:.5 7:.5 8:.5 10 9 | 8:3 r | 6:.5 8:.5 10:.5 8:.5 9 8 | 7:.5 5:.5 7:.5 8:.5 9:2 | 7:.5 5:.5 3:.5 5:.5 4 2 | 3:3 r"),
        (88, 65, "major", ["Fadd9", "Dm7", "Bbmaj7", "C7sus4", "Fadd9", "Am7", "Bbmaj9", "C6"],
         "r:.5 5:.5 6:.5 8:.5 8 6 | 5:2 3 2 | r:.5 4:.5 5:.5 6:.5 8 6 | 5:3 r | r:.5 8:.5 9:.5 10:.5 10 9 | 7:2 5 3 | r:.5 6:.5 5:.5 4:.5 3 4 | 2:3 r"),
        (112, 60, "pentatonic", ["C", "Am7", "F6", "G", "C", "Em7", "F6", "C"] * 2,
         "5:.5 6:.5 8:.5 6:.5 8 9 | 8:.5 6:.5 5:.5 3:.5 5:2 | 6:.5 5:.5 3:.5 2:.5 3 5 | 4:3 r | 8:.5 9:.5 10:.5 9:.5 8 6 | 9:.5 8:.5 6:.5 8:.5 5:2 | 6:.5 8:.5 6:.5 5:.5 3 2 | 1:3 r"),
        (118, 57, "dorian", ["Am7", "D9", "Am7", "D9", "Fmaj7", "G6", "Am7", "Em7"] * 2,
         "5:.5 5:.5 7:.5 8:1.5 7 | 6:.5 5:.5 4:.5 6:1.5 r | 5:.5 5:.5 7:.5 8:1.5 10 | 9:3 r | 8:.5 10:.5 8:.5 5:1.5 8 | 7:.5 9:.5 7:.5 5:1.5 7 | 8:.5 7:.5 5:.5 4:.5 3 4 | 5:3 r"))[k]
    spb, bars = 60 / bpm, len(chords)
    d = s.Desk(bars * 4 * spb + 3)
    picking = ((0, 3, 2, 3, 1, 3, 2, 3), (0, 2, 4, 3, 2, 4, 3, 2), (0, 2, 3, 4, 3, 2, 1, 2), (0, 3, 1, 2, 4, 2, 3, 2), (0, None, 2, 3, None, 2, 4, 2))[k]
    arpeggio(d, s.pluck, chords, spb, 4, picking, .5, 0, 50, gain=.17, pan=.35, room=.22, ring=.9, sway=("guitar", k), bright=.45)
    play(d, s.pluck, [(i * 4 + b, 1.9, low_note(c, 38)) for i, c in enumerate(chords) for b in (0, 2)], spb, 0, .30, -.05, .12, .4, ("bass", k), bright=.25)
    lead = tune(melody, mode, tonic)
    voice = s.kalimba if k in (1, 3) else s.pluck
    up = 12 if tonic < 64 else 0
    play(d, voice, lead, spb, 0, .36 if voice is s.kalimba else .30, .12, .35, .8, ("lead", k), shift=up)
    if bars == 16:
        second = [(t + 32, ln, m) for t, ln, m in lead]
        play(d, voice, second, spb, 0, .30, .12, .35, .8, ("lead2", k), shift=up)
        play(d, s.kalimba, second, spb, 0, .12, -.4, .5, .5, ("echo", k), shift=up + 12)
    start = 0 if bars == 8 else 4
    beat = ("x--xx-x-", "x-xx-xx-", "x---x---", "x--x--x-", "x--x-xx-")[k]
    play_bars = bars - start
    hits(d, s.kick(.7), spb, [start * 4 + t for t in grid(play_bars, beat, .5)], 0, .17, 0, .06, ("k", k))
    hits(d, s.shaker(k), spb, [start * 4 + t for t in grid(play_bars, "xxxxxxxx", .5)], 0, .06, .4, .15, ("sh", k))
    hits(d, s.clave(79 + k), spb, [start * 4 + t for t in grid(play_bars, ("--x--x--", "x--x--x-", "--------", "--x---xx", "x--x--x-")[k], .5)], 0, .07, -.4, .3, ("cl", k))
    if k in (2, 4):
        pads(d, chords, spb, 4, 0, 57, gain=.04, room=.7, bright=.6)
    return s.fade(d.finish(1.5, 5200, .9, -17.5, -1.2), .02, 2.6)


# --- Parallax Club: Low Orbit -----------------------------------------------------------------------------------------------------------

def low_orbit(k):
    bpm, low, chords, lead_text, tonic = (
        (112, 57, ["Am9", "Am9", "Fmaj7", "Fmaj7", "Cadd9", "Cadd9", "G6", "Em7"] * 2, "5:1.5 7:.5 8:2 | r:2 7 5 | 6:1.5 8:.5 10:2 | r:4 | 9:1.5 8:.5 7:2 | r:2 5 7 | 8:3 7 | 5:4", 69),
        (120, 55, ["Gmaj7", "Em9", "Cmaj9", "D6"] * 4, "3 5:.5 6:.5 8 6 | 5:3 r | 6 8:.5 9:.5 10 9 | 8:3 r | 10 9:.5 8:.5 9 6 | 8:3 r | 6 5:.5 3:.5 5 2 | 3:3 r", 67),
        (104, 53, ["Fm9", "Dbmaj7", "Abmaj7", "Eb6", "Fm9", "Dbmaj7", "Bbm9", "C7sus4"] * 2, "8:3 7:.5 5:.5 | 6:4 | 5:3 4:.5 3:.5 | 2:4 | 8:3 9:.5 10:.5 | 8:4 | 6:2 5 4 | 5:4", 65),
        (124, 52, ["Em7", "Em7", "G6", "A7sus4", "Em7", "Em7", "Cmaj7", "D6"] * 2, "1:.5 r:.5 5:.5 1:.5 7:.5 r:.5 5 | r:4 | 1:.5 r:.5 5:.5 8:.5 9:.5 r:.5 7 | r:4 | 8:.5 7:.5 5:.5 4:.5 5:2 | r:4 | 10:.5 9:.5 8:.5 7:.5 8:2 | 7:4", 64),
        (96, 50, ["Dm9", "Bbmaj9", "Fmaj7", "C6", "Dm9", "Bbmaj9", "Gm9", "A7sus4"], "5:2 4:.5 3:.5 2 | 3:3 r | 5:2 7:.5 8:.5 9 | 8:3 r | 10:2 9:.5 8:.5 7 | 8:2 6 5 | 4:2 3 2 | 1:4", 62))[k]
    spb, bars = 60 / bpm, len(chords)
    d = s.Desk(bars * 4 * spb + 3.5)
    pads(d, chords, spb, 4, 0, low, gain=.085, room=.6, bright=1.1)
    patterns = ((0, 2, 4, 3, 5, 3, 4, 2), (0, 1, 2, 3, 4, 3, 2, 1), (0, None, 3, 2, None, 4, 3, None), (0, 0, 3, 0, 2, 0, 4, 2), (0, 3, 2, 5, 4, 3, 2, 1))
    arpeggio(d, s.saw_arp, chords, spb, 4, patterns[k], .25 if k != 4 else .5, 0, low + 7, gain=.12, pan=.45, room=.35, ring=.12, sway=("arp", k), cutoff=(.8, .6, .7, .9, 1.2)[k])
    drums_from = 4 if bars == 16 else 0
    beats = [drums_from * 4 + t for t in grid(bars - drums_from, "x---x---x---x---" if k not in (2, 4) else "x-----x---x-----", .25)]
    d.duck([t * spb for t in beats], .45, .28)
    play(d, s.bass, [(i * 4 + b, .45, low_note(c, 33)) for i, c in enumerate(chords) for b in ((.5, 1.5, 2.5, 3.5) if k in (0, 1, 3) else (0, 1.5, 2.5))], spb, 0, .30, 0, .03, .06, ("bass", k))
    hits(d, s.kick(), spb, beats, 0, .46, 0, .02, ("k", k))
    later = bars - drums_from
    hits(d, s.snare(), spb, [drums_from * 4 + t for t in grid(later, "----x-------x---", .25)], 0, .17, .05, .3, ("sn", k))
    hits(d, s.hat(), spb, [drums_from * 4 + t for t in grid(later, "--x---x---x---x-", .25)], 0, .11, .25, .1, ("hh", k))
    hits(d, s.hat(.03, 8000), spb, [drums_from * 4 + t for t in grid(later, "x-xxx-xxx-xxx-xx", .25)], 0, .045, -.3, .05, ("hh2", k))
    lead = tune(lead_text, "minor" if k not in (1,) else "pentatonic", tonic)
    at = 0 if bars == 8 else (16 if k == 1 else 32) * spb      # where the harmony's round begins anew
    if at:
        play(d, s.bell, lead[::3], spb, 0, .06, .35, .8, 1.2, ("hint", k), shift=12 if tonic < 69 else 0)
    play(d, s.electric_piano if k in (1, 4) else s.whistle, lead, spb, at, .17, -.05, .6, .35, ("lead", k), shift=0 if tonic >= 64 else 12)
    if bars == 16 and k in (1, 3):
        play(d, s.bell, lead, spb, 32 * spb, .08, .3, .7, .8, ("lead2", k), shift=12)
    return s.fade(d.finish(1.8, 5600, 1, -16.5, -1.0), .02, 3.0)


# --- The Quiet Cartographers: Harbour Hymns ----------------------------------------------------------------------------------------------

def harbour_hymns(k):
    """Four voices in three-four time, in the manner of hymns sung at work: the tune on top, the others follow the harmony."""
    bpm, tonic, mode, chords, melody, vowel = (
        (92, 67, "major", ["G", "Em7", "C", "D7sus4", "G/B", "C", "Am7", "D", "Em", "C", "G/D", "G"],
         "5:2 6 | 5:2 3 | 4 5 6 | 5:3 | 8:2 7 | 6:2 5 | 4 3 2 | 5:3 | 3:2 5 | 6 8 6 | 5:2 2 | 1:3", "a"),
        (100, 62, "dorian", ["Dm", "C", "Dm", "Am7", "F", "C", "Gm7", "Dm", "Bbmaj7", "C", "Dm", "Dm"],
         "1:2 3 | 4 5 4 | 5:2 8 | 7:3 | 8:2 7 | 5 4 5 | 4 3 2 | 1:3 | 3 4 5 | 7:2 5 | 4 3 2 | 1:3", "o"),
        (84, 65, "major", ["Fadd9", "C/E", "Dm7", "Bbmaj7", "F", "Gm7", "C7sus4", "C", "Dm7", "Bbmaj7", "C7sus4", "F"],
         "3:2 4 | 5:2 3 | 6 5 4 | 6:3 | 8:2 6 | 5 4 3 | 4:2 3 | 2:3 | 3 4 5 | 6:2 4 | 5:2 2 | 1:3", "a"),
        (96, 69, "minor", ["Am", "F", "C", "G", "Am", "Dm7", "E7sus4", "E", "F", "G", "Am", "Am"],
         "1:2 2 | 3:2 1 | 5:2 3 | 2:3 | 3 4 5 | 6:2 4 | 5:2 4 | 2:3 | 3:2 1 | 2:2 7 | 8:3 | 8:3", "u"),
        (80, 60, "major", ["C", "Am7", "F", "G7sus4", "C/E", "F", "Dm7", "G", "Am", "F", "C/G", "G", "Fadd9", "C"],
         "3:2 5 | 8:2 7 | 6:2 5 | 5:3 | 8:2 9 | 11:2 8 | 6 7 8 | 9:3 | 10:2 8 | 6:2 8 | 8:2 7 | 7:3 | 6:2 4 | 3:3", "a"))[k]
    spb = 60 / bpm
    d = s.Desk(len(chords) * 3 * spb + 4)
    for i, symbol in enumerate(chords):
        t = i * 3 * spb
        d.add(s.organ(low_note(symbol, 36), round(3 * spb + .3, 3)), t, .13, 0, .5)
        for j, midi in enumerate(voiced(symbol, 52)):
            d.add(s.choir(midi, round(3 * spb + .6, 3), vowel="o" if vowel == "a" else "u"), t, .085, (-.6, .6, -.3, .35)[j % 4], .8)
            d.add(s.organ(midi, round(3 * spb + .25, 3)), t, .030, (.3, -.3, .5, -.5)[j % 4], .5)
    notes = tune(melody, mode, tonic)
    play(d, s.choir, notes, spb, 0, .27, 0, .9, .55, ("tune", k), vowel=vowel, shift=12 if tonic < 62 and k != 4 else 0)
    if k in (1, 3):
        hits(d, s.rail(), spb, grid(len(chords), "x--", 1, 3), 0, .12, .1, .5, ("haul", k))
        play(d, s.pluck, [(i * 3 + b, 1, n) for i, c in enumerate(chords) for b, n in zip((0, 1, 2), voiced(c, 50))], spb, 0, .12, -.3, .4, .8, ("harp", k), bright=.3)
    else:
        arpeggio(d, s.felt_piano, chords, spb, 3, (0, 1, 2), 1, 0, 60, gain=.08, pan=.3, room=.6, ring=1.0, sway=("p", k))
    if k in (0, 4):
        hits(d, s.bell(79 if k == 0 else 84, 3), spb, [0, 12, 24], 0, .06, .5, 1.0, "buoy")
    return s.fade(d.finish(3.0, 4200, 1, -18.5, -1.5), .08, 3.4)


def render(function, k):
    return s.pcm16(globals()[function](k))


def render_continuous(function):
    return [s.pcm16(part) for part in globals()[function]()]

