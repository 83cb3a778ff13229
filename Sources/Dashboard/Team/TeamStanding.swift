/// How this process stands to the team that it shares its reads with.
public enum TeamStanding: Sendable, Hashable {
    /// It tries for the first time.
    case joining
    /// What one reads, all have.
    case joined
    /// It takes what others read, and shares nothing itself.
    case listening
    /// The team can't be reached, and it reads by itself; the words say why.
    case alone(String)

    /// The word for the header; nil where nothing has to be said.
    package var word: String? { if case .alone = self { "alone" } else { nil } }

    /// All that is to be said, for the page of backends.
    var words: String {
        switch self {
        case .joining: "joining"
        case .joined: "joined: what is shared is asked once for all"
        case .listening: "joined: it takes what others read, and may not share what it reads"
        case .alone(let why): "alone, asking the servers itself: \(why)"
        }
    }
}
