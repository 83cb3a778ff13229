/// Something for the terminal that draws nothing, to be written between two frames.
public enum Transmission: Sendable, Hashable {
    /// Text for the clipboard, in Base64.
    case clipboard(base64: String)
    /// A notification of the desktop.
    case notification(title: String, body: String, NotificationForm)
    /// The bell.
    case bell

    /// The bytes that a terminal understands; none where it would print them.
    public func bytes(for terminal: Capabilities) -> [UInt8] {
        switch self {
        case .bell: return [0x07]
        case .clipboard(let base64):
            guard terminal.clipboard != .absent else { return [] }
            let sequence = Array("\u{1B}]52;c;\(base64)\u{07}".utf8)
            let passed = terminal.multiplexer.passing(sequence)
            // tmux may be told to take the clipboard itself, or to hand it on: whoever does not want it drops it.
            return terminal.multiplexer == .tmux ? sequence + passed : passed
        case .notification(let title, let body, let form):
            guard terminal.takesStrings else { return [] }
            let title = Self.clean(title, atMost: 60)
            let body = Self.clean(body, atMost: 200)
            let sequence =
                switch form.resolved(for: terminal) {
                // A title in front keeps a text that begins with a number from being another command.
                case .osc9, .automatic: "\u{1B}]9;\(title): \(body)\u{07}"
                // The semicolon ends the title.
                case .osc777: "\u{1B}]777;notify;\(title.replacing(";", with: ","));\(body)\u{07}"
                }
            return terminal.multiplexer.passing(Array(sequence.utf8))
        }
    }

    private static func clean(_ text: String, atMost length: Int) -> String {
        String(CleanText.oneLine(text).prefix(length))
    }
}

/// How a notification is sent to a terminal.
public enum NotificationForm: String, Sendable, Hashable, CaseIterable {
    /// As the terminal's name suggests.
    case automatic = "auto"
    /// `OSC 9`, as iTerm2, kitty, WezTerm and Windows' terminals have it.
    case osc9
    /// `OSC 777`, as rxvt, foot and those of GNOME have it.
    case osc777

    func resolved(for terminal: Capabilities) -> NotificationForm {
        guard self == .automatic else { return self }
        let others = ["rxvt", "foot", "gnome", "vte"]
        return others.contains { terminal.name.hasPrefix($0) } ? .osc777 : .osc9
    }
}

extension Capabilities {
    /// Whether a terminal has a clipboard that programs can fill.
    public enum Clipboard: Sendable, Hashable {
        /// It has, and takes it unless its owner forbade it.
        case certain
        /// It may have: most need a setting, and what stands between may need one too.
        case possible
        /// It has none.
        case absent
    }

    /// What is known of the clipboard from the terminal's name.
    public var clipboard: Clipboard {
        guard takesStrings else { return .absent }
        guard multiplexer == .none else { return .possible }
        let certain = [
            "kitty", "xterm-kitty", "alacritty", "foot", "wezterm", "ghostty", "xterm-ghostty", "contour",
        ]
        return certain.contains { name.hasPrefix($0) } ? .certain : .possible
    }

    /// Whether it reads an operating system command to its end: consoles and old terminals print it.
    var takesStrings: Bool {
        let others = ["linux", "vt", "ansi", "dumb", "cons", "pc", "sun", "wy"]
        return !name.isEmpty && !others.contains { name.hasPrefix($0) && !name.hasPrefix("vte") }
    }
}
