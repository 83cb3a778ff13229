import AdapterKit
import Configuration
import Dashboard
import Domain
import Runtime

/// One command from the command line: found, read, planned, confirmed, recorded, sent once, verified.
///
/// The steps and the executor that does them are those of the dashboard.
struct Acting: Sendable {
    /// What is asked for.
    struct Order: Sendable {
        var kind: CommandKind
        /// Targets and answers, as they stand on the command line.
        var words: [String]
        /// The only kind of target that is meant; nil leaves it to the command.
        var targetKind: String?
        var yes = false
        var confirmed: [String] = []
        var again: [String] = []
        var isDryRun = false
    }

    /// A plan for one backend.
    struct Part: Sendable {
        let connection: Connection
        let command: Command
        let prepared: Prepared
    }

    /// A command whose plans are made.
    struct Ready: Sendable {
        let descriptor: CommandDescriptor
        let parts: [Part]
        let tier: Tier

        /// The entities that something will be sent for.
        var targets: [PlanPreview.Target] { parts.flatMap(\.prepared.preview.targets) }
        /// The entities that nothing has to be sent for.
        var excluded: [PlanPreview.Target] { parts.flatMap(\.prepared.preview.excluded) }
        /// What of it was done a short time ago.
        var repeats: [Repeat] { parts.flatMap(\.prepared.repeats) }
    }

    let network: Network
    let executor: CommandExecutor
    /// Fetches secrets that the form asks for.
    let secrets: SecretResolver
    /// Reads a secret from standard input.
    var readSecret: @Sendable () -> String? = { nil }

    private static let session = 1

    // MARK: Before anything is sent

    /// Finds the targets and makes the plans.
    func prepare(_ order: Order) async throws -> Ready {
        let (offering, silent) = await offering(order.kind)
        guard !offering.isEmpty else { throw none(offers: order.kind, silent) }
        let descriptors = offering.compactMap { $0.command(order.kind) }
        guard let descriptor = CommandDescriptor.joined(descriptors) else {
            throw none(offers: order.kind, silent)
        }
        let words = try ActWords(order.words, form: descriptor.form)
        let targets: [EntityRef]
        if descriptor.creates {
            targets = [try creation(descriptor, words, offering)]
        } else {
            if let (connection, error) = silent.first {
                throw Failure(
                    .backendFailed,
                    "\(connection.settings.name): \(error.words); nothing was sent "
                        + "(--backend leaves it out)")
            }
            targets = try await find(words, order, descriptor, offering)
        }
        var commands: [(Connection, Command)] = []
        for connection in offering {
            let mine = targets.filter { $0.backend == connection.settings.id }
            guard !mine.isEmpty, let own = connection.command(order.kind) else { continue }
            try permit(connection)
            commands.append(
                (connection, try await fill(Command(order.kind, mine), own, words, connection)))
        }
        return try await ready(descriptor, commands, targets: targets.count)
    }

    /// Makes the plans of commands that are filled in, one a backend.
    func ready(
        _ descriptor: CommandDescriptor, _ commands: [(Connection, Command)], targets: Int
    ) async throws -> Ready {
        var parts: [Part] = []
        for (connection, command) in commands {
            switch await executor.prepare(Self.session, connection.settings.id, command) {
            case .success(let prepared):
                parts.append(Part(connection: connection, command: command, prepared: prepared))
            case .failure(let error): throw Self.failure(error, at: connection)
            }
        }
        let tier = CommandPolicy.tier(
            [descriptor.tier] + parts.map(\.prepared.preview.tier), targets: targets,
            modes: parts.compactMap { plan(of: $0.connection)?.mode })
        let count = parts.map(\.prepared.preview.targets.count).reduce(0, +)
        if let words = CommandPolicy.objection(to: descriptor.kind, tier, targets: count) {
            throw Failure(.usage, "nothing was sent: \(words)")
        }
        return Ready(descriptor: descriptor, parts: parts, tier: tier)
    }

