public import Domain

/// A message on the message line.
public struct Message: Sendable, Equatable {
    /// How it is meant.
    public enum Tone: Sendable, Equatable { case plain, good, bad }
    /// How it is meant.
    public var tone: Tone
    /// What it says.
    public var words: String
    /// When it goes away by itself; without a time it stays until the next key.
    public var until: Instant?
}

/// The message of now, and how long it stays.
struct MessageLife: Sendable {
    /// The message; nil where there is none.
    private(set) var current: Message?

    /// Shows a message in place of the one before.
    mutating func show(_ message: Message) { current = message }

    /// Shows none.
    mutating func clear() { current = nil }

    /// Takes a message away whose time is over.
    mutating func expire(_ now: Instant) {
        if let until = current?.until, until <= now { current = nil }
    }

    /// Takes a message away that stays until the next key.
    mutating func keyPressed() {
        if current?.until == nil { current = nil }
    }

    /// Lets the message go by itself, where nobody presses a key.
    mutating func limit(until: Instant) { current?.until = until }
}

extension State {
    /// Puts words on the message line: for a while, or until the next key where they must be seen.
    ///
    /// - Parameter isBrief: it says only what the operator did: it is seen at once, and then in the way.
    package mutating func showMessage(
        _ tone: Message.Tone, _ words: String, stays: Bool = false, isBrief: Bool = false
    ) {
        let waits = (tone == .bad || stays) && screen == nil
        let seconds = screen?.messageTime ?? (isBrief ? 2 : 8)
        messages.show(Message(tone: tone, words: words, until: waits ? nil : now + seconds))
    }
}
