#!/usr/bin/env python3
"""Composes, renders, encodes, tags and indexes the demonstration library. Run it here; it rewrites every file beside it.

    python3 compose.py

Needs Python 3.11 with NumPy, and flac, lame, oggenc, opusenc, ffmpeg on the path. Equal versions of these give equal bytes: nothing here
looks at the clock or at real randomness. All music, words and pictures are original and in the public domain (LICENSE.md).
"""
import base64
import hashlib
import json
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import wave
from concurrent.futures import ProcessPoolExecutor

sys.dont_write_bytecode = True

import art
import music

HERE = pathlib.Path(__file__).resolve().parent
SIZES = (800, 400, 160)
MUSIC_FOLDER = "/srv/music"

ARTISTS = {
    "quiet-cartographers": ("The Quiet Cartographers", "Quiet Cartographers, The", "quiet_cartographers",
                            "Four people who map coastlines by day and write them down as chords at night."),
    "yuki-arai": ("Yuki Arai", "Arai, Yuki", "yuki_arai", "Felt piano and long winters. 雪の多い町で小さな音を集めている。"),
    "ada-okonkwo": ("Ada Okonkwo", "Okonkwo, Ada", "ada_okonkwo", "Guitar, thumb piano, and whatever the evening market lends her."),
    "parallax-club": ("Parallax Club", "Parallax Club", "parallax_club", "Two synthesizers, one drum machine, a borrowed telescope."),
}

ALBUMS = [
    dict(key="night-train", title="Night Train to Lund", artist="quiet-cartographers", year=2024, genres=["Ambient", "Jazz"], format="flac",
         cover="night_train", added="2026-09-04T18:20:00Z", piece="night_train", continuous=True,
         tracks=["Platform Four", "Sleeper Car", "Customs", "Öresund", "First Light, Malmö"]),
    dict(key="winter-light", title="冬の灯", sort="Fuyu no akari", artist="yuki-arai", year=2021, genres=["Classical", "Ambient"], format="m4a",
         cover="winter_light", added="2026-09-11T07:05:00Z", piece="winter_light", tracks=["雪明かり", "窓辺", "凍る川", "灯籠", "春を待つ"]),
    dict(key="field-notes", title="Field Notes", artist="ada-okonkwo", year=2019, genres=["Folk"], format="mp3", cover="field_notes",
         added="2026-09-15T12:00:00Z", piece="field_notes", tracks=["Red Dust Road", "Kingfisher", "Rain on Zinc", "Two Mangoes", "Evening Market"]),
    dict(key="low-orbit", title="Low Orbit", artist="parallax-club", year=2025, genres=["Electronic"], format="ogg", cover="low_orbit",
         added="2026-09-22T21:40:00Z", piece="low_orbit", tracks=["Launch Window", "Solar Panel", "Dark Side", "Telemetry", "Re-entry"]),
    dict(key="harbour-hymns", title="Harbour Hymns", artist="quiet-cartographers", year=2022, genres=["Folk", "Choral"], format="opus",
         cover="harbour_hymns", added="2026-09-28T09:30:00Z", piece="harbour_hymns", guest={4: "ada-okonkwo"},
         tracks=["Lighthouse Keeper", "Salt & Rope", "The Ferry Waits", "Tide Table", "Home by Lantern"]),
]

PLAYLISTS = [
    ("morning-tram", "Morning tram", "morning_tram", [("field-notes", 2), ("low-orbit", 2), ("night-train", 2), ("field-notes", 4), ("low-orbit", 4), ("night-train", 4)]),
    ("winter", "冬 / winter", "winter_list", [("winter-light", 1), ("harbour-hymns", 1), ("winter-light", 3), ("night-train", 5), ("winter-light", 5)]),
]

