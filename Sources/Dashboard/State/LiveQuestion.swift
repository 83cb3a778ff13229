public import Domain

/// What the equipment behind an opened entity itself was asked, and what it said.
public struct LiveQuestion: Sendable, Equatable {
    /// Counts questions, so that the answer to one that was given up is dropped.
    var number = 0
    /// When it was asked; nil while nothing is being asked.
    public internal(set) var askedAt: Instant?
    /// How far it is, in words.
    public internal(set) var words = ""
    /// What it said last.
    public internal(set) var sections: [Detail.Section] = []
    /// When it said that; nil while it said nothing.
    public internal(set) var answeredAt: Instant?
    /// Why there is no newer answer, in words.
    public internal(set) var problem: String?

    /// Whether it is being asked.
    public var isAsking: Bool { askedAt != nil }
}
