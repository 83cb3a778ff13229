import CLinux
import Canvas
import Foundation
import Testing

@testable import CursesTerminal

/// ncurses knows one screen at a time, so these run one after another.
@Suite("curses terminal", .serialized)
struct CursesTerminalTests {
    private let sheet = StyleSheet([
        Style(), Style(foreground: Color(rgb: 0xFF5F5F, c256: 203, c16: 9)),
        Style(foreground: Color(c256: 250, c16: 7), background: Color(c256: 236, c16: 4)),
    ])

    private func open(
        _ pty: Pty, _ term: String = "xterm-256color", noColor: Bool = false, locale: String = "C.UTF-8"
    ) throws -> CursesTerminal {
        try CursesTerminal(
            TerminalEnvironment(term: term, wantsNoColor: noColor, locale: locale), input: pty.program,
            output: pty.program)
    }

    private func frame(_ size: Size, _ text: String, _ style: Int = 0) -> Frame {
        var frame = Frame(size: size, sheet: sheet)
        frame.put(text, 0, 0, StyleID(style))
        return frame
    }

    /// So many inputs: a kernel takes its time to hand over what was typed.
    private func inputs(_ count: Int, of terminal: CursesTerminal, _ pty: Pty) -> [Input] {
        var inputs: [Input] = []
        while inputs.count < count, clinux_wait([pty.program], 1, 20_000_000_000) > 0 {
            inputs += terminal.input()
        }
        return inputs
    }

