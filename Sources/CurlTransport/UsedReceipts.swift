import HTTP
import Synchronization

/// The receipts that a command has gone out with; each is good once.
///
/// It grows by one small entry for each command that the operator confirms.
final class UsedReceipts: Sendable {
    private let used = Mutex<Set<AuditReceipt>>([])

    /// Marks a receipt as used; false when it was.
    func use(_ receipt: AuditReceipt) -> Bool { used.withLock { $0.insert(receipt).inserted } }
}
