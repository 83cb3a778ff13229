internal import HTTP
internal import Synchronization

/// The one place that keeps a backend's transport for commands: everybody else asks for it, each time again.
///
/// It can be sealed and never opened again. What was handed to the transport before goes its way; nothing is handed
/// to it afterwards. Safe from every thread.
final class CommandChannel: Sendable {
    private struct State {
        var transport: (any CommandTransport)?
        var refusal: String?
    }

    private let state: Mutex<State>
    private let shut: @Sendable (String) -> Void

    /// Makes an outlet.
    ///
    /// - Parameters:
    ///   - transport: what commands leave by; nil in read-only.
    ///   - shut: closes what lies below too, so that what waits for a connection is held back; called once.
    init(_ transport: (any CommandTransport)?, shut: @escaping @Sendable (String) -> Void) {
        state = Mutex(State(transport: transport))
        self.shut = shut
    }

    /// What commands leave by; nil where there never was anything, and for good once it was sealed.
    var transport: (any CommandTransport)? { state.withLock { $0.transport } }

    /// Why it was sealed; nil while it was not.
    var refusal: String? { state.withLock { $0.refusal } }

    /// Drops the transport; the first reason stays.
    func seal(because reason: String) {
        let isFirst = state.withLock { state in
            guard state.refusal == nil else { return false }
            state = State(transport: nil, refusal: reason)
            return true
        }
        if isFirst { shut(reason) }
    }
}
