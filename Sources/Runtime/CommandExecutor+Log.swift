internal import AdapterKit
public import Audit
public import Dashboard
public import Domain

extension CommandExecutor {
    /// The newest records of the log and of the team, as the screen shows them; and why the team's were not read.
    func rows() async -> (Result<[AuditRow], BackendError>, unread: String?) {
        do throws(AuditError) {
            let (entries, missed) = try await recorded(limit: AuditRow.most)
            let rows = entries.map { entry in
                let backend = connections.first { $0.settings.name == entry.backend }?.settings.id
                var row = AuditRow(entry, backend: backend)
                row.isMine = entry.user == audit.user
                return row
            }
            return (.success(rows), missed)
        } catch {
            return (.failure(BackendError(.invalid, error.words)), nil)
        }
    }
}

extension CommandExecutor {
    /// How many of this operator's newest commands have no known outcome and are worth a look; none where the log can't
    /// be read, which the next command says.
    func unknownOutcomes() -> Int {
        let entries = try? audit.entries(limit: 1_000) { [user = audit.user] in $0.user == user }
        return entries?.count { $0.isOpen && !$0.command.isOwn } ?? 0
    }
}

extension AuditRow {
    /// One record as screens and handoffs show it.
    ///
    /// - Parameter backend: where the command was sent; nil when that is not configured any more.
    public init(_ entry: AuditEntry, backend: BackendID?) {
        let client = entry.client.map { " from \($0)" } ?? ""
        var lines = entry.requests.flatMap { request in
            ["\(request.method) \(request.url)"] + (request.body.map { ["  \($0)"] } ?? [])
        }
        if !entry.arguments.isEmpty {
            lines.append(entry.arguments.map { "\($0.key): \($0.value)" }.joined(separator: ", "))
        }
        if let finishedAt = entry.finishedAt {
            lines.append(
                "finished after \(Quantity.duration(max(0, finishedAt.seconds - entry.time.seconds)))")
        }
        self.init(
            id: entry.id, time: entry.time, who: "\(entry.user)@\(entry.host)\(client)",
            what: "\(entry.command) on \(entry.backend)",
            targets: entry.targets.map { "\($0.kind) \($0.id) \($0.name)" },
            results: entry.targets.compactMap { target in
                target.outcome.map { AuditRow.Result($0, "\(target.name): \(target.words)") }
            },
            lines: lines, isUnknown: entry.isUnknown && !entry.command.isOwn,
            isOpen: entry.isOpen && !entry.command.isOwn,
            undo: backend.flatMap { Self.undo(of: entry, $0) },
            entities: entry.targets.map {
                EntityName(backend: entry.backend, kind: ResourceKind(rawValue: $0.kind), id: $0.id)
            })
    }

    /// What puts a command back, for those of its targets that it may have happened to: what is so of the others is
    /// somebody else's doing.
    private static func undo(of entry: AuditEntry, _ backend: BackendID) -> Command? {
        guard let undo = entry.undo else { return nil }
        let untouched = Set(
            entry.targets.filter { $0.outcome == .failed || $0.outcome == .skipped }.map {
                "\($0.kind) \($0.id)"
            })
        let touched = undo.targets.filter { !untouched.contains("\($0.kind) \($0.id)") }
        // Where nothing happened at all, whoever asks for it is told so.
        let targets = touched.isEmpty ? undo.targets : touched
        return Command(
            undo.command, targets.map { EntityRef(backend, ResourceKind(rawValue: $0.kind), id: $0.id) },
            undo.arguments)
    }
}
