import AdapterKit
import Audit
import Configuration
import Dashboard
import Domain
import Glibc
import HTTP
import Runtime
import Simulator
import Team

/// What a run is made of: backends, audit log, log file; from the configuration or the demonstration.
struct Setup {
    let plans: [BackendPlan]
    let isReadOnly: Bool
    /// What is wrong with the configuration and does not prevent a start.
    let notices: [String]
    let settings: Settings
    /// The configuration that was read; a demonstration reads none, but for the wallboards in it.
    let configuration: String?
    let directories: Directories
    /// The themes and keymaps to choose from.
    let library: LookLibrary
    let isDemo: Bool
    /// The variables that no program gets: those with secrets.
    let withheld: [String]
    private let logPath: String?
    /// Where the team's store is, once it was asked for: its password is fetched once.
    let teamSource = TeamSource()
    /// Keeps the simulated servers running.
    private let fleet: SimulatedFleet?

    /// Reads the configuration, or starts the simulated servers of the demonstration.
    ///
    /// - Parameter readsWallboards: whether a demonstration shows the operator's wallboards, where there are any.
    init(_ options: SourceOptions, readsWallboards: Bool = false) throws {
        let environment = Setup.environment
        directories = Directories(environment: environment)
        library = LookLibrary(directories)
        isReadOnly = options.readOnly
        isDemo = options.demo
        logPath = options.log
        let plans: [BackendPlan]
        if options.demo {
            let fleet = SimulatedFleet.demo(
                seed: options.seed, scale: options.scale, backends: options.backends)
            if let error = wait(for: { await SimulateCommand.start(fleet) }) { throw Failure(.usage, error) }
            self.fleet = fleet
            let path = options.config ?? directories.configurationFile
            // Simulated addresses are somebody's: no program gets them unless the operator names the file.
            let isNamed = options.config != nil
            let reading = readsWallboards || isNamed ? Settings.read(path, library, directories) : nil
            configuration = reading?.isPresent == true ? path : nil
            var settings = Settings()
            settings.wallboards = reading?.settings.wallboards ?? []
            settings.commands = isNamed ? reading?.settings.commands ?? [] : []
            settings.links = isNamed ? reading?.settings.links ?? LinkSettings() : LinkSettings()
            self.settings = settings
            withheld = reading.map { SecretResolver.variables(of: $0.settings) } ?? []
            notices = reading?.complaints.filter { $0.weight == .error }.map(\.description) ?? []
            plans = fleet.members.compactMap(BackendPlan.init)
        } else {
            fleet = nil
            let path = options.config ?? directories.configurationFile
            let reading = Settings.read(path, library, directories)
            settings = reading.settings
            configuration = path
            withheld = SecretResolver.variables(of: settings)
            let complaints = (AdapterRegistry.library.complaints + reading.complaints).map(\.description)
            guard !settings.backends.isEmpty else {
                let words =
                    reading.isPresent
                    ? "\(path) has no usable backend"
                    : "no configuration: nocturne init writes \(path); nocturne --demo needs none"
                throw Failure(.usage, (complaints + [words]).joined(separator: "\n"))
            }
            notices = complaints
            let secrets = SecretResolver(
                environment: environment, withheld: SecretResolver.variables(of: settings))
            let chosen = try Self.choose(options.backend, among: settings.backends, name: \.name)
            plans = chosen.compactMap { BackendPlan($0, secrets) }
        }
        self.plans = try Self.choose(options.backend, among: plans, name: \.name)
    }

    /// The backends that the command line names, in their order; all where it names none.
    private static func choose<Backend>(
        _ names: [String], among backends: [Backend], name: (Backend) -> String
    ) throws -> [Backend] {
        guard !names.isEmpty else { return backends }
        for wanted in names where !backends.contains(where: { name($0) == wanted }) {
            throw Failure(
                .usage, "unknown backend \"\(wanted)\"\(Nearest.choices(wanted, among: backends.map(name)))")
        }
        return backends.filter { names.contains(name($0)) }
    }

    /// The configuration that would be read and is not there; nil where there is one, or another was named.
    static func missingConfiguration(_ options: SourceOptions) -> String? {
        guard !options.demo, options.config == nil else { return nil }
        let path = Directories(environment: environment).configurationFile
        return access(path, F_OK) == 0 ? nil : path
    }

