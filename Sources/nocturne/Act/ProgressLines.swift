import Synchronization

/// How far a command is, line by line, for whoever waits for it.
///
/// A terminal gets whatever is new; a file or a pipe gets a line where something else than a number changed.
final class ProgressLines: Sendable {
    private let isTerminal: Bool
    private let write: @Sendable (String) -> Void
    private let last = Mutex("")

    /// - Parameter write: takes a line.
    init(isTerminal: Bool, write: @escaping @Sendable (String) -> Void) {
        self.isTerminal = isTerminal
        self.write = write
    }

    /// Tells how far it is, where that is news.
    func report(_ words: String) {
        let news = isTerminal ? words : words.filter { !$0.isNumber }
        let isNew = last.withLock { last in
            defer { last = news }
            return last != news
        }
        if isNew { write(words) }
    }
}
