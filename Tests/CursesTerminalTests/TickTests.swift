import Canvas
import Testing

@testable import CursesTerminal

extension CursesTerminalTests {
    /// What an idle dashboard shows: a header with the time, and a table on a ground of another colour.
    private func idle(_ size: Size, seconds: Int, ages: [Int] = []) -> Frame {
        let sheet = StyleSheet([
            Style(
                foreground: Color(rgb: 0xD0D0D0, c256: 252, c16: 7),
                background: Color(rgb: 0x121212, c256: 233, c16: 0)),
            Style(
                foreground: Color(rgb: 0xD0D0D0, c256: 252, c16: 7),
                background: Color(rgb: 0x262626, c256: 235, c16: 8)),
        ])
        var frame = Frame(size: size, sheet: sheet)
        frame.fill(Rect(0, 0, size.width, 1), StyleID(1))
        frame.put("nocturne  core  edge", 0, 0, StyleID(1))
        let minutes = seconds / 60 % 60
        let second = seconds % 60
        frame.put(
            "12:\(minutes / 10)\(minutes % 10):\(second / 10)\(second % 10)", size.width - 9, 0, StyleID(1))
        for y in 1..<size.height { frame.put("row \(y) of the table", 0, y, StyleID(0)) }
        for (place, age) in ages.enumerated() {
            frame.put("\((seconds + age) % 60)s ", 14, 20 + place, StyleID(0))
        }
        return frame
    }

    private func bytes(ofMinute ages: [Int]) throws -> (bytes: Int, output: String) {
        let pty = try #require(Pty(width: 120, height: 40))
        let terminal = try CursesTerminal(
            TerminalEnvironment(term: "xterm-256color", wantsNoColor: false, locale: "C.UTF-8"),
            input: pty.program, output: pty.program)
        terminal.draw(idle(terminal.size, seconds: 0, ages: ages))
        _ = pty.output()
        var bytes = 0
        var output = ""
        for second in 1...60 {
            terminal.draw(idle(terminal.size, seconds: second, ages: ages))
            let tick = pty.output()
            bytes += tick.utf8.count
            output += tick
        }
        terminal.close()
        return (bytes, output)
    }

    @Test("a minute of a clock that ticks alone costs two to four bytes a tick")
    func clockAlone() throws {
        let (bytes, output) = try bytes(ofMinute: [])
        #expect(bytes <= 220, "\(bytes)")
        // Each digit was written: nothing is saved by leaving a second out.
        for digit in 1...9 { #expect(output.contains("\u{8}\(digit)")) }
    }

    @Test("a clock and an age far below, on another ground, are written without going there and back")
    func clockAndAge() throws {
        let (bytes, _) = try bytes(ofMinute: [5])
        #expect(bytes <= 60 * 26, "\(bytes)")
    }

    @Test("a clock and three ages one below the other cost a position and a colour once")
    func clockAndAges() throws {
        let (bytes, _) = try bytes(ofMinute: [5, 17, 33])
        #expect(bytes <= 60 * 40, "\(bytes)")
    }

    @Test("steps on a screen that was cleared meanwhile write everything once")
    func cleared() throws {
        let pty = try #require(Pty(width: 60, height: 30))
        let terminal = try CursesTerminal(
            TerminalEnvironment(term: "xterm-256color", wantsNoColor: false, locale: "C.UTF-8"),
            input: pty.program, output: pty.program)
        terminal.draw(idle(terminal.size, seconds: 0))
        terminal.draw(idle(terminal.size, seconds: 1))
        _ = pty.output()
        terminal.invalidate()
        terminal.draw(idle(terminal.size, seconds: 2, ages: [1, 2]))
        let output = pty.output()
        #expect(output.count(of: "nocturne") == 1 && output.contains("12:00:02"))
        #expect(output.count(of: "row 29 of") == 1)
        terminal.close()
    }

    @Test("whatever changes, little or much, the terminal shows the frame", arguments: 0..<8)
    func shown(seed: UInt64) throws {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
        func roll(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let size = Size(60, 20)
        let pty = try #require(Pty(width: size.width, height: size.height))
        let terminal = try CursesTerminal(
            TerminalEnvironment(term: "xterm-256color", wantsNoColor: false, locale: "C.UTF-8"),
            input: pty.program, output: pty.program)
        var glass = Glass(width: size.width, height: size.height)
        var lines = (0..<size.height).map { "row \($0) of \($0 * 7919 % 1_000)" }
        let sheet = StyleSheet(
            (0..<4).map { Style(background: Color(c256: UInt8(233 + $0), c16: UInt8($0))) })
        for step in 0..<150 {
            switch roll(12) {
            case 0: lines = Array(lines.dropFirst(1 + roll(3))) + ["new \(step)", "x", "y"]
            case 1: lines.insert("inserted \(step)", at: roll(size.height))
            case 2: lines[roll(size.height)] = String(repeating: "wide ", count: roll(12))
            case 3: terminal.invalidate()
            default:
                for _ in 0...roll(6) {
                    let y = roll(size.height)
                    var line = Array(lines[y].padding(to: 20))
                    line[roll(line.count)] = Character(String(roll(10)))
                    lines[y] = String(line)
                }
            }
            lines = Array(lines.prefix(size.height))
            while lines.count < size.height { lines.append("") }
            var frame = Frame(size: size, sheet: sheet)
            for (y, line) in lines.enumerated() {
                frame.fill(Rect(0, y, size.width, 1), StyleID(y % 4))
                frame.put(line, 0, y, StyleID(y % 4))
            }
            if roll(5) == 0 { frame.cursor = (roll(size.width), roll(size.height)) }
            terminal.draw(frame)
            glass.take(pty.output())
            let expected = lines.map { $0.padding(to: size.width) }
            #expect(glass.text == expected, "step \(step)")
            if glass.text != expected { break }
        }
        #expect(glass.unknown == [])
        terminal.close()
    }
}

extension String {
    fileprivate func padding(to width: Int) -> String {
        String(prefix(width)) + String(repeating: " ", count: max(0, width - count))
    }
}
