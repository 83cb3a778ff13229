import AdapterKit
import ArgumentParser
import Domain
import Filter
import Runtime
import Team

/// Prints what changes, as it changes.
struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Print what appears, changes and goes, one JSON object per line.",
        discussion: """
            Examples:
              nocturne watch alerts --filter sev=critical
              nocturne watch alerts devices --present

            Each line has event (present, appeared, changed, gone, lost, back, stalled, resumed), at and \
            backend; lines about rows have the fields that get prints, and changed and before. lost: the backend \
            failed; back: it answers again. stalled: it answers but does not poll its devices any more (with how \
            many); resumed: it polls all of them again.
            """)

    @Argument(
        help: "What to watch: alerts, bonds… (see nocturne fields).",
        completion: .list(FieldCatalogue().kinds.map(\.plural)))
    var resources: [String]
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Only matching rows; the same language as the / key.", valueName: "filter"))
    var filter: String?
    @Option(
        help: ArgumentHelp(
            "The fields whose change counts, separated by commas (default: all but measured values).",
            valueName: "fields"))
    var columns: String?
    @Option(
        help: ArgumentHelp(
            "Seconds between two readings (default: as configured).", valueName: "seconds"))
    var interval: Double?
    @Flag(help: "Also print the rows that are there at the start.") var present = false
    @Option(help: ArgumentHelp("Stop after this many lines.", valueName: "lines")) var count: Int?
    @Option(help: ArgumentHelp("Stop after this many seconds.", valueName: "seconds")) var timeout: Double?
    @OptionGroup(title: "Servers") var sources: SourceOptions

    func validate() throws {
        if let interval, !(interval >= 1 && interval.isFinite) {
            throw ValidationError("--interval takes 1 second or more")
        }
        if let count, count < 1 { throw ValidationError("--count takes 1 line or more") }
        if let timeout, !(timeout > 0 && timeout.isFinite) {
            throw ValidationError("--timeout takes a number of seconds above 0")
        }
    }

    mutating func run() throws {
        let setup = try Setup(sources)
        let network = try setup.connect(forReading: true, team: setup.sharedReads())
        network.team?.start()
        defer { network.team?.close() }
        let offered = network.connections.flatMap(\.adapter.resources)
        for word in resources where !offered.contains(where: { $0.answers(to: [word]) }) {
            throw Failure(
                .usage,
                GetCommand.unknown(
                    word, names: offered.map(\.plural) + offered.map(\.kind.rawValue),
                    listed: offered.map(\.plural)))
        }
        let watched = offered.filter { $0.answers(to: resources) }
        let vocabulary = FilterVocabulary(watched, backends: network.plans.map(\.name), isStrict: true)
        var watcher = Watcher(
            network: network, resources: resources, interval: interval, tellsPresent: present)
        watcher.filter = try filter.map { try FilterExpression.option($0, vocabulary) }
        watcher.keys = try columns?.split(separator: ",").map { word in
            guard let key = vocabulary.field(named: word) else {
                let hint = Nearest.hint(String(word), among: vocabulary.fieldKeys.map(\.rawValue))
                throw Failure(.usage, "--columns: unknown field \"\(word)\"\(hint)")
            }
            return key
        }
        let ready = watcher
        let count = count
        let timeout = timeout
        let end = wait(for: { await ready.run(count: count, timeout: timeout) { Console.print($0) } })
        guard end.silent.isEmpty else {
            throw Failure(
                .backendFailed, "no complete answer from \(end.silent.joined(separator: ", "))")
        }
    }
}

extension FilterExpression {
    /// What `--filter` says.
    static func option(_ text: String, _ vocabulary: FilterVocabulary) throws -> FilterExpression {
        switch parse(text, vocabulary) {
        case .finished(let finished): return finished
        case .unfinished(let remark), .failed(let remark):
            throw Failure(.usage, "--filter, column \(remark.column + 1): \(remark.words)")
        }
    }
}
