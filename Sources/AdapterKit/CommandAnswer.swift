package import Domain
package import HTTP

/// What a server said to a step, and what that is worth against what is read afterwards.
package enum CommandAnswer: Equatable, Sendable {
    /// It says that it did it.
    case done
    /// It refused, in words; it may have done it all the same.
    case refused(String)
    /// It left, and no answer came, or one that leaves open what became of it.
    case lost(String)
    /// It was never sent.
    case notSent(String)

    /// What came back for an entity's last step.
    ///
    /// - Parameters:
    ///   - isOpen: whether an answer leaves open what became of it.
    ///   - refusal: why an answer is none that the server did it, in words; nil when it is one.
    package init(
        _ entity: EntityRef, in answers: [StepAnswer],
        isOpen: (Response) -> Bool = \.leavesOpen, refusal: (Response) -> String?
    ) {
        switch answers.last(where: { $0.entity == entity })?.result {
        case nil: self = .lost("no answer is known")
        case .failure(let error):
            let words = BackendError(error).words
            if case .refused = error { self = .notSent(words) } else { self = .lost(words) }
        case .success(let response):
            let words = refusal(response)
            self = words.map { isOpen(response) ? .lost($0) : .refused($0) } ?? .done
        }
    }

    /// The outcome, given whether what is read now is as wanted.
    ///
    /// - Parameter found: the same in words.
    package func outcome(_ entity: EntityRef, isAsWanted: Bool, _ found: String) -> Outcome {
        switch self {
        case .notSent(let reason): Outcome(entity, .failed, "nothing was sent: \(reason)")
        case .done where isAsWanted: Outcome(entity, .verified, found)
        case .done: Outcome(entity, .failed, "the server said ok, but \(found)")
        case .refused(let reason) where isAsWanted:
            Outcome(entity, .verified, "the server answered with an error (\(reason)), but \(found)")
        case .refused(let reason): Outcome(entity, .failed, "\(reason); \(found)")
        case .lost(let reason) where isAsWanted:
            Outcome(entity, .verified, "\(found) (\(reason))")
        case .lost(let reason): Outcome(entity, .unknown, "\(reason); so far \(found)")
        }
    }

    /// The outcome when nothing could be read.
    package func outcome(_ entity: EntityRef, unreadable error: BackendError) -> Outcome {
        switch self {
        case .notSent(let reason): Outcome(entity, .failed, "nothing was sent: \(reason)")
        case .done: Outcome(entity, .accepted, "the server said ok; reading back failed: \(error.words)")
        case .refused(let reason):
            Outcome(entity, .unknown, "\(reason); what became of it can't be read: \(error.words)")
        case .lost(let reason): Outcome(entity, .unknown, "\(reason); reading back failed: \(error.words)")
        }
    }
}

extension Response {
    /// Whether it says nothing of what became of a command: a server that failed may have done it before, and one
    /// behind a proxy that gave up goes on with it.
    package var leavesOpen: Bool { (500...599).contains(status) && status != 501 }
}
