import CLinux
import Canvas
import CursesTerminal
import Dashboard
import Domain

/// The screen that is shown when nothing is configured.
enum Welcome {
    /// What to do instead.
    enum Choice { case demo, setUp, quit }

    private static let lines: [(key: String, words: String)] = [
        ("d", "try it: a simulated provider, nothing needed"),
        ("i", "set it up: name a first server"),
        ("q", "quit"),
    ]

    /// Draws it.
    ///
    /// - Parameter path: the configuration that would be read.
    static func frame(_ size: Size, _ theme: Theme, path: String) -> Frame {
        var frame = Frame(size: size, sheet: theme.sheet, style: Theme.style(.text))
        let width = min(max(0, size.width - 4), 64)
        let left = max(0, (size.width - width) / 2)
        let rows: [(text: String, role: Role)] =
            [
                ("nocturne", .textHeading), ("", .text),
                ("Nothing is configured yet. It would be read from", .text),
                (path, .textStrong), ("", .text),
            ] + lines.map { ("\($0.key)   \($0.words)", .text) }
        let top = max(0, (size.height - rows.count) / 2)
        for (number, row) in rows.enumerated() where top + number < size.height {
            let text = TextLayout.cut(row.text, to: width)
            frame.put(text, left, top + number, Theme.style(row.role), width: width)
            if number >= rows.count - lines.count {
                frame.put(
                    lines[number - rows.count + lines.count].key, left, top + number, Theme.style(.key),
                    width: 1)
            }
        }
        return frame
    }

    /// What an input chooses; nil for anything else.
    static func choice(_ input: Input) -> Choice? {
        switch input {
        case .end: return .quit
        case .key(let key):
            switch key {
            case .character("d"), .character("D"): return .demo
            case .character("i"), .character("I"): return .setUp
            case .character("q"), .character("Q"), .named(.escape): return .quit
            default: return nil
            }
        case .paste, .mouse: return nil
        }
    }

    /// Shows it until something is chosen; a signal that ends programs quits.
    static func run(on terminal: CursesTerminal, theme: Theme, path: String, signals: Int32) -> Choice {
        while true {
            terminal.draw(frame(terminal.size, theme, path: path))
            let descriptors: [Int32] = [0, signals]
            let wait = terminal.secondsUntilDecided
            _ = clinux_wait(descriptors, Int32(descriptors.count), wait.isFinite ? Int64(wait * 1e9) + 1 : -1)
            while case let signal = clinux_signals_next(signals), signal > 0 {
                switch clinux_signal(UInt32(signal)) {
                case clinux_hup, clinux_int, clinux_quit, clinux_term: return .quit
                case clinux_tstp:
                    terminal.suspend()
                    clinux_stop_self()
                    terminal.resume()
                case clinux_winch, clinux_cont:
                    terminal.invalidate()
                    _ = terminal.measure()
                default: break
                }
            }
            if let choice = terminal.input().lazy.compactMap(choice).first { return choice }
        }
    }
}
