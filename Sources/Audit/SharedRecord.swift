public import Domain
internal import JSON

/// The record of commands that the screens of a team share beside their own logs.
///
/// It decides about nothing: a command is sent when it is in the local log, whether this can be reached or not.
public protocol SharedRecord: Sendable {
    /// Reads the lines of commands, for so many seconds at most.
    func read(
        _ wanted: SharedCommands, within seconds: Double
    ) async -> Result<[SharedLine], SharedRecordAbsence>
}

/// Which commands of a team are asked for.
public struct SharedCommands: Sendable, Hashable {
    /// So many at most, the newest.
    public var limit: Int
    /// Seconds that they may be old; nil for any age.
    public var age: Double?
    /// Where they were sent; empty for anywhere.
    public var server = ""
    /// What was done; nil for anything.
    public var command: CommandKind?
    /// To what; empty for anything.
    public var entities: [EntityRef] = []
    /// The number of a record; empty for all.
    public var record = ""

    /// Asks for the newest commands.
    public init(limit: Int, age: Double? = nil) {
        self.limit = limit
        self.age = age
    }
}

/// A line of the record.
public struct SharedLine: Sendable, Hashable {
    /// As it stands in the log of whoever wrote it.
    public var text: String
    /// Seconds since it was written: clocks of screens differ.
    public var age: Double
    /// Where the command was sent: a line of an earlier version does not say it itself.
    public var server: String

    /// Describes a line.
    public init(_ text: String, age: Double, server: String = "") {
        self.text = text
        self.age = age
        self.server = server
    }
}

/// Why the record was not read.
public struct SharedRecordAbsence: Error, Sendable, Hashable {
    /// The reason, in words.
    public var words: String

    /// Gives a reason.
    public init(_ words: String) { self.words = words }
}

extension AuditLog {
    /// The commands of a team's record, in the order of its lines: the newest command first, its newest line first.
    public func entries(of lines: [SharedLine]) -> [AuditEntry] {
        var results: [String: AuditResult] = [:]
        var entries: [AuditEntry] = []
        let now = now()
        func moment(_ line: SharedLine) -> Timestamp {
            Timestamp(now.seconds - Int64(min(line.age, 1e11).rounded()))
        }
        for line in lines {
            guard let record = (try? JSONDocument(line.text))?.root, let id = record["id"]?.string else {
                continue
            }
            switch record["record"]?.string {
            case "result":
                var result = AuditResult(record)
                result.time = moment(line)
                results[id] = results[id].map { $0.filled(from: result) } ?? result
            case "command":
                guard var entry = AuditEntry(record, id: id) else { continue }
                entry.time = moment(line)
                if entry.server.isEmpty { entry.server = Cleaning.clean(line.server) }
                entry.settle(results.removeValue(forKey: id), isRunning: isRunning(entry, record))
                entries.append(entry)
            default: continue
            }
        }
        return entries
    }

    /// Commands of this log and of a team's record together, the newest first; each once, as whoever knows more of it
    /// says.
    public static func merged(_ own: [AuditEntry], _ shared: [AuditEntry]) -> [AuditEntry] {
        let known = Dictionary(own.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var all = shared.map { entry in known[entry.id].map { $0.knows(as: entry) ? $0 : entry } ?? entry }
        let met = Set(shared.map(\.id))
        all += own.filter { !met.contains($0.id) }
        // Those of one second keep their order.
        return all.enumerated().sorted {
            $0.element.time == $1.element.time ? $0.offset < $1.offset : $0.element.time > $1.element.time
        }.map(\.element)
    }

    /// The same for whoever asks what may have been done: what this log does not know to have failed is not taken to
    /// have failed because the team's record says so, where many may add what they like.
    public static func guarded(_ own: [AuditEntry], _ shared: [AuditEntry]) -> [AuditEntry] {
        let known = Dictionary(own.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return merged(own, shared).map { entry in
            guard let mine = known[entry.id], !entry.mayHaveDoneAll(of: mine) else { return entry }
            return mine
        }
    }
}

extension AuditEntry {
    /// Whether all that another reading of the same record may have done, may have been done by this one.
    fileprivate func mayHaveDoneAll(of other: AuditEntry) -> Bool {
        command == other.command && server == other.server
            && other.targets.allSatisfy { target in
                other.isLeft(target.outcome)
                    || targets.contains {
                        $0.kind == target.kind && $0.id == target.id && !isLeft($0.outcome)
                    }
            }
    }

    private func isLeft(_ outcome: Outcome.State?) -> Bool { outcome == .failed || outcome == .skipped }

    /// Whether it knows at least what another reading of the same record does.
    fileprivate func knows(as other: AuditEntry) -> Bool {
        func rank(_ entry: AuditEntry) -> (Int, Int) {
            (
                entry.state == .finished ? 1 : 0,
                entry.targets.count { $0.outcome != nil && $0.outcome != .unknown }
            )
        }
        return rank(self) >= rank(other)
    }
}
