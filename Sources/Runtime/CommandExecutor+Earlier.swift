internal import AdapterKit
public import Audit
internal import Dashboard
internal import Domain

/// What was done before, by this operator's screens and by the team's.
///
/// The local log is always asked. The team's record is asked for a second at most, and what is decided without it says
/// so.
extension CommandExecutor {
    /// Seconds that the team's record may take where a command waits for it, and where a page does.
    private static let patience = 1.0
    private static let pagePatience = 3.0

    /// Some commands of the team's record, with their backends under the names that they have here.
    ///
    /// - Returns: why it was not read, instead; nothing of both without a team.
    private func shared(
        _ wanted: SharedCommands, within seconds: Double
    ) async -> (entries: [AuditEntry], missed: String?) {
        guard let team else { return ([], nil) }
        switch await team.read(wanted, within: seconds) {
        case .success(let lines): return (audit.entries(of: lines).map { named($0, isShared: true) }, nil)
        case .failure(let absence): return ([], absence.words)
        }
    }

    /// A command as if it had been sent from here, to a backend that may send where several have its server.
    private func named(_ entry: AuditEntry, isShared: Bool) -> AuditEntry {
        let mayNot = connections.filter { $0.commander == nil }
        let all = connections.filter { $0.commander != nil } + mayNot
        return entry.named(by: all.map { ($0.settings.name, $0.server) }, isShared: isShared)
    }

    /// Whether a command, under the name that it has here, went to the server of a connection, whatever the name.
    private func isSame(_ entry: AuditEntry, _ connection: Connection) -> Bool {
        let here = entry.server.isEmpty ? server(of: entry.backend) : entry.server
        // A server that moved is still the one that has its name.
        guard !here.isEmpty, !connection.server.isEmpty, connections.contains(where: { $0.server == here })
        else { return entry.backend == connection.settings.name }
        return here == connection.server
    }

    private func server(of name: String) -> String {
        connections.first { $0.settings.name == name }?.server ?? ""
    }

    /// Whether a command did something to an entity of a connection's server, or may have.
    private func mayHaveDone(
        _ entry: AuditEntry, _ kind: CommandKind, _ entity: EntityRef, at connection: Connection
    ) -> Bool {
        entry.mayHaveDone(kind, entity: entity) && isSame(entry, connection)
    }

    /// The newest commands of the local log and of the team, and why the team's were not read.
    func recorded(
        limit: Int, since earliest: Timestamp? = nil
    ) async throws(AuditError) -> (entries: [AuditEntry], missed: String?) {
        let own = try audit.entries(limit: limit, since: earliest).map { named($0, isShared: false) }
        var wanted = SharedCommands(limit: limit)
        wanted.age = earliest.map { Double(clock.wall.seconds - $0.seconds) }
        let (shared, missed) = await shared(wanted, within: Self.pagePatience)
        return (Array(AuditLog.merged(own, shared).prefix(limit)), missed)
    }

    /// A command by the number of its record.
    func entry(of id: String) async -> AuditEntry? {
        if let own = try? audit.entries(limit: 1, where: { $0.id == id }).first {
            return named(own, isShared: false)
        }
        var wanted = SharedCommands(limit: 1)
        wanted.record = id
        return await shared(wanted, within: Self.patience).entries.first
    }

    /// When the same was last done to the first target, by whom, and how it ended.
    ///
    /// - Parameter missed: why the team's record could not be read a moment ago; it is not asked again then.
    func lastDone(_ command: Command, _ connection: Connection, _ missed: String?) async -> String? {
        guard let target = command.targets.first else { return nil }
        func isWanted(_ entry: AuditEntry) -> Bool {
            mayHaveDone(entry, command.kind, target, at: connection)
        }
        var last = try? audit.entries(limit: 1) { isWanted(named($0, isShared: false)) }.first
        var missed = missed
        if missed == nil, !connection.server.isEmpty {
            var wanted = SharedCommands(limit: 10)
            (wanted.server, wanted.command, wanted.entities) = (connection.server, command.kind, [target])
            let found = await shared(wanted, within: Self.patience)
            missed = found.missed
            last = AuditLog.guarded([last].compactMap(\.self), found.entries).first(where: isWanted)
        }
        let words = last.map { self.words($0, target) }
        guard let missed else { return words }
        return "\(words ?? "not known here") (the team's record was not read: \(missed))"
    }

    private func words(_ entry: AuditEntry, _ entity: EntityRef) -> String {
        let age = Quantity.age(max(0, clock.wall.seconds - entry.time.seconds))
        let outcome = entry.target(kind: entity.kind, id: entity.id)?.outcome
        return "\(age) ago by \(entry.user)@\(entry.host), \(outcome?.rawValue ?? "still running")"
    }

    /// What was done to an entity, and when.
    struct Earlier {
        var again: Repeat
        var time: Timestamp
    }

    /// What a plan would do once more to entities it was done to within the command's guard, by anybody of the team.
    func repeats(_ plan: Plan, at connection: Connection) async -> (found: [Earlier], missed: String?) {
        let kind = plan.command.kind
        guard let window = connection.adapter.commands.first(where: { $0.kind == kind })?.guardWindow,
            !plan.steps.isEmpty
        else { return ([], nil) }
        let since = Timestamp(clock.wall.seconds - Int64(window.rounded(.up)))
        let own = (try? audit.entries(since: since) { $0.command == kind }) ?? []
        var recent = own.map { named($0, isShared: false) }
        var missed: String?
        if !connection.server.isEmpty {
            var wanted = SharedCommands(limit: 200, age: window)
            (wanted.server, wanted.command) = (connection.server, kind)
            wanted.entities = plan.steps.map(\.entity)
            let found = await shared(wanted, within: Self.patience)
            missed = found.missed
            recent = AuditLog.guarded(recent, found.entries)
        }
        let repeats = plan.steps.compactMap { step in
            recent.first { mayHaveDone($0, kind, step.entity, at: connection) }.map {
                Earlier(
                    again: Repeat(step.entity, name: step.name, words: words($0, step.entity), record: $0.id),
                    time: $0.time)
            }
        }
        return (repeats, missed)
    }
}

extension AuditEntry {
    /// The command under the name that a configuration has for its server: another screen may have other names for the
    /// same server, and for another server the same.
    ///
    /// - Parameters:
    ///   - backends: the configured ones, each with where its server is; the first of a server is taken where none of
    ///     the command's own name has it.
    ///   - isShared: whether another screen may have recorded it.
    public func named(by backends: [(name: String, server: String)], isShared: Bool) -> AuditEntry {
        var entry = self
        guard !server.isEmpty || isShared else { return entry }
        if !server.isEmpty, backends.contains(where: { $0.name == backend && $0.server == server }) {
            return entry
        }
        if !server.isEmpty, let here = backends.first(where: { $0.server == server }) {
            entry.backend = here.name
        } else if isShared, backends.contains(where: { $0.name == backend }) {
            entry.backend += server.isEmpty ? " (another screen's)" : " (\(server))"
        }
        return entry
    }
}
