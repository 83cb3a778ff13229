public import Domain

/// What the equipment behind an opened entity itself was asked, and what it said.
public struct LiveQuestion: Sendable, Equatable {
    /// Counts questions, so that the answer to one that was given up is dropped.
    private(set) var number = 0
    /// When it was asked; nil while nothing is being asked.
    public private(set) var askedAt: Instant?
    /// How far it is, in words.
    public private(set) var words = ""
    /// What it said last.
    public private(set) var sections: [Detail.Section] = []
    /// When it said that; nil while it said nothing.
    public private(set) var answeredAt: Instant?
    /// Why there is no newer answer, in words.
    public private(set) var problem: String?

    /// Whether it is being asked.
    public var isAsking: Bool { askedAt != nil }

    /// It is asked; what was said before stays until it answers.
    mutating func ask(_ number: Int, _ words: String, now: Instant) {
        self.number = number
        self.words = words
        askedAt = now
        problem = nil
    }

    /// It says how far it is.
    mutating func progress(_ words: String) { self.words = words }

    /// Nobody waits for the answer any more.
    mutating func cancel() {
        askedAt = nil
        problem = "given up before there was an answer"
    }

    /// It has answered, or failed to.
    mutating func answered(_ result: Result<[Detail.Section], BackendError>, now: Instant) {
        askedAt = nil
        switch result {
        case .success(let sections):
            self.sections = sections
            answeredAt = now
            problem = nil
        case .failure(let error): problem = error.words
        }
    }
}