    @Test("a terminal that can't be drawn on is refused in words, and the process lives")
    func refused() throws {
        let pty = try #require(Pty(width: 80, height: 24))
        #expect(throws: TerminalError.unknown("nosuch")) { try open(pty, "nosuch") }
        #expect(throws: TerminalError.tooSimple("dumb")) { try open(pty, "dumb") }
        #expect(throws: TerminalError.unnamed) { try open(pty, "") }
        #expect(throws: TerminalError.notATerminal) {
            try CursesTerminal(TerminalEnvironment(term: "xterm"), input: pty.program, output: -1)
        }
        #expect(TerminalError.unknown("nosuch").description.contains("TERM=xterm-256color"))
    }

    @Test(
        "modes, screen, cursor, keypad and paste mode are left as they were found",
        arguments: ["xterm-256color", "screen-256color", "linux", "vt100"])
    func restored(_ term: String) throws {
        let pty = try #require(Pty(width: 40, height: 5))
        let before = pty.modes
        let terminal = try open(pty, term)
        #expect(pty.modes != before)
        terminal.setMouse(true)
        terminal.draw(frame(terminal.size, "hello", 1))
        terminal.suspend()
        #expect(pty.modes == before)
        terminal.resume()
        #expect(pty.modes != before)
        terminal.draw(frame(terminal.size, "again"))
        terminal.close()
        terminal.close()
        #expect(pty.modes == before)
        let output = pty.output()
        for mode in ["1049", "2004", "1000", "1006", "1"] {
            guard let on = output.range(of: "\u{1B}[?\(mode)h", options: .backwards) else { continue }
            let off = output.range(of: "\u{1B}[?\(mode)l", options: .backwards)
            #expect(off.map { $0.lowerBound > on.lowerBound } == true, "mode \(mode) is left on")
        }
        if let hidden = output.range(of: "\u{1B}[?25l", options: .backwards) {
            let shown = output.range(of: "\u{1B}[?25h", options: .backwards)
            #expect(shown.map { $0.lowerBound > hidden.lowerBound } == true)
        }
    }

    @Test("only what changed is written")
    func changes() throws {
        let pty = try #require(Pty(width: 80, height: 24))
        let terminal = try open(pty)
        terminal.draw(frame(terminal.size, "one two three"))
        #expect(pty.output().contains("one two three"))
        terminal.draw(frame(terminal.size, "one two three"))
        #expect(pty.output() == "")
        terminal.draw(frame(terminal.size, "one TWO three"))
        let change = pty.output()
        #expect(change.contains("TWO") && !change.contains("three"))
        terminal.invalidate()
        terminal.draw(frame(terminal.size, "one TWO three"))
        #expect(pty.output().contains("three"))
        terminal.close()
    }

    @Test("a bar that moves by a row costs few bytes")
    func bytes() throws {
        let pty = try #require(Pty(width: 120, height: 40))
        let terminal = try open(pty)
        func table(_ cursor: Int) -> Frame {
            var frame = Frame(size: terminal.size, sheet: sheet)
            for y in 0..<38 {
                let style = StyleID(y == cursor ? 2 : 0)
                frame.fill(Rect(0, y, 120, 1), style)
                frame.put("critical  \(y)m  open   core    mad1-core-rtr\(y)", 1, y, style)
                frame.put("Port down: Te0/1/\(y) (fibre Coslada)", 60, y, style)
            }
            return frame
        }
        terminal.draw(table(10))
        _ = pty.output()
        terminal.draw(table(11))
        #expect(pty.output().utf8.count <= 320)
        terminal.close()
    }

    @Test("colours are as many as the terminal has, and none when none are wanted")
    func colors() throws {
        for (term, noColor, colors) in [
            ("xterm-256color", false, 256), ("linux", false, 8), ("vt100", false, 0),
            ("xterm-256color", true, 0),
        ] {
            let pty = try #require(Pty(width: 40, height: 5))
            let terminal = try open(pty, term, noColor: noColor)
            #expect(terminal.capabilities.colors == colors)
            terminal.draw(frame(terminal.size, "hello", 1))
            terminal.close()
            #expect(pty.output().contains("[38;5;203m") == (colors == 256))
        }
    }

    @Test("a terminal without UTF-8 gets nothing but ASCII")
    func ascii() throws {
        let pty = try #require(Pty(width: 40, height: 5))
        let terminal = try open(pty, locale: "C")
        #expect(!terminal.capabilities.unicode)
        terminal.draw(frame(terminal.size, "● año 中 … │"))
        terminal.close()
        let output = pty.output()
        #expect(output.contains("* ano ?  ~ |"))
        #expect(output.utf8.allSatisfy { $0 < 128 })
    }

    @Test("wide characters and marks keep the columns straight")
    func wide() throws {
        let pty = try #require(Pty(width: 40, height: 5))
        let terminal = try open(pty)
        terminal.draw(frame(terminal.size, "中e\u{301}文|"))
        #expect(pty.output().contains("中e\u{301}文|"))
        terminal.draw(frame(terminal.size, "a e\u{302}文|"))
        #expect(!pty.output().contains("文"))
        terminal.close()
    }

    @Test("keys, pastes and the end of the terminal come as inputs")
    func inputs() throws {
        let pty = try #require(Pty(width: 40, height: 5))
        let terminal = try open(pty)
        terminal.draw(frame(terminal.size, ""))
        pty.type("j\u{1B}OA\u{1B}[1;5C\u{1B}[15~ñ\u{1B}[200~a\rb\u{1B}[201~\u{1B}x\u{1B}[<0;3;2M\r")
        let keys = ["j", "Up", "ctrl-Right", "F5", "ñ"].compactMap(Key.init).map(Input.key)
        #expect(
            inputs(8, of: terminal, pty) == keys + [
                .paste("a\nb"), .key(Key(.character("x"), .alt)), .mouse(.click, x: 2, y: 1),
                .key(.named(.enter)),
            ])
        #expect(terminal.input().isEmpty)
        terminal.close()
    }

    @Test("a new size is drawn once, all of it")
    func resize() throws {
        let pty = try #require(Pty(width: 40, height: 5))
        let terminal = try open(pty)
        terminal.draw(frame(terminal.size, "hello"))
        _ = pty.output()
        #expect(!terminal.measure())
        pty.resize(width: 60, height: 8)
        #expect(terminal.measure())
        #expect(terminal.size == Size(60, 8))
        terminal.draw(frame(terminal.size, "hello"))
        #expect(pty.output().count(of: "hello") == 1)
        #expect(terminal.input().isEmpty)
        terminal.draw(frame(terminal.size, "hello"))
        #expect(pty.output() == "")
        terminal.close()
    }

    @Test("what is emitted comes behind the frame drawn before it")
    func emitted() throws {
        let pty = try #require(Pty(width: 40, height: 5))
        let terminal = try open(pty)
        terminal.draw(frame(terminal.size, "first"))
        terminal.emit(Array("\u{7}".utf8))
        terminal.draw(frame(terminal.size, "other"))
        let output = pty.output()
        let first = try #require(output.range(of: "first")?.lowerBound)
        let bell = try #require(output.firstIndex(of: "\u{7}"))
        let other = try #require(output.range(of: "other")?.lowerBound)
        #expect(first < bell && bell < other)
        terminal.close()
    }

    @Test("a frame of another size than the terminal's is drawn as far as it fits")
    func otherSize() throws {
        let pty = try #require(Pty(width: 20, height: 5))
        let terminal = try open(pty)
        terminal.draw(frame(Size(200, 60), "large"))
        terminal.draw(frame(Size(3, 1), "small"))
        terminal.draw(frame(Size(0, 0), ""))
        #expect(pty.output().contains("large"))
        terminal.close()
    }

    @Test("a line that was stopped blocks nobody, and gets the newest frame when it runs again")
    func stopped() throws {
        let pty = try #require(Pty(width: 20, height: 5))
        let terminal = try open(pty)
        terminal.draw(frame(terminal.size, "first"))
        pty.stop()
        terminal.draw(frame(terminal.size, "second"))
        #expect(terminal.isBehind)
        terminal.draw(frame(terminal.size, "third"))
        pty.go()
        terminal.draw(frame(terminal.size, "newest"))
        #expect(!terminal.isBehind)
        let output = pty.output()
        #expect(output.contains("newest") && !output.contains("third"))
        terminal.close()
    }

    @Test("Ctrl-S and Ctrl-Q are keys and stop nothing")
    func flowControl() throws {
        let pty = try #require(Pty(width: 20, height: 5))
        let before = pty.modes
        let terminal = try open(pty)
        pty.type("\u{13}")
        terminal.draw(frame(terminal.size, "goes on"))
        #expect(pty.output().contains("goes on"))
        pty.type("\u{11}")
        #expect(inputs(2, of: terminal, pty) == [.key(.control("s")), .key(.control("q"))])
        terminal.suspend()
        #expect(pty.modes == before)
        terminal.resume()
        pty.type("\u{13}")
        terminal.draw(frame(terminal.size, "still"))
        #expect(pty.output().contains("still"))
        terminal.close()
        #expect(pty.modes == before)
    }

    @Test("Esc is decided by time alone")
    func escape() throws {
        let pty = try #require(Pty(width: 20, height: 5))
        let terminal = try open(pty)
        #expect(terminal.secondsUntilDecided == .infinity)
        pty.type("\u{1B}")
        _ = clinux_wait([pty.program], 1, -1)
        #expect(terminal.input() == [])
        #expect(terminal.secondsUntilDecided <= 0.025)
        while terminal.secondsUntilDecided > 0 { _ = clinux_wait(nil, 0, 1_000_000) }
        #expect(terminal.input() == [.key(.named(.escape))])
        #expect(terminal.secondsUntilDecided == .infinity)
        terminal.close()
    }

    @Test(
        "keys are what the terminal's own description says",
        arguments: [
            ("linux", "\u{1B}[[A \u{1B}[25~ \u{1B}\t", ["F1", "F13", "shift-Tab"]),
            ("vt100", "\u{1B}OP \u{1B}OA \u{8}", ["F1", "Up", "Backspace"]),
            ("screen-256color", "\u{1B}OP \u{1B}[1~ \u{1B}[24~", ["F1", "Home", "F12"]),
            (
                "rxvt", "\u{1B}[7~ \u{1B}[5$ \u{1B}Oa \u{1B}[a \u{1B}[23$",
                ["Home", "shift-PgUp", "ctrl-Up", "shift-Up", "F21"]
            ),
            ("xterm-256color", "\u{1B}OH \u{1B}[1;2P \u{1B}[1;6D", ["Home", "shift-F1", "ctrl-shift-Left"]),
        ])
    func descriptions(_ term: String, _ text: String, _ spellings: [String]) throws {
        let pty = try #require(Pty(width: 40, height: 5))
        let terminal = try open(pty, term)
        pty.type(text)
        let expected = spellings.map { Key($0).map(Input.key) }
        let came = inputs(2 * expected.count - 1, of: terminal, pty)
        #expect(came.filter { $0 != .key(.character(" ")) } == expected)
        terminal.close()
    }

    @Test("a stopped line runs again when it is given back")
    func stoppedAtTheEnd() throws {
        let pty = try #require(Pty(width: 20, height: 5))
        let before = pty.modes
        let terminal = try open(pty)
        terminal.draw(frame(terminal.size, "first"))
        pty.stop()
        terminal.draw(frame(terminal.size, "other"))
        terminal.close()
        #expect(pty.output().contains("\u{1B}[?1049l"))
        #expect(pty.modes == before)
    }

    @Test("a frame larger than the line takes at once gets there whole")
    func large() throws {
        let pty = try #require(Pty(width: 500, height: 200))
        let terminal = try open(pty)
        var frame = Frame(size: terminal.size, sheet: sheet)
        for y in 0..<200 { frame.put(String(repeating: "row \(y) 中 ", count: 60), 0, y, StyleID(y % 3)) }
        terminal.draw(frame)
        #expect(terminal.isBehind)
        var output = ""
        while terminal.isBehind {
            output += pty.output()
            terminal.draw(frame)
        }
        output += pty.output()
        #expect(output.contains("row 0 ") && output.contains("row 199 "))
        terminal.close()
    }

    private func picture(_ size: Size, on terminal: CursesTerminal, _ pixel: UInt32) throws -> Frame {
        let pixels = (0..<16).map { $0 < 12 ? 0xFFFFFF : pixel }
        let image = try #require(PixelImage(width: 4, height: 4, pixels: pixels))
        var frame = self.frame(size, "text", 1)
        frame.draw(Mosaic(image, Size(4, 2), on: terminal.capabilities), 0, 1)
        return frame
    }

    @Test(
        "a picture is drawn in the colours that a terminal has",
        arguments: [
            ("xterm-256color", "38;5;231", "48;5;124"), ("linux", "37", "41"), ("vt100", "@@@@", ""),
        ])
    func pictures(_ term: String, _ light: String, _ red: String) throws {
        let pty = try #require(Pty(width: 40, height: 5))
        let terminal = try open(pty, term)
        terminal.draw(try picture(terminal.size, on: terminal, 0xBF0000))
        terminal.close()
        let output = pty.output()
        #expect(output.contains(light) && (red.isEmpty || output.contains(red)), "\(output.debugDescription)")
    }

    @Test("a picture in other colours replaces one of the same shape")
    func otherPicture() throws {
        let pty = try #require(Pty(width: 40, height: 5))
        let terminal = try open(pty)
        terminal.draw(try picture(terminal.size, on: terminal, 0xFF0000))
        _ = pty.output()
        terminal.draw(try picture(terminal.size, on: terminal, 0x0000FF))
        #expect(pty.output().contains("48;5;21"))
        // The same again costs nothing.
        terminal.draw(try picture(terminal.size, on: terminal, 0x0000FF))
        #expect(!pty.output().contains("48;5"))
        terminal.close()
    }
}

extension String {
    func count(of part: String) -> Int {
        var count = 0
        var rest = self[...]
        while let range = rest.range(of: part) {
            count += 1
            rest = rest[range.upperBound...]
        }
        return count
    }
}
