internal import Domain

/// What is read from the disk, and may not come: a value, that it is waited for, or why it can't be read.
struct Reading<Value: Sendable & Equatable>: Sendable, Equatable {
    /// What was read last; nil before, and where that failed.
    var value: Value?
    /// Whether an answer is waited for.
    private(set) var isAsked = true
    /// Why it can't be read.
    private(set) var problem: String?

    /// Whether the value is all that there is now.
    var isKnown: Bool { value != nil && !isAsked && problem == nil }

    /// Waits for another answer.
    mutating func ask() {
        isAsked = true
        problem = nil
    }

    /// Takes the answer; what was read before it failed stays.
    mutating func take(_ result: Result<Value, BackendError>) {
        isAsked = false
        switch result {
        case .success(let value):
            self.value = value
            problem = nil
        case .failure(let error): problem = error.words
        }
    }
}
