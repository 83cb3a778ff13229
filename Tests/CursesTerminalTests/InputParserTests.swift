import Canvas
import Testing

@testable import CursesTerminal

@Suite("Parsing what a terminal sends: keys")
struct InputParserTests {
    @Test("controls are the keys they are typed with")
    func controls() {
        #expect(
            typed("a\r\n\t\u{7F}\u{8}\u{4}\u{0}\u{1C}\u{13}\u{11}ñ")
                == keys(
                    "a", "Enter", "Enter", "Tab", "Backspace", "Backspace", "ctrl-d", "ctrl-Space", "ctrl-\\",
                    "ctrl-s", "ctrl-q", "ñ"))
    }

    @Test("Esc alone is decided after 25 ms, and not before")
    func alone() {
        var parser = InputParser()
        #expect(parser.feed(0x1B, at: .seconds(1)).isEmpty)
        #expect(parser.deadline == .seconds(1) + .milliseconds(25))
        #expect(parser.settle(at: .seconds(1) + .milliseconds(24)).isEmpty)
        #expect(parser.settle(at: .seconds(1) + .milliseconds(25)) == keys("Esc"))
        #expect(parser.deadline == nil)
    }

    @Test("a character right behind an escape byte was typed with Alt")
    func alt() {
        #expect(typed("\u{1B}x\u{1B}\r\u{1B}ñ") == keys("alt-x", "alt-Enter", "alt-ñ"))
        #expect(typed([(0, "\u{1B}"), (20, "x")]) == keys("alt-x"))
        #expect(typed([(0, "\u{1B}"), (30, "x")]) == keys("Esc", "x"))
        #expect(typed("\u{1B}\u{1B}x") == keys("Esc", "alt-x"))
        #expect(typed("\u{1B}\u{1B}") == keys("Esc", "Esc"))
        #expect(typed("\u{1B}\u{1B}[A\u{1B}\u{1B}OB") == keys("alt-Up", "alt-Down"))
    }

    @Test("what begins a string is a key with Alt when nothing of a string follows")
    func introducers() {
        for letter in ["]", "P", "_", "^", "X", "N"] {
            #expect(typed("\u{1B}\(letter)") == keys("alt-\(letter)"))
            #expect(typed([(0, "\u{1B}\(letter)"), (120, "j")]) == keys("alt-\(letter)", "j"))
            #expect(
                typed([(0, "\u{1B}\(letter)"), (33, "\u{1B}\(letter)")])
                    == keys("alt-\(letter)", "alt-\(letter)"))
        }
    }

    @Test(
        "the rest of a split arrow behind an Esc that was decided is swallowed, however it is cut",
        arguments: ["[A", "OA", "[1;5A", "[[A", "[99X"])
    func split(_ rest: String) {
        #expect(typed([(0, "\u{1B}"), (150, rest), (151, "j")]) == keys("Esc", "j"))
        var bursts = [(0, "\u{1B}")]
        for (index, scalar) in rest.enumerated() { bursts.append((100 * (index + 1), String(scalar))) }
        #expect(typed(bursts + [(1000, "j")]) == keys("Esc", "j"))
    }

    @Test("150 ms behind Esc the keys are keys")
    func late() {
        #expect(typed([(0, "\u{1B}"), (151, "[A")]) == keys("Esc", "[", "A"))
        #expect(typed([(0, "\u{1B}"), (40, "["), (191, "A")]) == keys("Esc", "A"))
        #expect(typed([(0, "\u{1B}"), (40, "j"), (50, "[")]) == keys("Esc", "j", "["))
        #expect(typed([(0, "\u{1B}"), (60, "]"), (120, "j")]) == keys("Esc", "]", "j"))
        #expect(typed([(0, "\u{1B}"), (60, "X"), (120, "^")]) == keys("Esc", "X", "^"))
    }

    @Test("the bytes of one character may come as slowly as a line is, and what is no character is nothing")
    func characters() {
        for gap in [0, 1, 30, 200] {
            var typing = Typing()
            for byte in "née à Zürich €𝄞".utf8 { typing.type([byte], after: .milliseconds(gap)) }
            #expect(typing.finish() == "née à Zürich €𝄞".map { .key(.character($0)) })
        }
        // Alone, too long, half of a pair, beyond the last, given up for another.
        for bytes: [UInt8] in [
            [0x80], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF],
            [0xE2, 0x82],
        ] {
            var typing = Typing()
            typing.type(bytes + Array("j".utf8))
            #expect(typing.finish() == keys("j"), "\(bytes)")
        }
        #expect(typed([(0, "j")]) == keys("j"))
        var typing = Typing()
        typing.type([0xC3])
        typing.type([0xB1], after: .milliseconds(600))
        #expect(typing.finish().isEmpty)
    }

    @Test(
        "a terminal of 8 bits types the characters of its locale, and its controls of one byte are sequences")
    func bytes() {
        var table: [Unicode.Scalar?] = (0..<256).map { Unicode.Scalar(UInt8($0)) }
        table[0xFF] = nil
        var typing = Typing(KeySequences([]), .bytes(table))
        typing.type([0xF1, 0x9B, 0x41, 0x8F, 0x42, 0xFF, 0x9D, 0x31, 0x3B, 0x71, 0x9C, 0x8E, 0x71, 0x6A])
        #expect(typing.finish() == keys("ñ", "Up", "Down", "j"))
        #expect(typed("\u{9B}A\u{9D}1;q\u{9C}j") == keys("Up", "j"))
    }

    @Test("keys with modifiers are the same on every terminal")
    func modified() {
        #expect(
            typed("\u{1B}[1;5A\u{1B}[1;2P\u{1B}[3;3~\u{1B}[15;6~\u{1B}O5C\u{1B}[Z")
                == [
                    .key(Key(.named(.up), .control)), .key(Key(.function(1), .shift)),
                    .key(Key(.named(.delete), .alt)),
                    .key(Key(.function(5), [.control, .shift])), .key(Key(.named(.right), .control)),
                    .key(Key(.named(.tab), .shift)),
                ])
        // With Num Lock and Caps Lock, and let go again; Super is another key.
        #expect(typed("\u{1B}[1;129A\u{1B}[1;1:1B\u{1B}[1;1:3B\u{1B}[1;9A") == keys("Up", "Down"))
    }

    @Test("the numeric keypad in its application mode types what stands on it")
    func keypad() {
        #expect(typed("\u{1B}Op\u{1B}Oy\u{1B}OM\u{1B}Ok") == keys("0", "9", "Enter", "+"))
    }

    @Test("keys that a mode left on spells as numbers are the keys they were before")
    func extended() {
        for (text, key) in [
            ("[27u", "Esc"), ("[27;1u", "Esc"), ("[27;1;27~", "Esc"), ("[27;129u", "Esc"),
            ("[27;5;99~", "ctrl-c"),
            ("[99;5u", "ctrl-c"), ("[100;69u", "ctrl-d"), ("[27;6;68~", "ctrl-d"), ("[13u", "Enter"),
            ("[13;2u", "Enter"), ("[27;5;13~", "Enter"), ("[127u", "Backspace"), ("[109;5u", "Enter"),
            ("[105;5u", "Tab"), ("[91;5u", "Esc"), ("[32;5u", "ctrl-Space"), ("[120;3u", "alt-x"),
            ("[113u", "q"),
            ("[97;2u", "A"), ("[97:65;2u", "A"), ("[49:33;2u", "!"), ("[49;2;33u", "!"), ("[241u", "ñ"),
            ("[9;2u", "shift-Tab"), ("[59;5u", "ctrl-;"), ("[57401u", "2"), ("[57419;5u", "ctrl-Up"),
            ("[57376u", "F13"), ("[113;1:1u", "q"), ("[P", "F1"), ("[13~", "F3"),
        ] {
            #expect(typed("\u{1B}\(text)j") == keys(key, "j"), "\(text)")
        }
        // Let go, a lock alone, with Super, a control character as a number, no character at all.
        for text in [
            "[113;1:3u", "[57441u", "[57358;1:1u", "[113;9u", "[1u", "[159u", "[55296u", "[999999999u", "[u",
        ] {
            #expect(typed("\u{1B}\(text)j") == keys("j"), "\(text)")
        }
    }

    @Test("sequences of terminfo are keys, also such as are no control sequences elsewhere")
    func terminfo() {
        let sequences = KeySequences([
            (Array("\u{1B}[[A".utf8), Key(.function(1))),
            (Array("\u{1B}[5$".utf8), Key(.named(.pageUp), .shift)),
            (Array("\u{1B}[M".utf8), Key(.function(2))), (Array("\u{1B}Oa".utf8), Key(.named(.up), .control)),
            (Array("\u{1B}\t".utf8), Key(.named(.tab), .shift)), (Array("\u{1}A\r".utf8), Key(.function(3))),
            ([0x9B, 0x56], Key(.named(.pageUp))), (Array("\u{1B}[1;2P".utf8), Key(.function(13))),
            (Array("\u{1B}[G".utf8), nil), (Array("q".utf8), Key(.named(.up))), ([0x1B], Key(.named(.up))),
        ])
        for (text, key) in [
            ("\u{1B}[[A", "F1"), ("\u{1B}[5$", "shift-PgUp"), ("\u{1B}[M", "F2"), ("\u{1B}Oa", "ctrl-Up"),
            ("\u{1B}\t", "shift-Tab"), ("\u{1}A\r", "F3"), ("\u{1B}[V", "PgUp"), ("\u{1B}[1;2P", "shift-F1"),
            ("q", "q"), ("\u{1B}x", "alt-x"),
        ] {
            #expect(typed(text + "j", sequences) == keys(key, "j"), "\(text.debugDescription)")
        }
        #expect(typed("\u{1B}[Gj", sequences) == keys("j"))
        // Not what it began like.
        #expect(typed("\u{1}Aj", sequences) == keys("ctrl-a", "A", "j"))
        #expect(typed([(0, "\u{1}"), (100, "A")], sequences) == keys("ctrl-a", "A"))
    }
}
