package import Domain
package import HTTP

/// What a server said to a step, and what that is worth against what is read afterwards.
package enum CommandAnswer: Equatable, Sendable {
    /// The API says that it did it, or that it will.
    case done
    /// The API itself refuses, in words; it may have done it all the same.
    case refused(String)
    /// The API itself refuses before it looks at what it was asked: it did nothing.
    case denied(String)
    /// It left, and no answer came, or one that leaves open what became of it: a page in HTML says as little.
    case lost(String)
    /// It was never sent.
    case notSent(String)

    /// What came back for an entity's last step.
    ///
    /// - Parameter judge: what an answer is worth by the manners of the API.
    package init(
        _ entity: EntityRef, in answers: [StepAnswer], judging judge: (Response) -> CommandAnswer
    ) {
        switch answers.last(where: { $0.entity == entity })?.result {
        case nil: self = .lost("no answer is known")
        case .failure(let error): self.init(error)
        case .success(let response): self = judge(response)
        }
    }

    /// What it means that no answer came: nothing left where there was no connection to leave by.
    private init(_ error: TransportError) {
        let words = BackendError(error).words
        switch error {
        case .refused, .unresolved, .unreachable, .untrusted,
            .timedOut(.resolving, _), .timedOut(.connecting, _), .timedOut(.handshake, _):
            self = .notSent(words)
        case .timedOut, .closed, .tooLarge, .redirected, .outcomeUnknown, .cancelled, .stopped, .proxy:
            self = .lost(words)
        }
    }

    /// Why the server did not simply say yes; nil when it did.
    package var reason: String? {
        switch self {
        case .done: nil
        case .refused(let words), .denied(let words), .lost(let words), .notSent(let words): words
        }
    }
}
