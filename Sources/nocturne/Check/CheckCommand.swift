import AdapterKit
import ArgumentParser
import Audit
import Configuration
import CurlTransport
import CursesTerminal
import Dashboard
import Domain
import HTTP
import JSON
import Runtime
import Synchronization
import Wallboard

/// Looks whether everything is as it should be: files, backends, audit log, terminal.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check the configuration, backends, team, audit log, terminal.",
        discussion: """
            Connects to each backend and to the team's store and reads what this account may do; changes nothing. \
            Errors in files have file, line and column. Exit status: 0 fine, 1 invalid configuration, 2 a backend or \
            the store failed.
            """,
        subcommands: [AdapterCheck.self, CheckLinksCommand.self])

    @OptionGroup(title: "Servers") var sources: SourceOptions
    @OptionGroup var options: CheckOptions

    private var output: ListFormat { options.output }
    private var timeout: Double { options.timeout ?? 30 }

    mutating func run() throws {
        let complaints = Self.complaints(sources)
        let setup: Setup
        do {
            setup = try Setup(sources)
        } catch let failure as Failure where output == .json {
            Console.print(Self.tree(complaints, [], nil, [], nil, failure.words).text)
            throw failure
        }
        let shared = FoundAnswers()
        let timeout = timeout
        let clock = SystemClock()
        let network = try Network(
            setup.plans, isReadOnly: true, log: nil, clock: clock,
            observer: { shared.take($1, from: $0, now: clock.wall) })
        var checks: [BackendCheck] = []
        for (place, plan) in setup.plans.enumerated() {
            var check = BackendCheck(plan)
            for remark in plan.remarks { check.add("password", .warning, remark) }
            let facts = network.curl.backend(plan.name, at: plan.endpoint).connectOnce()
            check.take(facts, plan.endpoint, now: clock.wall)
            if case .success = facts {
                let connection = network.connections[place]
                let answer = Self.ask(connection, timeout)
                var authority: Authority?
                if case .success = answer {
                    authority =
                        wait(for: { await within(timeout) { await connection.adapter.authority() } })
                        ?? Authority(nil, "no answer in time")
                }
                let devices = (try? answer.get()).map { _ in Self.devices(connection, timeout) }
                check.take(
                    answer, shared.seen(place), of: connection, plan.mode, authority: authority,
                    isReadOnly: sources.readOnly, now: clock.wall)
                if case .success = answer {
                    check.take(pollers: Self.pollers(of: connection, timeout), now: clock.wall)
                }
                if let devices {
                    check.take(devices: devices, try? answer.get(), plan.pollInterval, now: clock.wall)
                }
            }
            checks.append(check)
            if output == .text {
                Self.print(check.findings, "\(check.name) (\(check.kind), \(check.url))")
            }
        }
        let team = TeamCheck(
            url: setup.settings.team?.url, setup.teamSettings(), notices: setup.teamNotices)
        let audit = setup.auditLog(clock)
        let auditFault = audit.check()?.words
        if output == .json {
            Console.print(
                Self.tree(complaints, checks, team, setup.settings.wallboards, audit.path, auditFault).text)
        } else {
            if let url = team.url { Self.print(team.findings, "team (\(url))") }
            Console.say("wallboard\n  \(Self.words(of: setup.settings))")
            Console.say("audit log\n  \(auditFault ?? "\(audit.path) can be written")")
            Console.say("terminal\n  \(Self.terminal)")
            for complaint in complaints { Console.complain(complaint.description) }
        }
        if complaints.hasErrors { Console.exit(.usage) }
        if checks.contains(where: \.hasFailed) || team.hasFailed { Console.exit(.backendFailed) }
    }

    private static func ask(_ connection: Connection, _ timeout: Double) -> Result<ServerInfo, BackendError> {
        let answer: Result<ServerInfo, BackendError>? = wait(for: {
            await within(timeout) { () async -> Result<ServerInfo, BackendError> in
                do throws(BackendError) {
                    return .success(try await connection.adapter.check())
                } catch { return .failure(error) }
            }
        })
        return answer
            ?? .failure(BackendError(.timedOut, "no answer within \(Quantity.number(timeout)) s"))
    }

    private static func devices(
        _ connection: Connection, _ timeout: Double
    ) -> Result<[Table], BackendError> {
        let tables: Result<[Table], BackendError>? = wait(for: {
            await within(timeout) { () async -> Result<[Table], BackendError> in
                do throws(BackendError) {
                    return .success(try await Polls.devices(of: connection.adapter, connection.settings.id))
                } catch { return .failure(error) }
            }
        })
        return tables ?? .failure(BackendError(.timedOut, "no answer within \(Quantity.number(timeout)) s"))
    }

    /// The pollers of a server that names any; nil where it can't be asked.
    private static func pollers(of connection: Connection, _ timeout: Double) -> Table? {
        guard let resource = connection.adapter.resources.first(where: { $0.kind == .poller }) else {
            return nil
        }
        let table: Table?? = wait(for: {
            await within(timeout) { () async -> Table? in
                let snapshot = Snapshot(from: Table.empty(resource, connection.settings.id))
                do throws(BackendError) {
                    let arrived = try await connection.adapter.refresh(Query(.poller), into: snapshot)
                    return snapshot.finish(arrived).table
                } catch { return nil }
            }
        })
        return table ?? nil
    }

    /// What is wrong with the files; a demonstration has none.
    private static func complaints(_ sources: SourceOptions) -> [Complaint] {
        guard !sources.demo else { return [] }
        let directories = Directories(environment: Setup.environment)
        let library = LookLibrary(directories)
        let reading = Settings.read(
            sources.config ?? directories.configurationFile, library, directories)
        let keys = library.keymaps.keymap(reading.settings.keymap, actions: AdapterRegistry.actionNames)
        return reading.complaints + AdapterRegistry.library.complaints + library.themes.complaints
            + keys.complaints
            + keys.keymap.adding(reading.settings.commands).complaints
    }

    private static func print(_ findings: [BackendCheck.Finding], _ title: String) {
        Console.say(title)
        let width = findings.map(\.subject.count).max() ?? 0
        for finding in findings {
            let pad = String(repeating: " ", count: width - finding.subject.count)
            let sign =
                finding.verdict == .fine ? "ok     " : finding.verdict == .warning ? "warning" : "FAILED "
            Console.say("  \(sign)  \(finding.subject)\(pad)  \(finding.words)")
        }
    }

    /// Which wallboards there are, and what can be done from one.
    static func words(of settings: Settings) -> String {
        let names = settings.wallboards.map { "\($0.name)\($0.isLocked ? " (locked)" : "")" }
        let known =
            names.isEmpty ? "none is configured: the built-in is shown" : names.joined(separator: ", ")
        return known
            + "\n  nothing can be sent from a wallboard, nor with --read-only: no way to send a command is made"
    }

    /// What the terminal can show, in words.
    private static var terminal: String {
        let facts = TerminalFacts.current()
        guard facts.isTerminal else { return "none: the dashboard needs one, everything else does not" }
        let colors =
            facts.wantsNoColor
            ? "no colours (NO_COLOR)" : facts.colors.map { "\(Quantity.count($0)) colours" }
        let size = facts.size.map { ", \($0.width) × \($0.height)" } ?? ""
        guard let colors else {
            return "TERM=\(facts.name) is not known here: install its description, or set another TERM"
        }
        return "\(facts.name), \(colors), \(facts.isUnicode ? "UTF-8" : "plain ASCII")\(size)"
    }

    private static func tree(
        _ complaints: [Complaint], _ checks: [BackendCheck], _ team: TeamCheck?,
        _ wallboards: [WallboardProfile],
        _ audit: String?, _ fault: String?
    ) -> JSONTree {
        let facts = TerminalFacts.current()
        return [
            "version": .integer(Int64(FieldCatalogue.version)),
            "complaints": .array(
                complaints.map { complaint in
                    [
                        "weight": .string(complaint.weight.rawValue), "file": .string(complaint.file),
                        "line": complaint.line.map { .integer(Int64($0)) } ?? .null,
                        "column": complaint.column.map { .integer(Int64($0)) } ?? .null,
                        "words": .string(complaint.words),
                    ]
                }),
            "backends": .array(checks.map(\.tree)), "team": team?.tree ?? .null,
            "wallboards": .array(
                wallboards.map { ["name": .string($0.name), "locked": .bool($0.isLocked)] }),
            "audit": [
                "path": audit.map { .string($0) } ?? .null, "fault": fault.map { .string($0) } ?? .null,
            ],
            "terminal": [
                "name": .string(facts.name), "is_terminal": .bool(facts.isTerminal),
                "colors": facts.colors.map { .integer(Int64($0)) } ?? .null, "utf8": .bool(facts.isUnicode),
            ],
        ]
    }
}

/// What answers showed, from any task.
private final class FoundAnswers: Sendable {
    private let all = Mutex([Int: Seen]())

    func take(_ response: Response, from place: Int, now: Timestamp) {
        all.withLock { $0[place, default: Seen()].take(response, now: now) }
    }

    func seen(_ place: Int) -> Seen { all.withLock { $0[place] ?? Seen() } }
}

/// What each kind of check takes; the kinds share it, so that each reads what stands behind its name.
struct CheckOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Wait at most this long for each backend.", valueName: "seconds"))
    var timeout: Double?
    @Option(name: [.customShort("o"), .long], help: ArgumentHelp("How to print.", valueName: "format"))
    var output: ListFormat = .text

    func validate() throws {
        guard timeout.map({ $0 > 0 && $0.isFinite }) ?? true else {
            throw ValidationError("--timeout takes a number of seconds above 0")
        }
    }
}