    /// Connects the backends; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - patience: hears every answer.
    ///   - team: makes what a team shares; nil shares nothing.
    func connect(
        forReading: Bool = false, _ patience: Patience? = nil, team: (([TeamAccount]) -> TeamStore)? = nil
    ) throws -> Network {
        var log: (@Sendable (String) -> Void)?
        if let logPath {
            guard let file = LogFile(path: logPath, clock: SystemClock()) else {
                throw Failure(.usage, "the log \(logPath) can't be written: choose another --log")
            }
            log = { file.write($0) }
        }
        var observer: (@Sendable (Int, Response) -> Void)?
        if let patience { observer = { place, _ in patience.heard(BackendID(place)) } }
        return try Network(
            plans, isReadOnly: isReadOnly || forReading, log: log, team: team, observer: observer)
    }

    /// What the operator arranged; a demonstration has its own panes.
    var preferences: PreferencesFile {
        PreferencesFile(path: directories.state + (isDemo ? "/views-demo.jsonl" : "/views.jsonl"))
    }

    /// The record of commands; a demonstration has one of its own, since nothing of it happened.
    ///
    /// - Parameter ledger: delivers what is written to the team.
    func auditLog(_ clock: any Clock, deliveredBy ledger: TeamLedger? = nil) -> AuditLog {
        Self.auditLog(settings, directories, clock, isDemo: isDemo, ledger)
    }

    /// The file of the record of commands.
    static func auditFile(_ settings: Settings, _ directories: Directories, isDemo: Bool) -> String {
        settings.sharedAuditLog
            ?? (isDemo ? directories.state + "/audit-demo.jsonl" : directories.auditFile)
    }

    /// The record of commands as a configuration wants it.
    static func auditLog(config: String?, _ clock: any Clock) throws -> AuditLog {
        let directories = Directories(environment: environment)
        let reading = Settings.read(
            config ?? directories.configurationFile, adapters: AdapterRegistry.all, directories: directories)
        return auditLog(reading.settings, directories, clock, isDemo: false)
    }

    private static func auditLog(
        _ settings: Settings, _ directories: Directories, _ clock: any Clock, isDemo: Bool,
        _ ledger: TeamLedger? = nil
    ) -> AuditLog {
        AuditLog(
            path: auditFile(settings, directories, isDemo: isDemo),
            access: settings.sharedAuditLog == nil ? .own : .shared,
            mode: settings.auditIsBestEffort ? .bestEffort : .required,
            identity: .current(connection: environment["SSH_CONNECTION"]),
            written: { ledger?.written() }, now: { clock.wall })
    }

    /// The variables of this process.
    static let environment: [String: String] = {
        var variables: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let pair = String(cString: text).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { variables[String(pair[0])] = String(pair[1]) }
            entry += 1
        }
        return variables
    }()
}

extension BackendPlan {
    /// A simulated server.
    init?(_ member: SimulatedFleet.Member) {
        guard let descriptor = AdapterRegistry.descriptor(member.kind), let url = member.url,
            let (origin, _) = Origin.parse(url)
        else { return nil }
        // The proxy of the environment is not meant for this machine itself.
        let endpoint = Endpoint(origin: origin, basePath: descriptor.basePath, proxy: "")
        self.init(
            name: member.name, descriptor: descriptor, endpoint: endpoint, user: member.user,
            secret: Secret(member.token), mode: .normal)
    }

    /// A configured server; where its secret is unavailable it says so on the screen, and the others work.
    init?(_ backend: BackendConfiguration, _ secrets: SecretResolver) {
        guard let descriptor = AdapterRegistry.descriptor(backend.kind, backend.adapter) else { return nil }
        self.init(
            name: backend.name, descriptor: descriptor, endpoint: backend.endpoint, secret: Secret(""),
            clock: backend.clock, mode: backend.mode, intervals: backend.intervals,
            pollInterval: backend.pollInterval)
        do throws(SecretError) {
            user = try backend.user.map { source throws(SecretError) in
                try secrets.resolve(source, as: .token).exposed
            }
            if descriptor.authentication != .none {
                secret = try secrets.resolve(
                    backend.secret, as: descriptor.authentication == .token ? .token : .password)
            }
            headers = try backend.front.fields(secrets)
            let password = descriptor.authentication == .password ? secret.exposed : ""
            if password.first == " " || password.last == " " {
                remarks.append("it begins or ends with a blank, which is sent with it")
            }
        } catch {
            self.descriptor = descriptor.locked(because: error.words)
        }
    }
}