# (album, track): seconds of a bar, then words by bar; None for words without times
LYRICS = {
    ("night-train", 2): (2.6087, ["", "The lamp above the corridor is low", "Somebody hums a song I used to know", "",
                                  "The wheels keep count of all we left behind", "", "A border is a line drawn in the mind", "And we sleep over it"]),
    ("winter-light", 1): (3.6364, ["雪が声をのみこんで", "道はしずかに光る", "だれもいない橋の上", "", "窓にひとつ灯がともり", "帰る場所をおしえる", "白い息がほどけたら", "夜はもう遠い"]),
    ("field-notes", 2): (1.9048, ["Blue over brown, and gone", "", "Did you see it, did you see it?", "", "Blue over brown, and back", "", "The river keeps the secret", ""] * 2),
    ("harbour-hymns", 2): (1.8, ["Haul away the morning", "Haul away the grey", "Salt upon the rope, my love", "Salt upon the day", "Haul, and let the tide go",
                                 "Haul, and let it be", "All that we have borrowed", "We give back to the sea", "", "Salt and rope", "", "Haul away"]),
    ("harbour-hymns", 5): (2.25, ["Carry the lantern low", "low along the wall", "Name every step you know,", "I will know them all", "", "Home is a yellow square", "",
                                  "drawn upon the rain", "", "Leave me a light right there,", "I'll come home again", "", "", ""]),
    ("harbour-hymns", 3): (None, ["The ferry waits for nobody", "and nobody is late.", "", "We stood there with our baskets", "and talked about the weight", "of water under bridges,",
                                  "of weather, and of bait."]),
}

EXTENSION = {"flac": ("flac", "flac"), "m4a": ("m4a", "aac"), "mp3": ("mp3", "mp3"), "ogg": ("ogg", "vorbis"), "opus": ("opus", "opus")}


