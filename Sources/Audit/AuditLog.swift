internal import CLinux
public import Domain
@_spi(AuditMint) public import HTTP
internal import JSON

/// The append-only record of commands, and the only one that mints receipts.
///
/// Every command is on disk before any of it is sent, and again with its result. It may be used from any task; it
/// waits for the disk, so never on the main thread.
public struct AuditLog: Sendable {
    /// The file.
    public let path: String
    let file: AuditFile
    let mode: Mode
    let identity: AuditIdentity
    /// Whose commands are recorded.
    public var user: String { identity.user }
    let now: @Sendable () -> Timestamp
    /// Hears that a line was written; waits for nothing.
    let written: @Sendable () -> Void

    /// What happens when the log can't be written.
    public enum Mode: String, Sendable, Hashable, CaseIterable {
        /// Commands are refused.
        case required
        /// Commands may be sent without a record.
        case bestEffort = "best-effort"
    }

    /// Whose log it is.
    public enum Access: Sendable, Hashable {
        /// One engineer's: made when it is not there, and refused when anybody else can read it.
        case own
        /// A team's: made by an administrator, readable and writable by a group.
        case shared
    }

    /// Makes a log; the file is touched by `check`, `begin` and `finish`.
    ///
    /// - Parameter written: hears that a line is on disk, to be delivered elsewhere as well; it must not wait.
    public init(
        path: String, access: Access = .own, mode: Mode = .required, identity: AuditIdentity,
        written: @escaping @Sendable () -> Void = {}, now: @escaping @Sendable () -> Timestamp
    ) {
        self.written = written
        self.path = path
        self.mode = mode
        self.identity = identity
        self.now = now
        file = AuditFile(path: path, access: access)
    }

    /// Why commands would not be recorded now; nil when they would be.
    public func check() -> AuditError? {
        do throws(AuditError) {
            try file.check()
            return nil
        } catch { return error }
    }

    /// Records a command that is about to be sent, and mints a receipt for each of its requests.
    ///
    /// - Throws: when it can't be recorded and the mode requires it; nothing may be sent then.
    public func begin(_ intent: AuditIntent) throws(AuditError) -> AuditAdmission {
        let id = Self.newID()
        var members: [JSONTree.Member] = [
            .init("record", "command"),
            .init("id", .string(id)),
            .init("time", .string(AuditTime.text(now()))),
            .init("user", .string(identity.user)),
            .init("host", .string(identity.host)),
            .init("client", identity.client.map { .string($0) } ?? .null),
            .init("process", .integer(Int64(identity.process))),
        ]
        members += intent.members
        var remark: AuditError?
        do throws(AuditError) {
            try append(JSONTree.object(members).bytes)
        } catch {
            guard mode == .bestEffort else { throw error }
            remark = error
        }
        let record = remark == nil ? id : "unrecorded-\(id)"
        return AuditAdmission(
            record: record,
            receipts: intent.preview.requests.indices.map { AuditReceipt(record: record, step: $0) },
            remark: remark)
    }

    /// Records that a step is sent once more, because the server refused it without carrying it out, and mints the
    /// receipt for that.
    ///
    /// - Throws: when it can't be recorded and the mode requires it; nothing may be sent then.
    public func again(
        _ admission: AuditAdmission, after receipt: AuditReceipt, because words: String
    ) throws(AuditError) -> AuditReceipt {
        let next = AuditReceipt(record: receipt.record, step: receipt.step, attempt: receipt.attempt + 1)
        let line: JSONTree = [
            "record": "again",
            "id": .string(admission.record),
            "time": .string(AuditTime.text(now())),
            "step": .integer(Int64(next.step)),
            "attempt": .integer(Int64(next.attempt)),
            "because": .string(words),
        ]
        do throws(AuditError) {
            try append(line.bytes)
        } catch {
            guard mode == .bestEffort else { throw error }
        }
        return next
    }

    /// Records what became of a command.
    ///
    /// - Returns: why it could not be recorded, for the operator to see; the command was sent either way.
    public func finish(_ admission: AuditAdmission, _ outcomes: [Outcome]) -> AuditError? {
        guard admission.remark == nil else { return admission.remark }
        return conclude(admission.record, outcomes)
    }

    /// Records what a later look found out about a command whose outcome was unknown.
    public func conclude(_ record: String, _ outcomes: [Outcome]) -> AuditError? {
        let line: JSONTree = [
            "record": "result",
            "id": .string(record),
            "time": .string(AuditTime.text(now())),
            "outcomes": .array(
                outcomes.map { outcome in
                    var members: [JSONTree.Member] = [
                        .init("kind", .string(outcome.entity.kind.rawValue)),
                        .init("id", .string(outcome.entity.id)),
                        .init("state", .string(outcome.state.rawValue)),
                        .init("words", .string(outcome.words)),
                    ]
                    if outcome.state == .unknown, outcome.isSettled {
                        members.append(.init("settled", .bool(true)))
                    }
                    return .object(members)
                }),
        ]
        do throws(AuditError) {
            try append(line.bytes)
            return nil
        } catch { return error }
    }

    private func append(_ line: [UInt8]) throws(AuditError) {
        try file.append(line)
        written()
    }

    private static func newID() -> String {
        var number: UInt64 = 0
        if withUnsafeMutableBytes(of: &number, { clinux_random($0.baseAddress, $0.count) }) < 0 {
            number = .random(in: .min ... .max)
        }
        let text = String(number, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}

/// The leave to send one command.
public struct AuditAdmission: Sendable, Hashable {
    /// The record's number in the log.
    public let record: String
    /// A receipt for each request of the plan, in order.
    public let receipts: [AuditReceipt]
    /// Why the command is not in the log, where the mode allows that; nil when it is.
    public let remark: AuditError?

    /// Whether the command is on disk.
    public var isRecorded: Bool { remark == nil }
}
