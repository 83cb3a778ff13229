import ArgumentParser
import Audit
import Configuration
import Domain
import Glibc
import History
import Runtime
import TeamHistory

/// Prints what changed before.
struct HistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Print what changed: alerts, devices, bonds… and the commands sent.",
        discussion: """
            Examples:
              nocturne history --since 8h
              nocturne history core:device/17 --since 7d
              nocturne history edge1 -o json
              nocturne history core:port/4711 --samples --since 7d -o csv
              nocturne history --export > history.jsonl

            Prints what the dashboards of this account saw change and what was sent to servers, oldest first. A \
            change happened between the last sight of the state before and the first of the state after, or when \
            the server says. With a [team] it is what the whole team's saw.

            Exit status: 0 fine, 1 usage, or the history can't be read or is damaged.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, ndjson, yaml, csv }

    @Argument(
        help: ArgumentHelp(
            "Only this: BACKEND:KIND/ID, KIND/ID, or the name of a device with what belongs to it.",
            valueName: "entity"))
    var entity: String?
    @Option(help: ArgumentHelp("From when on: 8h, 7d, or 2026-11-28T22:00.", valueName: "time"))
    var since: String?
    @Option(
        name: [.customShort("o"), .long], help: ArgumentHelp("How to print.", valueName: "format"))
    var output: Format = .table
    @Flag(help: "Print what was measured: traffic, errors, light; with --export, of all entities.")
    var samples = false
    @Option(help: ArgumentHelp("Print at most this many, the latest.", valueName: "changes"))
    var limit = 1_000
    @Flag(name: .customLong("no-headers"), help: "Leave out the column titles of tables and CSV.")
    var hidesTitles = false
    @Flag(help: "Print every change as a line of JSON, with the offset of local time.") var export = false
    @Flag(help: "Remove what is older or larger than [history] allows, and shrink the file.") var prune =
        false
    @Flag(help: "Check the file and print what is in it.") var check = false
    @Option(help: ArgumentHelp("The configuration file.", valueName: "file")) var config: String?

    func validate() throws {
        guard [export, prune, check].count(where: { $0 }) <= 1 else {
            throw ValidationError("--export, --prune and --check can't be combined")
        }
        if prune || check, entity != nil || since != nil {
            throw ValidationError("--prune and --check take neither an entity nor --since")
        }
        if samples, prune || check {
            throw ValidationError("--prune and --check take all that is recorded, without --samples")
        }
        if samples, !export, entity == nil {
            throw ValidationError("--samples takes an entity, or --export")
        }
        if export, entity != nil { throw ValidationError("--export prints the changes of all entities") }
        guard limit > 0 else { throw ValidationError("--limit takes a number above 0") }
    }

    mutating func run() throws {
        do {
            try carryOut(SystemClock(), Directories(environment: Setup.environment))
        } catch let error as HistoryError {
            throw Failure(.usage, error.words)
        }
    }

    private func carryOut(_ clock: any Clock, _ directories: Directories) throws {
        let reading = Settings.read(
            config ?? directories.configurationFile, adapters: AdapterRegistry.all, directories: directories)
        if let store = try Setup.teamHistory(reading.settings, clock) { return try printTeams(store, clock) }
        let path = directories.historyFile
        // Looking at a file neither makes nor moves one.
        guard access(path, F_OK) == 0 else {
            if prune || check || export {
                throw Failure(.usage, "there is no \(path): nothing was recorded yet")
            }
            if samples { throw Failure(.usage, "there is no \(path): nothing was recorded yet") }
            return try print(Recollection(), nil, path, clock)
        }
        let store = Setup.history(path, reading.settings.history, clock, setsAside: false)
        if prune { return try HistoryCare.prune(store, at: clock.wall) }
        if check { return try HistoryCare.check(store) }
        try print(store, clock)
    }

    /// Does with the history that a team shares what makes sense there.
    private func printTeams(_ store: PostgresHistory, _ clock: any Clock) throws {
        if prune { return try HistoryCare.prune(store, at: clock.wall) }
        if check { return try HistoryCare.check(store) }
        try print(store, clock)
    }

    private func print(_ store: any HistoryArchive, _ clock: any Clock) throws {
        if samples { return try printSamples(store, store.place, clock) }
        if export {
            return try HistoryExport.print(
                store, since: try since.map { try moment($0, clock) } ?? Timestamp(0))
        }
        let subject = try entity.map { try HistorySubject($0, in: store) } ?? HistorySubject()
        let from = try moment(since ?? "24h", clock)
        let found = try store.recall(HistoryQuery(subject.query, since: from, limit: limit))
        try print(found, subject, store.place, clock)
    }

    private func moment(_ text: String, _ clock: any Clock) throws -> Timestamp {
        guard let moment = HistoryTime.moment(text, now: clock.wall, offset: clock.zone) else {
            throw Failure(.usage, "--since takes a time such as 8h, 7d or 2026-11-28T22:00, not \(text)")
        }
        return moment
    }

    /// Prints what was recorded with the commands that the audit log has of the same time.
    private func print(
        _ found: Recollection, _ subject: HistorySubject?, _ path: String, _ clock: any Clock
    ) throws {
        let from = try moment(since ?? "24h", clock)
        var entries: [AuditEntry] = []
        let log = try Setup.auditLog(config: config, clock)
        do throws(AuditError) {
            entries = try log.entries(since: from)
        } catch { Console.complain(error.words) }
        let subject = subject ?? HistorySubject(named: entity)
        var lines = HistoryLine.all(found.changes, entries, of: subject, since: from)
        if found.isCut || lines.count > limit {
            Console.complain("only the latest \(limit) are printed: --limit prints more")
            lines = lines.suffix(limit)
        }
        if lines.isEmpty { Console.complain("nothing changed since \(HistoryTime.text(from)) in \(path)") }
        if let begins = found.begins, begins > from {
            Console.complain("what is recorded begins at \(HistoryTime.text(begins))")
        }
        guard output != .table || !lines.isEmpty else { return }
        write(try HistoryLine.listing(lines, isForEyes: output == .table, now: clock.wall))
    }

    private func write(_ listing: Listing) {
        var buffer = OutputBuffer()
        switch output {
        case .table:
            TableOutput.print(
                listing, width: Console.width, isColored: Console.wantsColors, hasTitles: !hidesTitles,
                to: &buffer)
        case .json: JSONOutput.print(listing, .array, to: &buffer)
        case .ndjson: JSONOutput.print(listing, .lines, to: &buffer)
        case .yaml: YAMLOutput.print(listing, to: &buffer)
        case .csv: CSVOutput.print(listing, hasTitles: !hidesTitles, to: &buffer)
        }
    }
}

// MARK: What was measured

extension HistoryCommand {
    private func printSamples(_ store: any HistoryArchive, _ path: String, _ clock: any Clock) throws {
        let from = try since.map { try moment($0, clock) }
        if export {
            return try HistoryExport.print(samplesOf: store, since: from ?? Timestamp(0), until: clock.wall)
        }
        let entities = try SampleSubject.entities(entity, in: store)
        guard !entities.isEmpty else {
            throw Failure(.usage, "nothing was measured of \(entity ?? "it") in \(path)")
        }
        let since = try from ?? moment("24h", clock)
        var (lines, begins) = try SampleLine.all(entities, since: since, until: clock.wall, in: store)
        if lines.isEmpty {
            Console.complain("nothing was measured since \(HistoryTime.text(since)) in \(path)")
        }
        if let begins, begins > since {
            Console.complain("what is recorded begins at \(HistoryTime.text(begins))")
        }
        if lines.count > limit {
            Console.complain("only the latest \(limit) are printed: --limit prints more")
            let latest = lines.map(\.sample.at).sorted().suffix(limit)
            lines = lines.filter { $0.sample.at >= latest[latest.startIndex] }.suffix(limit)
        }
        guard output != .table || !lines.isEmpty else { return }
        write(try SampleLine.listing(lines, isForEyes: output == .table, now: clock.wall))
    }
}
