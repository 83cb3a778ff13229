/// Proof that a command is on disk in the audit log; without one nothing is sent.
///
/// Only the `Audit` target may mint receipts (the import check holds it to that): after the record of the
/// command was written and synced.
public struct AuditReceipt: Sendable, Hashable {
    /// The record's number in the audit log.
    public let record: String
    /// The index of the step within the record's plan that this receipt is good for.
    public let step: Int
    /// 0 for the first sending; more where the server refused one without having carried it out.
    public let attempt: Int

    /// Mints a receipt; for the audit log alone.
    @_spi(AuditMint) public init(record: String, step: Int, attempt: Int = 0) {
        self.record = record
        self.step = step
        self.attempt = attempt
    }
}
