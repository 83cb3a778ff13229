package import Domain
package import HTTP

/// What a server said to a step, and what that is worth against what is read afterwards.
package enum CommandAnswer: Equatable, Sendable {
    /// It says that it did it.
    case done
    /// It refused or failed, in words; it may have done it all the same.
    case refused(String)
    /// It left, and no answer came.
    case lost(String)
    /// It was never sent.
    case notSent(String)

    /// What came back for an entity's last step.
    ///
    /// - Parameter refusal: why an answer is none that the server did it, in words; nil when it is one.
    package init(
        _ entity: EntityRef, in answers: [StepAnswer], refusal: (Response) -> String?
    ) {
        switch answers.last(where: { $0.entity == entity })?.result {
        case nil: self = .lost("no answer is known")
        case .failure(let error):
            let words = BackendError(error).words
            if case .refused = error { self = .notSent(words) } else { self = .lost(words) }
        case .success(let response): self = refusal(response).map { .refused($0) } ?? .done
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
        case .lost where isAsWanted: Outcome(entity, .verified, "no answer came, but \(found)")
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
