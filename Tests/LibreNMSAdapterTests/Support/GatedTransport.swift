import HTTP
import Synchronization

/// A transport that holds some answers back until they are wanted.
final class GatedTransport: ReadTransport {
    private struct Gate {
        var isOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let transport: any ReadTransport
    private let isHeld: @Sendable (String) -> Bool
    private let gate = Mutex(Gate())

    /// - Parameter isHeld: whether the answer of a path waits.
    init(_ transport: any ReadTransport, _ isHeld: @escaping @Sendable (String) -> Bool) {
        self.transport = transport
        self.isHeld = isHeld
    }

    /// Lets everything through from now on.
    func open() {
        let waiting = gate.withLock { gate in
            gate.isOpen = true
            defer { gate.waiting = [] }
            return gate.waiting
        }
        for one in waiting { one.resume() }
    }

    func read(_ request: ReadRequest) async throws(TransportError) -> Response {
        if isHeld(request.template.path(request.parameters) ?? "") {
            await withCheckedContinuation { continuation in
                let isOpen = gate.withLock { gate in
                    if !gate.isOpen { gate.waiting.append(continuation) }
                    return gate.isOpen
                }
                if isOpen { continuation.resume() }
            }
        }
        return try await transport.read(request)
    }
}
