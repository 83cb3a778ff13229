/// Proof that a command is on disk in the audit log; without one nothing is sent.
///
/// Only the `Audit` target may mint receipts (the import check holds it to that): after the record of the
/// command was written and synced.
public struct AuditReceipt: Sendable, Hashable {
    /// The record's number in the audit log.
    public let record: String
    /// The index of the step within the record's plan that this receipt is good for.
    public let step: Int

    /// Mints a receipt; for the audit log alone.
    @_spi(AuditMint) public init(record: String, step: Int) {
        self.record = record
        self.step = step
    }
}
