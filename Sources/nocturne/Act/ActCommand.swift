import ArgumentParser
import Audit
import Configuration
import Dashboard
import Domain
import Glibc
import Runtime
import Synchronization
import Team

/// Carries out any command that a backend offers, by its own name.
struct DoCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        let topic = ActHelp.topic.withLock { $0 }
        return CommandConfiguration(
            commandName: "do",
            abstract: topic.map(ActHelp.abstract)
                ?? "Run a command on a server; do --help lists them.",
            // Nobody reads it where the dashboard is opened.
            discussion: topic.map(ActHelp.text)
                ?? (Nocturne.opensDashboard.load(ordering: .relaxed) ? "" : ActHelp.all))
    }

    @Argument(
        help: "The command; do may be left out.",
        completion: .list(AdapterRegistry.commands.map(\.kind.rawValue)))
    var command: String
    @OptionGroup var options: ActOptions
    @Argument(
        parsing: .allUnrecognized,
        help: "Targets, each a name, an id or KIND/ID; and options of the command.")
    var words: [String] = []

    mutating func run() throws { try options.act(CommandKind(rawValue: command), words) }
}

/// A well-known command under a short name.
protocol ShortName {
    static var name: String { get }
    static var kind: CommandKind { get }
}

/// Carries out a well-known command.
struct ShortCommand<Short: ShortName>: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: Short.name, abstract: ActHelp.abstract(Short.kind),
            discussion: ActHelp.text(Short.kind))
    }

    @OptionGroup var options: ActOptions
    @Argument(
        parsing: .allUnrecognized,
        help: "Targets, each a name, an id or KIND/ID; and options of the command.")
    var words: [String] = []

    mutating func run() throws { try options.act(Short.kind, words) }
}

/// The short names that this program has: those of commands that some kind of backend offers.
enum ShortCommands {
    enum Acknowledge: ShortName { static let name = "ack", kind = CommandKind.acknowledge }
    enum Unmute: ShortName { static let name = "unmute", kind = CommandKind.unmute }
    enum Recheck: ShortName { static let name = "recheck", kind = CommandKind.recheck }
    enum Maintenance: ShortName { static let name = "maintenance", kind = CommandKind.maintenance }
    enum Downtime: ShortName { static let name = "downtime", kind = CommandKind.downtime }
    enum Restart: ShortName { static let name = "restart", kind: CommandKind = "restart-bond" }
    enum Restore: ShortName { static let name = "restore", kind: CommandKind = "restore-primary" }
    enum Reboot: ShortName { static let name = "reboot", kind: CommandKind = "reboot-cpe" }

    static let all: [any ParsableCommand.Type] = {
        func command<Short: ShortName>(_ short: Short.Type) -> (any ParsableCommand.Type)? {
            AdapterRegistry.commands.contains { $0.kind == Short.kind } ? ShortCommand<Short>.self : nil
        }
        return [
            command(Acknowledge.self), command(Unmute.self), command(Recheck.self),
            command(Maintenance.self), command(Downtime.self), command(Restart.self),
            command(Restore.self), command(Reboot.self),
        ].compactMap { $0 }
    }()

    /// Why a command line begins with a word that nothing is called; nil where it does not.
    static func complaint(about arguments: [String], own: [String]) -> String? {
        guard let first = arguments.first, !first.hasPrefix("-"), !first.isEmpty else { return nil }
        let known = own + AdapterRegistry.commands.map(\.kind.rawValue) + ["help"]
        guard !known.contains(first) else { return nil }
        let hint = Nearest.hint(first, among: known)
        return "unknown command \"\(first)\"\(hint.isEmpty ? ";" : hint) See nocturne --help"
    }

    /// A command line with `do` in front where it begins with a command's own name.
    static func routed(_ arguments: [String], besides own: [String]) -> [String] {
        var arguments = arguments
        if arguments.first == "help", arguments.count == 2 { arguments = [arguments[1], "--help"] }
        guard let first = arguments.first, !first.hasPrefix("-"), !own.contains(first),
            AdapterRegistry.commands.contains(where: { $0.kind.rawValue == first })
        else { return arguments }
        return ["do"] + arguments
    }
}

