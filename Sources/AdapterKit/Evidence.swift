package import Domain

/// What reading shows of a command after it was sent, in words for the operator.
package enum Evidence: Equatable, Sendable {
    /// It is as wanted.
    case done(String)
    /// It is as before, or otherwise not as wanted.
    case not(String)
    /// Nothing shows it yet, and something may.
    case pending(String)
    /// Nothing that can be read would show whether it happened.
    case unseen(String)
    /// What was made or begun is known by its own number, and so is what became of it.
    case ended(Outcome.State, String)
    /// Nothing could be read.
    case unreadable(BackendError)
}

/// The one judgement of outcomes: what was read afterwards decides, and what nobody knows is unknown.
extension CommandAnswer {
    /// What is known of a command, from what the server said and what it shows.
    package func outcome(_ entity: EntityRef, _ evidence: Evidence) -> Outcome {
        let (state, words) = judged(evidence)
        return Outcome(entity, state, words)
    }

    private func judged(_ evidence: Evidence) -> (Outcome.State, String) {
        switch self {
        case .notSent(let reason): (.failed, "nothing was sent: \(reason)")
        case .denied(let reason): (.failed, Self.denial(reason, evidence))
        case .done: Self.afterYes(evidence)
        case .refused(let reason): Self.afterNo(reason, evidence)
        case .lost(let reason): Self.afterSilence(reason, evidence)
        }
    }

    /// It did not run, so that whatever is so now is somebody else's doing.
    private static func denial(_ reason: String, _ evidence: Evidence) -> String {
        switch evidence {
        case .done(let found): "\(reason); all the same it is now so: \(found)"
        case .not(let found), .pending(let found), .unseen(let found): joined(reason, found)
        case .ended, .unreadable: reason
        }
    }

    private static func afterYes(_ evidence: Evidence) -> (Outcome.State, String) {
        switch evidence {
        case .done(let found): (.verified, found)
        case .not(let found): (.failed, "the server said ok, but \(found)")
        case .pending(let found), .unseen(let found): (.accepted, joined("the server took it", found))
        case .ended(let state, let found): (state, found)
        case .unreadable(let error): (.accepted, "the server said ok; reading back failed: \(error.words)")
        }
    }

    private static func afterNo(_ reason: String, _ evidence: Evidence) -> (Outcome.State, String) {
        switch evidence {
        case .done(let found): (.verified, "\(found) (the server answered: \(reason))")
        case .not(let found), .pending(let found), .unseen(let found): (.failed, joined(reason, found))
        case .ended(let state, let found): (state, "\(found) (the server answered: \(reason))")
        case .unreadable(let error):
            (.unknown, "\(reason); what became of it can't be read: \(error.words)")
        }
    }

    private static func afterSilence(_ reason: String, _ evidence: Evidence) -> (Outcome.State, String) {
        switch evidence {
        case .done(let found): (.verified, "\(found) (\(reason))")
        case .not(let found), .pending(let found): (.unknown, "\(reason); so far \(found)")
        case .unseen(let found): (.unknown, joined(reason, found))
        case .ended(let state, let found): (state, "\(found) (\(reason))")
        case .unreadable(let error): (.unknown, "\(reason); reading back failed: \(error.words)")
        }
    }

    private static func joined(_ reason: String, _ found: String) -> String {
        found.isEmpty ? reason : "\(reason); \(found)"
    }

    /// Whether nothing that is read later would change the outcome.
    package func isSettled(by evidence: Evidence) -> Bool {
        switch self {
        case .notSent, .denied: return true
        case .done, .refused, .lost: break
        }
        switch evidence {
        case .done, .unseen, .ended: return true
        case .not, .pending:
            if case .refused = self { return true }
            return false
        case .unreadable(let error):
            switch error.kind {
            // Asked again, the server would say the same, or should not be asked.
            case .refused, .forbidden, .gated, .unsupported, .cancelled: return true
            default: return false
            }
        }
    }
}
