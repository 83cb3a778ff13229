import ArgumentParser
import Audit
import Configuration
import Dashboard
import Domain
import JSON
import Runtime

/// Prints what one shift hands over to the next.
struct HandoffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "handoff",
        abstract: "Print what a shift hands over: open, done, recovered, lost.",
        discussion: """
            Examples:
              nocturne handoff
              nocturne handoff --since 22:00
              nocturne handoff --since 12h -o json

            Alerts and whom they hit are read from the servers, commands from the audit log, snoozes from this computer, and what \
            recovered and which servers were lost from the history, where one is kept.

            Exit status: 0 fine, 1 usage, 2 a backend failed; what the others said is printed.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case markdown, json }

    @Option(help: ArgumentHelp("From when on: 8h, 90m, or a time of day as 22:00.", valueName: "time"))
    var since = "8h"
    @Option(name: [.customShort("o"), .long], help: ArgumentHelp("How to print.", valueName: "format"))
    var output: Format = .markdown
    @Option(help: ArgumentHelp("Wait at most this many seconds.", valueName: "seconds"))
    var timeout: Double?
    @OptionGroup(title: "Servers") var sources: SourceOptions

    func validate() throws {
        guard timeout.map({ $0 > 0 && $0.isFinite }) ?? true else {
            throw ValidationError("--timeout takes a number of seconds above 0")
        }
        guard Self.moment(since, now: Timestamp(0), zone: 0) != nil else {
            throw ValidationError("--since takes 8h, 90m, or a time of day as 22:00")
        }
    }

    mutating func run() throws {
        let setup = try Setup(sources)
        let patience = Patience(total: timeout)
        let network = try setup.connect(forReading: true, patience)
        let progress = ProgressLine.onTerminal(network.plans.map(\.name))
        var harvest = wait(for: {
            await FetchedRows.gather(
                "alerts", from: network, patience, judgesPolls: true, progress: progress)
        })
        // Who is hit stands in other lists.
        let links = LinkedRows.reading(
            besides: harvest, of: "alerts", network, setup.settings.links, patience)
        harvest.tables = links.withImpact(harvest.tables)
        let (now, zone) = (network.clock.wall, network.clock.zone)
        let since = Self.moment(since, now: now, zone: zone) ?? now
        let team = wait(for: { await setup.handedOver(since: Self.earliest(since, now), network.clock) })
        var source = Self.source(
            harvest, network, impactFailures: links.failures, commands: team.commands,
            snoozes: setup.preferences.read().snoozes, since: since,
            history: setup.recollections(network.clock))
        source.claims = team.claims
        source.remarks += team.remarks
        let handoff = Handoff(source)
        switch output {
        case .markdown: for line in handoff.markdown(zone: zone) { Console.print(line) }
        case .json: Console.print(handoff.tree.text)
        }
        for failure in harvest.failures { Console.complain(failure) }
        if !harvest.failures.isEmpty { Console.exit(.backendFailed) }
    }

    /// What a handoff is made of.
    ///
    /// - Parameters:
    ///   - impactFailures: what of the lists could not be read that say whom alerts hit.
    ///   - history: reads what was recorded; nil where no history is kept.
    static func source(
        _ harvest: FetchedRows, _ network: Network, impactFailures: [String] = [],
        commands: Result<[AuditRow], BackendError>,
        snoozes: [Snooze], since: Timestamp, history: ((HistoryQuery) -> Result<Recollection, BackendError>)?
    ) -> HandoffSource {
        let names = network.plans.map(\.name)
        func name(_ backend: BackendID) -> String {
            names.indices.contains(Int(backend.index)) ? names[Int(backend.index)] : ""
        }
        return HandoffSource(
            tables: harvest.tables.map { (name($0.backend), $0) },
            areAlertsWhole: harvest.failures.isEmpty && harvest.remarks.isEmpty,
            silent: Set(harvest.silent.map(name)),
            recollection: history?(HistoryQuery(since: since, limit: mostChanges)), commands: commands,
            snoozes: snoozes,
            remarks: harvest.failures + harvest.remarks
                + impactFailures.map { "the impact is not known in full: \($0)" },
            since: since,
            now: network.clock.wall, zone: network.clock.zone)
    }

    /// So many changes are read at most.
    private static let mostChanges = 100_000
    /// Who took an alert is looked for as far back, in seconds.
    private static let ownersReach: Int64 = 30 * 86_400

    /// From when on commands are of use: older ones say who took what is still open.
    private static func earliest(_ since: Timestamp, _ now: Timestamp) -> Timestamp {
        min(since, Timestamp(now.seconds - ownersReach))
    }

    /// The moment that `8h`, or the last one that `22:00`, names; nil for anything else.
    static func moment(_ text: String, now: Timestamp, zone: Int) -> Timestamp? {
        if let read = Quantity.read(text), read.unit == .time, read.number > 0, read.number < 1e9 {
            return Timestamp(now.seconds - Int64(read.number))
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]), text.utf8.count <= 5,
            (0..<24).contains(hour), (0..<60).contains(minute)
        else { return nil }
        let second = Int64((now.seconds + Int64(zone)) % 86_400)
        let ago = (second - Int64(hour * 3_600 + minute * 60) + 86_400) % 86_400
        return Timestamp(now.seconds - ago)
    }
}
