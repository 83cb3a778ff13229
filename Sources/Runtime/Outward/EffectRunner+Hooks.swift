internal import AdapterKit
internal import Canvas
internal import Dashboard
internal import Domain
internal import Filter
internal import JSON
internal import Synchronization

/// The programs that are started for what happened: a few at once, the others after them.
struct HookQueue: Sendable {
    var running = 0
    var waiting: [(command: [String], transition: Transition)] = []
    /// How many were left out because too many wait.
    var dropped = 0
}

extension EffectRunner {
    private static let mostHooks = 4
    private static let mostWaitingHooks = 200
    /// Seconds that such a program may take.
    static let hookLimit = 30.0

    /// What happened to the alerts of a backend since all of them were known.
    ///
    /// The first complete answer is what later ones are compared with. What a partial one does not hold stays in
    /// the table, so that it neither clears nor brings anything back.
    func transitions(of id: BackendID, _ table: Table, _ completeness: Completeness) -> [Transition] {
        guard !integrations.alarms.isEmpty,
            connection(id)?.adapter.resources.first(where: { $0.kind == table.resource.kind })?.tally
                == .alerts
        else { return [] }
        let key = Key(backend: id, kind: table.resource.kind)
        let known = known.withLock { known -> Table? in
            let earlier = known[key]
            if earlier != nil || completeness == .complete { known[key] = table }
            return earlier
        }
        guard let known, known.resource == table.resource else { return [] }
        let context = FilterContext(now: clock.wall, backends: connections.map(\.settings.name))
        return Transition.all(from: known, to: table, rules: integrations.alarms, context: context)
    }

    /// Starts a program for something that happened, now or when others have ended.
    func runHook(_ command: [String], _ transition: Transition) {
        let mayStart = hooks.withLock { hooks -> Bool in
            if hooks.running < Self.mostHooks {
                hooks.running += 1
                return true
            }
            if hooks.waiting.count < Self.mostWaitingHooks {
                hooks.waiting.append((command, transition))
            } else {
                hooks.dropped += 1
            }
            return false
        }
        if mayStart { start { [self] in await hook(command, transition) } }
    }

    private func hook(_ command: [String], _ transition: Transition) async -> Event? {
        let name = command.first ?? ""
        var program = Program(arguments: command, withheld: integrations.withheld)
        program.variables = variables(transition)
        program.input = document(transition).bytes + [UInt8(ascii: "\n")]
        var problem: String?
        switch await program.run(limit: Self.hookLimit) {
        case .ended(0): break
        case .ended(let code): problem = "\(name) ended with \(code) for: \(transition.name)"
        case .failed(let words): problem = words
        case .running(let process):
            await Program.end(process)
            problem = "\(name) took longer than \(Int(Self.hookLimit)) s and was ended"
        }
        let (next, dropped) = hooks.withLock { hooks -> (([String], Transition)?, Int) in
            let dropped = hooks.dropped
            hooks.dropped = 0
            guard !hooks.waiting.isEmpty else {
                hooks.running -= 1
                return (nil, dropped)
            }
            let first = hooks.waiting.removeFirst()
            return ((first.command, first.transition), dropped)
        }
        if let next { start { [self] in await hook(next.0, next.1) } }
        if dropped > 0 {
            inbox.post(.noticed(.bad, "\(name) was not started for \(dropped) changes: too many at once"))
        }
        return .hookEnded(name, problem: problem)
    }

    private func document(_ transition: Transition) -> JSONTree {
        .object(
            [
                JSONTree.Member("event", .string(transition.event.rawValue)),
                JSONTree.Member("at", .string(clock.wall.iso8601)),
            ] + transition.row.members.map { JSONTree.Member($0.key, JSONTree($0.value)) })
    }

    private func variables(_ transition: Transition) -> [String] {
        let backend = connection(transition.backend)?.settings.name ?? ""
        let pairs = [
            ("EVENT", transition.event.rawValue), ("AT", clock.wall.iso8601), ("BACKEND", backend),
            ("KIND", transition.entity?.kind.rawValue ?? "backend"),
            ("ID", transition.entity?.id ?? backend), ("NAME", transition.name),
            ("SEVERITY", transition.severity.word),
        ]
        // A zero byte would end a variable early.
        return pairs.map { "NOCTURNE_\($0)=\(CleanText.oneLine($1))" }
    }
}
