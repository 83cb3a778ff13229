internal import AdapterKit
internal import Audit
internal import Dashboard
internal import Domain
internal import HTTP
internal import Synchronization

/// The plans that were prepared, each of which is sent once at most.
///
/// A plan is taken before anything else is done with it, so that of several calls at the same moment only one gets
/// it. Who took it gives it back where nothing was sent, or says what was. Safe from every task.
final class PlanStore: Sendable {
    /// Whose plan it is.
    struct Key: Hashable {
        var session: Int
        var backend: BackendID
    }

    /// A plan as the operator was shown it.
    struct Prepared {
        var plan: Plan
        var preview: PlanPreview
        /// The records of what was done a short time ago, as the operator was shown them.
        var repeats: Set<String>
        /// When the operator was shown it.
        var at: Timestamp
    }

    /// A plan that is being sent.
    struct Ticket {
        let prepared: Prepared
        fileprivate let key: Key
        fileprivate let number: Int
    }

    /// A plan that was sent, with the answers.
    struct Sent {
        var plan: Plan
        var admission: AuditAdmission
        var answers: [StepAnswer]
    }

    private enum Stage {
        case ready
        case taken
        case admitted(AuditAdmission)
        case answered(Sent)
    }

    private struct Place {
        let prepared: Prepared
        /// Tells a plan from one that was put in its place while it was being sent.
        let number: Int
        var stage = Stage.ready
    }

    private struct State {
        var places: [Key: Place] = [:]
        var count = 0
    }

    private let state = Mutex(State())

    /// Keeps a plan until it is taken; the one before it is dropped.
    func put(_ prepared: Prepared, at key: Key) {
        state.withLock { state in
            state.count += 1
            state.places[key] = Place(prepared: prepared, number: state.count)
        }
    }

    /// Takes a plan to be sent; nil where there is none, or where somebody took it.
    func take(_ key: Key) -> Ticket? {
        state.withLock { state in
            guard let place = state.places[key], case .ready = place.stage else { return nil }
            state.places[key]?.stage = .taken
            return Ticket(prepared: place.prepared, key: key, number: place.number)
        }
    }

    /// Puts a plan back of which nothing was sent.
    func giveBack(_ ticket: Ticket) { enter(.ready, ticket) }

    /// Keeps under which record a plan is being sent.
    func admit(_ ticket: Ticket, _ admission: AuditAdmission) { enter(.admitted(admission), ticket) }

    /// Keeps a plan that was sent with what came back for it.
    func keep(_ sent: Sent, of ticket: Ticket) { enter(.answered(sent), ticket) }

    private func enter(_ stage: Stage, _ ticket: Ticket) {
        state.withLock { state in
            guard state.places[ticket.key]?.number == ticket.number else { return }
            state.places[ticket.key]?.stage = stage
        }
    }

    /// The plan that was sent, once its answers are there; nil before.
    func sent(_ key: Key) -> Sent? {
        state.withLock { state in
            guard case .answered(let sent) = state.places[key]?.stage else { return nil }
            return sent
        }
    }

    /// The record under which a plan is being or was sent; nil before it was recorded.
    func record(_ key: Key) -> String? {
        state.withLock { state in
            switch state.places[key]?.stage {
            case .admitted(let admission): admission.record
            case .answered(let sent): sent.admission.record
            case .ready, .taken, nil: nil
            }
        }
    }

    /// Drops the plans of a session.
    func forget(_ session: Int) {
        state.withLock { state in state.places = state.places.filter { $0.key.session != session } }
    }
}