def run(*command, data=None):
    done = subprocess.run([str(c) for c in command], input=data, capture_output=True)
    if done.returncode:
        raise SystemExit(f"{command[0]} failed: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout + done.stderr


def guid(*parts):
    """An id as Jellyfin makes them: 32 hex digits from the kind and the place of the thing."""
    return hashlib.md5("/".join(("waxwing-demo",) + parts).encode()).hexdigest()


def jpeg(drawing, size, path):
    run("ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{size}x{size}", "-i", "-", "-bitexact", "-map_metadata", "-1",
        "-pix_fmt", "yuvj444p", "-q:v", "3", path, data=getattr(art, drawing)(size).bytes())


def pictures(drawing, folder, stem):
    folder.mkdir(parents=True, exist_ok=True)
    names = {}
    for size in SIZES:
        path = folder / (f"{stem}.jpg" if size == SIZES[0] else f"{stem}-{size}.jpg")
        jpeg(drawing, size, path)
        names[str(size)] = path.relative_to(HERE).as_posix()
    digest = hashlib.md5((HERE / names[str(SIZES[0])]).read_bytes()).hexdigest()
    return {"tag": digest, "files": names}


def save_wave(pcm, path):
    with wave.open(str(path), "wb") as w:
        w.setnchannels(2)
        w.setsampwidth(2)
        w.setframerate(44100)
        w.writeframes(pcm.tobytes())


def loudness(*waves):
    """Integrated loudness (EBU R128) of the waves one after the other, in LUFS."""
    inputs = [x for w in waves for x in ("-i", w)]
    graph = "".join(f"[{i}:a]" for i in range(len(waves))) + f"concat=n={len(waves)}:v=0:a=1,ebur128"
    text = run("ffmpeg", "-hide_banner", "-nostats", *inputs, "-filter_complex", graph, "-f", "null", "-").decode(errors="replace")
    return float(re.findall(r"I:\s+(-?[\d.]+) LUFS", text)[-1])


def picture_block(path):
    """A FLAC picture block in base64, as Vorbis comments carry covers."""
    data, mime = path.read_bytes(), b"image/jpeg"
    block = struct.pack(">II", 3, len(mime)) + mime + struct.pack(">IIIIII", 0, 400, 400, 24, 0, len(data)) + data
    return base64.b64encode(block).decode()


def encode(kind, wav, out, tags, cover, serial):
    comments = [f"{k}={v}" for k, v in tags.items()]
    if kind == "flac":
        run("flac", "-s", "-f", "-8", "--no-padding", *[f"--tag={c}" for c in comments], f"--picture=3|image/jpeg|||{cover}", "-o", out, wav)
    elif kind == "opus":
        run("opusenc", "--quiet", "--bitrate", "72", "--serial", serial, "--padding", "0", *[x for c in comments for x in ("--comment", c)],
            "--picture", f"3|image/jpeg|||{cover}", wav, out)
    elif kind == "ogg":
        run("oggenc", "-Q", "-q", "1.8", "-s", serial, "--utf8", *[x for c in comments for x in ("-c", c)],
            "-c", f"METADATA_BLOCK_PICTURE={picture_block(cover)}", "-o", out, wav)
    elif kind == "mp3":
        run("lame", "--quiet", "-V", "6", "--noreplaygain", "--add-id3v2", "--id3v2-only", "--tt", tags["TITLE"], "--ta", tags["ARTIST"], "--tl", tags["ALBUM"],
            "--ty", tags["DATE"], "--tn", f"{tags['TRACKNUMBER']}/{tags['TRACKTOTAL']}", "--tg", tags["GENRE"], "--tv", f"TPE2={tags['ALBUMARTIST']}",
            *[x for k in tags if k.startswith("REPLAYGAIN") for x in ("--tv", f"TXXX={k}={tags[k]}")], "--ti", cover, wav, out)
    else:
        names = {"title": "TITLE", "artist": "ARTIST", "album": "ALBUM", "album_artist": "ALBUMARTIST", "date": "DATE", "genre": "GENRE"}
        meta = [x for k, v in names.items() for x in ("-metadata", f"{k}={tags[v]}")]
        run("ffmpeg", "-v", "error", "-y", "-i", wav, "-i", cover, "-map", "0:a", "-map", "1:v", "-c:v", "copy", "-disposition:v", "attached_pic",
            "-c:a", "aac", "-b:a", "96k", "-bitexact", "-map_metadata", "-1", *meta, "-metadata", f"track={tags['TRACKNUMBER']}/{tags['TRACKTOTAL']}",
            "-movflags", "+faststart", out)


def opus(flac, out):
    """What a server's transcoder makes of a lossless file. From the file and not from the wave, so that it can be made without composing anew."""
    run("ffmpeg", "-v", "error", "-y", "-i", flac, "-map", "0:a", "-map_metadata", "-1", "-ac", "1", "-c:a", "libopus",
        "-vbr", "constrained", "-b:a", "18k", "-bitexact", "-f", "ogg", out)
    return out.relative_to(HERE).as_posix()


def stamp(seconds):
    return f"[{int(seconds // 60):02d}:{seconds % 60:05.2f}]"


def words(album, number, stem, title, artist):
    entry = LYRICS.get((album["key"], number))
    if not entry:
        return None
    bar, lines = entry
    if bar is None:
        path, text = f"{album['key']}/{stem}.txt", "\n".join(lines) + "\n"
    else:
        head = [f"[ti:{title}]", f"[ar:{artist}]", f"[al:{album['title']}]", "[by:Waxwing demonstration]"]
        path, text = f"{album['key']}/{stem}.lrc", "\n".join(head + [stamp(i * bar) + line for i, line in enumerate(lines)]) + "\n"
    (HERE / path).write_text(text, encoding="utf-8", newline="\n")
    return path


def album(entry, index):
    folder = HERE / entry["key"]
    cover = pictures(entry["cover"], folder, "cover")
    picture = HERE / cover["files"]["400"]
    container, codec = EXTENSION[entry["format"]]
    artist = ARTISTS[entry["artist"]][0]
    with tempfile.TemporaryDirectory() as scratch:
        if entry.get("continuous"):
            sounds = music.render_continuous(entry["piece"])
        else:
            sounds = [music.render(entry["piece"], k) for k in range(len(entry["tracks"]))]
        waves = []
        for k, pcm in enumerate(sounds):
            waves.append(pathlib.Path(scratch) / f"{k}.wav")
            save_wave(pcm, waves[-1])
        whole = loudness(*waves)
        tracks = []
        for k, (title, pcm) in enumerate(zip(entry["tracks"], sounds)):
            number, performer = k + 1, entry.get("guest", {}).get(k + 1)
            credited = [entry["artist"]] + ([performer] if performer else [])
            names = [ARTISTS[a][0] for a in credited]
            lufs = loudness(waves[k])
            stem = f"{number:02d}"
            file = folder / f"{stem}.{container}"
            tags = {"TITLE": title, "ARTIST": " & ".join(names), "ALBUM": entry["title"], "ALBUMARTIST": artist, "TRACKNUMBER": str(number),
                    "TRACKTOTAL": str(len(sounds)), "DISCNUMBER": "1", "DATE": str(entry["year"]), "GENRE": entry["genres"][0],
                    "REPLAYGAIN_TRACK_GAIN": f"{-18 - lufs:.2f} dB", "REPLAYGAIN_ALBUM_GAIN": f"{-18 - whole:.2f} dB"}
            encode(entry["format"], waves[k], file, tags, picture, 1000 + index * 10 + k)
            data = file.read_bytes()
            lossless = codec == "flac"
            record = {"id": guid("track", entry["key"], stem), "name": title, "number": number, "artists": credited, "file": f"{entry['key']}/{file.name}",
                      "path": f"{MUSIC_FOLDER}/{artist}/{entry['title']}/{stem} {title}.{container}", "container": container, "codec": codec,
                      "size": len(data), "sha256": hashlib.sha256(data).hexdigest(), "sampleRate": 48000 if codec == "opus" else 44100, "channels": 2,
                      "bitDepth": 16 if lossless else 0, "samples": len(pcm), "ticks": round(len(pcm) * 10_000_000 / 44100),
                      "bitrate": round(len(data) * 8 * 44100 / len(pcm)), "gain": round(-18 - lufs, 2), "modified": entry["added"]}
            lyrics = words(entry, number, stem, title, artist)
            if lyrics:
                record["lyrics"] = lyrics
            if lossless:
                smaller = folder / "transcoded" / f"{stem}.mp3"
                smaller.parent.mkdir(exist_ok=True)
                run("lame", "--quiet", "-b", "48", "-m", "m", "--resample", "32", "--noreplaygain", waves[k], smaller)
                record["transcoded"] = {"mp3": smaller.relative_to(HERE).as_posix(), "opus": opus(file, folder / "transcoded" / f"{stem}.opus")}
            tracks.append(record)
    return {"id": guid("album", entry["key"]), "name": entry["title"], "sortName": entry.get("sort", entry["title"]), "artist": entry["artist"], "year": entry["year"],
            "genres": entry["genres"], "added": entry["added"], "gain": round(-18 - whole, 2), "image": cover, "tracks": tracks}


def main():
    with ProcessPoolExecutor() as pool:
        albums = list(pool.map(album, ALBUMS, range(len(ALBUMS))))
    for entry in albums:
        for track in entry["tracks"]:
            track["artists"] = [guid("artist", a) for a in track["artists"]]
        entry["artist"] = guid("artist", entry["artist"])
    ids = {(a["key"], t["number"]): t["id"] for a, made in zip(ALBUMS, albums) for t in made["tracks"]}
    artists = [{"id": guid("artist", key), "name": name, "sortName": sort, "overview": about, "image": pictures(drawing, HERE / "artists", key)}
               for key, (name, sort, drawing, about) in ARTISTS.items()]
    playlists = [{"id": guid("playlist", key), "name": name, "image": pictures(drawing, HERE / "playlists", key), "items": [ids[i] for i in items]}
                 for key, name, drawing, items in PLAYLISTS]
    genres = [{"id": guid("genre", g), "name": g} for g in sorted({g for a in ALBUMS for g in a["genres"]})]
    index = {"name": "Waxwing demonstration", "licence": "CC0-1.0", "id": guid("server"), "musicFolder": guid("view", "music"),
             "playlistFolder": guid("view", "playlists"), "artists": artists, "genres": genres, "albums": albums, "playlists": playlists}
    (HERE / "library.json").write_text(json.dumps(index, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
