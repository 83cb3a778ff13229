internal import CLinux
internal import Dashboard

/// A program that has the terminal in place of us, for a while.
///
/// Used on the main thread only.
struct Guest {
    let process: Int32
    /// What is said on its screen when it ended badly, before ours comes back; nil says nothing.
    var farewell: ((OwnEnding) -> String)?
    private let ended: (OwnEnding) -> Event?
    private let abandoned: () -> Void
    /// How it ended, while its last words wait for a key.
    private var ending: OwnEnding?
    private var isDismissed = false

    /// Describes a program that was started with the terminal.
    ///
    /// - Parameters:
    ///   - ended: what its end means.
    ///   - abandoned: removes what it leaves, because we end.
    init(
        process: Int32, ended: @escaping (OwnEnding) -> Event?, abandoned: @escaping () -> Void
    ) {
        self.process = process
        self.ended = ended
        self.abandoned = abandoned
    }

    /// What is to be done about a guest.
    enum Turn {
        case stays
        /// It was stopped, alone.
        case stopped
        /// The terminal is ours again.
        case gone(Event?)
    }

    /// Whether it ended, and its words stay until a key is pressed.
    var isWaitingForKey: Bool { ending != nil }

    /// Looks how far it is; never waits.
    mutating func look(_ keyboard: Int32) -> Turn {
        if let ending {
            guard isDismissed || Self.isPressed(keyboard) else { return .stays }
            return .gone(ended(ending))
        }
        switch Program.look(process) {
        case .runs: return .stays
        case .stopped: return .stopped
        case .ended(let ending):
            guard let farewell, !ending.isGood, keyboard >= 0 else { return .gone(ended(ending)) }
            self.ending = ending
            let words = Array("\r\n\(farewell(ending)); press Enter to return to nocturne ".utf8)
            _ = words.withUnsafeBytes { clinux_write(1, $0.baseAddress, $0.count) }
            return .stays
        }
    }

    /// Ctrl-C where its words wait for a key is one.
    mutating func interrupted() { isDismissed = ending != nil }

    /// Ends it and removes what it leaves, because we end.
    ///
    /// A shell may stand between: whatever that started would go on reading the terminal.
    func abandon() {
        if ending == nil { clinux_child_dismiss(process, 2_000_000_000) }
        if let ending { _ = ended(ending) }
        abandoned()
    }

    /// Whether a key was pressed, which is taken.
    private static func isPressed(_ keyboard: Int32) -> Bool {
        guard clinux_wait([keyboard], 1, 0) != 0 else { return false }
        var bytes = [UInt8](repeating: 0, count: 256)
        _ = clinux_read(keyboard, &bytes, bytes.count)
        return true
    }
}
