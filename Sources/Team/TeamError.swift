/// Why the team's store can't be used, in words that say what to do.
public struct TeamError: Error, Sendable, Hashable {
    /// What kind of trouble it is.
    public enum Kind: Sendable, Hashable {
        /// PostgreSQL's client library is not installed.
        case noLibrary
        /// Nothing answers, or not in time.
        case unavailable
        /// The database answers, and does not let us do what we want.
        case refused
        /// The database has no tables of nocturne, or those of another version.
        case schema
    }

    /// The kind.
    public let kind: Kind
    /// What is wrong, without an address's secrets.
    public let words: String
    /// The five letters of SQL for it; empty where the database said none.
    package let state: String

    package init(_ kind: Kind, _ words: String, state: String = "") {
        self.kind = kind
        self.words = words
        self.state = state
    }

    /// Whether the database will never take it, as a text that it can't hold: it must not hold up what follows.
    var isForGood: Bool { ["22", "23", "54"].contains { state.hasPrefix($0) } }

    /// Whether the connection goes on: the database answered, and that it would not.
    var isAnswer: Bool { !state.isEmpty }

    /// Whether the database would take nothing of that kind now, so that what was to be stored is not at fault.
    var isAboutAll: Bool {
        ["08", "25", "40", "42", "53", "55", "57", "58"].contains { state.hasPrefix($0) }
    }

    /// What the library or the server said, on one line, without what a terminal would obey.
    static func line(_ words: String) -> String {
        let first = words.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        let clean = first.unicodeScalars.map { $0.value < 32 || (127..<160).contains($0.value) ? " " : $0 }
        return String(String(String.UnicodeScalarView(clean)).prefix(200))
    }

    /// What became of a statement.
    static func answer(_ state: String, _ words: String) -> TeamError {
        let said = line(words.replacing("ERROR:  ", with: ""))
        switch state {
        case "53100": return TeamError(.refused, "the database's disk is full", state: state)
        case "25006": return TeamError(.refused, "the database is read-only", state: state)
        case "42501": return TeamError(.refused, "the database does not permit it: \(said)", state: state)
        case "57014": return TeamError(.unavailable, "the database answers too slowly", state: state)
        case "42P01", "3F000", "42703":
            return TeamError(
                .schema, "the database has no tables of nocturne, or older ones: run nocturne team init",
                state: state)
        default: return TeamError(.refused, "the database said: \(said)", state: state)
        }
    }
}