    /// The backends that offer a command, and those that did not say what they offer.
    private func offering(
        _ kind: CommandKind
    ) async -> (offering: [Connection], silent: [(Connection, BackendError)]) {
        let answers = await withTaskGroup(of: (Int, BackendError?).self) { group in
            for (place, connection) in network.connections.enumerated() {
                group.addTask {
                    do throws(BackendError) {
                        _ = try await connection.adapter.check()
                        return (place, nil)
                    } catch { return (place, error) }
                }
            }
            var answers: [Int: BackendError] = [:]
            for await (place, error) in group { answers[place] = error }
            return answers
        }
        var offering: [Connection] = []
        var silent: [(Connection, BackendError)] = []
        for (place, connection) in network.connections.enumerated() where connection.command(kind) != nil {
            if let error = answers[place] {
                silent.append((connection, error))
            } else {
                offering.append(connection)
            }
        }
        return (offering, silent)
    }

    private func none(offers kind: CommandKind, _ silent: [(Connection, BackendError)]) -> Failure {
        if let (connection, error) = silent.first {
            return Failure(.backendFailed, "\(connection.settings.name): \(error.words); nothing was sent")
        }
        let known = network.connections.flatMap(\.adapter.commands).map(\.kind.rawValue)
        let list = Set(known).sorted().joined(separator: ", ")
        return Failure(
            .usage, "no configured backend offers \(kind); " + (list.isEmpty ? "none" : "there is: \(list)"))
    }

    private func creation(
        _ descriptor: CommandDescriptor, _ words: ActWords, _ offering: [Connection]
    ) throws -> EntityRef {
        if let word = words.targets.first {
            throw Failure(.usage, "\(descriptor.kind) makes something new and takes no target: \(word)")
        }
        guard offering.count == 1, let connection = offering.first, let kind = descriptor.targets.first
        else {
            let names = offering.map(\.settings.name).joined(separator: ", ")
            throw Failure(
                .usage, "several backends offer \(descriptor.kind): give one of \(names) by --backend")
        }
        return .new(connection.settings.id, kind)
    }

    private func find(
        _ words: ActWords, _ order: Order, _ descriptor: CommandDescriptor, _ offering: [Connection]
    ) async throws -> [EntityRef] {
        guard !words.targets.isEmpty else {
            throw Failure(.usage, "\(order.kind) needs a target: its name, or its id with --backend")
        }
        let kinds = descriptor.targets.sorted { $0.rawValue < $1.rawValue }.filter {
            order.targetKind == nil || order.targetKind == $0.rawValue
        }
        guard !kinds.isEmpty else {
            let known = descriptor.targets.map(\.rawValue).sorted().joined(separator: ", ")
            throw Failure(
                .usage, "\(order.kind) is for \(known), not for \(order.targetKind ?? "")")
        }
        let found = try await TargetFinder(connections: offering, kinds: kinds).find(words.targets)
        guard found.count == 1 || descriptor.bulk else {
            throw Failure(.usage, "\(order.kind) takes one target at a time, not \(found.count)")
        }
        return found.map(\.entity)
    }

    /// Says no where the mode allows no command at all.
    func permit(_ connection: Connection) throws {
        guard connection.commander == nil else { return }
        let isOwn = plan(of: connection)?.mode == .readOnly
        throw Failure(
            .refused,
            "nothing was sent: "
                + (isOwn ? "\(connection.settings.name) is read-only" : "this run is read-only"))
    }

    func plan(of connection: Connection) -> BackendPlan? {
        let place = Int(connection.settings.id.index)
        return network.plans.indices.contains(place) ? network.plans[place] : nil
    }

    /// Answers the form: with what the server has, then with what the command line says.
    private func fill(
        _ command: Command, _ descriptor: CommandDescriptor, _ words: ActWords, _ connection: Connection
    ) async throws -> Command {
        var form = CommandForm(descriptor.form)
        if descriptor.opensFilled {
            switch await executor.opening(connection.settings.id, command) {
            case .success(let opening): form.fill(opening.values)
            case .failure(let error): throw Self.failure(error, at: connection)
            }
        }
        form.answer(words.answers)
        for (key, place) in words.secrets {
            let secret: String
            switch place {
            case .source(let source):
                do throws(SecretError) { secret = try secrets.resolve(source).exposed } catch {
                    throw Failure(.usage, error.words)
                }
            case .standardInput:
                guard let line = readSecret(), !line.isEmpty else {
                    throw Failure(.usage, "standard input gave no secret for \(key)")
                }
                secret = line
            }
            form.answer([key: .text(secret)])
        }
        if let missing = form.missing {
            let field = form.answers[missing].field
            throw Failure(.usage, "\(field.title) is missing: \(field.usage)")
        }
        var command = command
        command.arguments = form.arguments
        return command
    }