extension ActOptions {
    /// Does all of it: connects, prepares, confirms, sends, prints, exits.
    func act(_ kind: CommandKind, _ words: [String]) throws {
        let setup = try Setup(sources)
        let network = try setup.connect()
        let ledger = setup.ledger()
        ledger?.start()
        let acting = Acting(setup, network, isTold: !confirmation.quiet, ledger)
        var order = Acting.Order(kind, confirmation)
        order.words = words
        order.targetKind = self.kind
        let timeout = timeout
        let output = output
        let report = wait(for: { [order] in
            let report = await acting.report(order, timeout: timeout, output)
            await ledger?.finish()
            return report
        })
        try report.get().print()
    }
}

extension Acting.Order {
    /// What is asked for by options.
    init(_ kind: CommandKind, _ options: ConfirmOptions) {
        self.init(
            kind: kind, words: [], yes: options.yes, confirmed: options.confirm, again: options.again,
            isDryRun: options.dryRun)
    }
}

extension Acting {
    /// What acts for a command line.
    ///
    /// - Parameters:
    ///   - isTold: whether standard error says how far a command is.
    ///   - ledger: what the team keeps; nil without one.
    init(_ setup: Setup, _ network: Network, isTold: Bool, _ ledger: TeamLedger? = nil) {
        let progress = ProgressLines(isTerminal: isatty(STDERR_FILENO) == 1) {
            Console.write("\($0)\n", to: STDERR_FILENO)
        }
        let executor = CommandExecutor(
            connections: network.connections,
            audit: setup.auditLog(network.clock, deliveredBy: ledger), clock: network.clock,
            team: ledger.map { TeamRecord(ledger: $0) }
        ) { _, _, words in
            if isTold { progress.report(words) }
        }
        self.init(
            network: network, executor: executor,
            secrets: SecretResolver(
                environment: Setup.environment, withheld: SecretResolver.variables(of: setup.settings)),
            readSecret: Console.secretLine)
    }
}

extension ActReport {
    /// Prints it, and ends the program where it did not go well.
    func print() {
        Console.write(output)
        if let complaint { Console.complain(complaint) }
        if code != .fine { Console.exit(code) }
    }
}

extension Acting {
    /// Does all of it: prepares, looks whether it is confirmed, sends, and says what became of it.
    ///
    /// - Parameter timeout: seconds for what must be read before anything is sent.
    func report(
        _ order: Order, timeout: Double, _ format: ListFormat
    ) async -> Result<ActReport, Failure> {
        await report(order, timeout: timeout, format) { try await prepare(order) }
    }

    /// Does all of it with plans that are made in a way of their own.
    func report(
        _ order: Order, timeout: Double, _ format: ListFormat,
        preparing prepare: @escaping @Sendable () async throws -> Ready
    ) async -> Result<ActReport, Failure> {
        let prepared = await within(timeout) { () async -> Result<Ready, Failure> in
            do {
                return .success(try await prepare())
            } catch let failure as Failure {
                return .failure(failure)
            } catch {
                return .failure(Failure(.usage, "\(error)"))
            }
        }
        switch prepared {
        case nil:
            return .failure(
                Failure(
                    .backendFailed,
                    "no complete answer within \(Quantity.number(timeout)) s, and nothing was sent; "
                        + "increase --timeout"))
        case .failure(let failure): return .failure(failure)
        case .success(let ready):
            let objection = objection(ready, order)
            if order.isDryRun { return .success(ActReport(dryRun: ready, objection, format)) }
            if let objection { return .success(ActReport(refused: ready, objection)) }
            return .success(ActReport(ready, await perform(ready), format))
        }
    }
}

/// Runs work for some seconds at most; nil when it is not done by then, and it is cancelled.
func within<Answer: Sendable>(
    _ seconds: Double, _ work: @escaping @Sendable () async -> Answer
) async -> Answer? {
    await withTaskGroup(of: Answer?.self) { group in
        group.addTask { await work() }
        group.addTask {
            try? await Task.sleep(for: .seconds(seconds))
            return nil
        }
        let first = await group.next() ?? nil
        group.cancelAll()
        return first
    }
}
