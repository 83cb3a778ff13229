import Synchronization

/// What every command passes before it leaves; it can be sealed and never opened again.
///
/// One gate stands for the process (`CurlNetwork.gate`) and one for each backend (`CurlBackend.gate`). It is
/// asked when a command is handed over and once more when its connection stands, so sealing also holds back
/// what waits. Safe from every thread.
public final class CommandGate: Sendable {
    private let reason = Mutex<String?>(nil)

    /// An open gate.
    public init() {}

    /// Refuses every command from now on; the first reason stays.
    ///
    /// - Parameter reason: Why, in words for the operator: `the wallboard is read-only until a restart`.
    public func seal(because reason: String) {
        self.reason.withLock { $0 = $0 ?? reason }
    }

    /// Whether commands are refused.
    public var isSealed: Bool { refusal != nil }

    /// Why commands are refused; nil while the gate is open.
    public var refusal: String? { reason.withLock { $0 } }
}