    /// What a failure before sending means for whoever runs it.
    static func failure(_ error: BackendError, at connection: Connection) -> Failure {
        let code: ExitCodes =
            switch error.kind {
            case .gated, .conflict: .refused
            case .missing, .unsupported, .invalid: .usage
            default: .backendFailed
            }
        return Failure(code, "\(connection.settings.name): \(error.words); nothing was sent")
    }

    // MARK: Confirming

    /// Says what is missing for a command to be sent; nil when it may be.
    func objection(_ ready: Ready, _ order: Order) -> Failure? {
        guard !ready.targets.isEmpty else { return nil }
        if ready.tier < .hurts {
            guard order.yes else {
                return Failure(.refused, "not sent: add --yes to send it")
            }
        } else {
            let names = ready.targets.map(\.confirmation)
            let known = Set(names + ready.excluded.map(\.confirmation))
            if let wrong = order.confirmed.first(where: { !known.contains($0) }) {
                let wanted = names.map { "--confirm \(Shell.quoted($0))" }.joined(separator: " ")
                return Failure(
                    .refused,
                    "nothing was sent: --confirm \(Shell.quoted(wrong)) names no target; this command needs "
                        + wanted)
            }
            var given = order.confirmed
            let missing = names.filter { name in
                guard let place = given.firstIndex(of: name) else { return true }
                given.remove(at: place)
                return false
            }
            guard missing.isEmpty else {
                let options = missing.map { "--confirm \(Shell.quoted($0))" }.joined(separator: " ")
                return Failure(.refused, "not sent: disruptive; add \(options)")
            }
        }
        let open = ready.repeats.filter { !order.again.contains($0.record) }
        guard open.isEmpty else {
            let words = open.map { "\n  \($0.name): done \($0.words); --again \($0.record)" }.joined()
            return Failure(
                .refused,
                "nothing was sent: the same was done a short time ago; to do it once more, add:\(words)")
        }
        return nil
    }

    // MARK: Sending

    /// What became of one entity.
    struct Ending: Sendable {
        let backend: String
        let name: String
        let outcome: Outcome
        /// The number of the record in the audit log; nil when nothing was sent for it.
        let record: String?
    }

    /// Sends, backend after backend; what hurts stops at the first that did not clearly succeed.
    func perform(_ ready: Ready) async -> [Ending] {
        var endings: [Ending] = []
        var isStopped = false
        for part in ready.parts {
            let id = part.connection.settings.id
            let preview = part.prepared.preview
            let backend = part.connection.settings.name
            if !preview.targets.isEmpty {
                var outcomes: [Outcome] = []
                if !isStopped { outcomes = await executor.perform(Self.session, id, as: ready.tier) }
                let record = executor.record(Self.session, id)
                for target in preview.targets {
                    let outcome =
                        outcomes.first { $0.entity == target.entity }
                        ?? (isStopped
                            ? Outcome(
                                target.entity, .failed,
                                "nothing was sent: the one before it did not succeed")
                            : Outcome(
                                target.entity, .unknown, "nothing is known of what became of it"))
                    endings.append(
                        Ending(backend: backend, name: target.confirmation, outcome: outcome, record: record))
                }
                let isBad = endings.contains { $0.outcome.state == .failed || $0.outcome.state == .unknown }
                isStopped = isStopped || CommandPolicy.stopsAtFailure(ready.tier) && isBad
            }
            endings += preview.excluded.map {
                Ending(
                    backend: backend, name: $0.confirmation, outcome: Outcome($0.entity, .skipped, $0.words),
                    record: nil)
            }
        }
        return endings
    }
}

extension Connection {
    /// The command of a name, as this backend offers it.
    func command(_ kind: CommandKind) -> CommandDescriptor? {
        adapter.commands.first { $0.kind == kind }
    }
}

/// Words as a shell takes them.
enum Shell {
    static func quoted(_ word: String) -> String {
        let plain = word.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 32)
                || (UInt8(ascii: "+")...UInt8(ascii: ":")).contains(byte) || byte == UInt8(ascii: "_")
        }
        if plain, !word.isEmpty { return word }
        return "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
