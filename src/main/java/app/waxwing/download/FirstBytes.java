package app.waxwing.download;

import app.waxwing.base.InertText;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What a file is by its first bytes, whatever its name and its type say (B.7, B.18). A container that is not known here proves nothing against a
/// file: [Completeness#original] looks further.
final class FirstBytes {
    /// So many tell all that can be told; fewer tell less.
    static final int ENOUGH = 2048;
    private static final int FEWEST_BLANK = 16;
    private static final int EXCERPT = 60;

    enum Kind {
        /// A container or a stream of recorded sound, with or without pictures.
        SOUND,
        /// A score that a synthesiser plays: its length says nothing of how long it lasts.
        SCORE,
        /// Plain text, as error messages are.
        WORDS,
        /// One byte over and over, as a damaged disk gives.
        BLANK, UNKNOWN
    }

    /// @param at where the mark stands
    private record Mark(int at, String bytes, Kind kind) {
        boolean in(String head) {
            return head.startsWith(bytes, at);
        }
    }

    private static final List<Mark> MARKS = List.of(sound("fLaC"), sound("OggS"), sound("ID3"), sound("APETAGEX"), sound("RIFF"),
            sound("RIFX"), sound("RF64"), sound("BW64"), sound("riff\u002e\u0091\u00cf\u0011"), sound("FORM"), sound("FRM8"), sound("DSD "),
            sound("caff"), sound(".snd"), sound("MAC "), sound("wvpk"), sound("TTA1"), sound("TTA2"), sound("MPCK"), sound("MP+"),
            sound("tBaK"), sound("OFR "), sound("ajkg"), sound("TWIN97012000"), sound("0&\u00b2u\u008ef\u00cf\u0011"),
            sound("\u001aE\u00df\u00a3"), sound(".RMF"), sound(".ra\u00fd"), sound("FLV\u0001"), sound("\u0000\u0000\u0001\u00ba"),
            sound("#!AMR"), sound("#!SILK"), sound("Creative Voice File"), sound("DTSHDHDR"), sound("\u007f\u00fe\u0080\u0001"),
            sound("\u00fe\u007f\u0001\u0080"), sound("\u001f\u00ff\u00e8\u0000"), sound("\u00ff\u001f\u0000\u00e8"), sound("\u000bw"),
            new Mark(4, "ftyp", Kind.SOUND), new Mark(4, "moov", Kind.SOUND), new Mark(4, "mdat", Kind.SOUND),
            new Mark(4, "wide", Kind.SOUND), new Mark(4, "\u00f8ro\u00ba", Kind.SOUND), new Mark(4, "\u00f8ro\u00bb", Kind.SOUND),
            score("MThd"), score("PSID"), score("RSID"),
            score("SNES-SPC700"), score("NESM\u001a"), score("Vgm "), score("GBS"), score("HESM"), score("KSCC"),
            score("Extended Module: "), score("IMPM"), new Mark(44, "SCRM", Kind.SCORE), new Mark(1080, "M.K.", Kind.SCORE),
            new Mark(1080, "M!K!", Kind.SCORE), new Mark(1080, "FLT", Kind.SCORE), new Mark(1081, "CHN", Kind.SCORE));

    private FirstBytes() {}

    static Kind of(byte[] head) {
        if (words(head).filter(w -> !w.isEmpty()).isPresent()) return Kind.WORDS;
        String bytes = new String(head, StandardCharsets.ISO_8859_1);
        Optional<Mark> mark = MARKS.stream().filter(m -> m.in(bytes)).findFirst();
        if (mark.isPresent()) return mark.get().kind();
        if (isFrame(head) || isTransportStream(head)) return Kind.SOUND;
        return isBlank(head) ? Kind.BLANK : Kind.UNKNOWN;
    }

    /// A page or a document of a web server's: `<` is the first that is no blank. No music begins so.
    static boolean page(byte[] head) {
        return words(head).filter(w -> w.startsWith("<")).isPresent();
    }

    /// The beginning of a text, on one line, for a sentence.
    static Optional<String> excerpt(byte[] head) {
        return words(head).map(w -> w.replaceAll("\\s+", " ").strip()).filter(w -> !w.isEmpty())
                .map(w -> w.codePointCount(0, w.length()) <= EXCERPT ? w : w.substring(0, w.offsetByCodePoints(0, EXCERPT)) + "…")
                .map(InertText::of);
    }

    /// Without a byte-order mark and leading blanks; empty = it is no text.
    private static Optional<String> words(byte[] head) {
        if (isUtf16(head)) {
            var order = head[0] == (byte) 0xFF ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
            return Optional.of(new String(head, 2, head.length - 2, order).stripLeading());
        }
        var decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(head.length);
        if (head.length == 0 || decoder.decode(ByteBuffer.wrap(head), text, false).isError()) return Optional.empty(); // its end may be cut
        String words = text.flip().toString();
        boolean plain = words.chars().allMatch(c -> c >= 0x20 && c != 0x7F || c == '\n' || c == '\r' || c == '\t' || c == '\f');
        return plain ? Optional.of(words.replace("\uFEFF", "").stripLeading()) : Optional.empty();
    }

    private static boolean isUtf16(byte[] head) {
        if (head.length < 6) return false;
        boolean little = head[0] == (byte) 0xFF && head[1] == (byte) 0xFE && head[3] == 0 && head[5] == 0;
        boolean big = head[0] == (byte) 0xFE && head[1] == (byte) 0xFF && head[2] == 0 && head[4] == 0;
        int at = little ? 2 : 3;
        return (little || big) && head[at] > 0 && head[at + 2] > 0;
    }

    /// A frame of MPEG audio (ISO 11172-3) or of AAC in ADTS or LOAS (ISO 14496-3).
    private static boolean isFrame(byte[] head) {
        if (head.length < 4) return false;
        int second = head[1] & 0xFF;
        int third = head[2] & 0xFF;
        if (head[0] == 0x56 && (second & 0xE0) == 0xE0) return true;
        if (head[0] != (byte) 0xFF || (second & 0xE0) != 0xE0) return false;
        boolean adts = (second & 0xF6) == 0xF0 && (third >> 2 & 0xF) < 13;
        boolean mpeg = (second >> 3 & 3) != 1 && (second >> 1 & 3) != 0 && third >> 4 != 15 && third >> 4 != 0 && (third >> 2 & 3) != 3;
        return adts || mpeg;
    }

    private static boolean isTransportStream(byte[] head) {
        return head.length > 376 && head[0] == 0x47 && head[188] == 0x47 && head[376] == 0x47;
    }

    private static boolean isBlank(byte[] head) {
        if (head.length < FEWEST_BLANK) return false;
        for (byte b : head) if (b != head[0]) return false;
        return true;
    }

    private static Mark sound(String bytes) {
        return new Mark(0, bytes, Kind.SOUND);
    }

    private static Mark score(String bytes) {
        return new Mark(0, bytes, Kind.SCORE);
    }
}
