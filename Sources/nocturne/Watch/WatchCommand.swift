import AdapterKit
import ArgumentParser
import Domain
import Filter
import Runtime

/// Prints what changes, as it changes.
struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Print what appears, changes and goes, an object of JSON on each line.",
        discussion: """
            The first answer of each backend is what later ones are compared with. Every line has event \
            (present, appeared, changed, gone, lost, back, stalled, resumed), at and backend; lines about \
            rows have what get prints of them, and changed and before. A backend that fails says lost, and \
            back when it answers again. One that answers and no longer polls its devices says stalled, with \
            how many they are, and resumed when it polls all of them again.
            """)

    @Argument(help: "What to watch, by kind or pane: alerts, bonds… (nocturne fields lists all).")
    var resources: [String]
    @OptionGroup var sources: SourceOptions
    @Option(help: "Only rows that pass, as the / key filters.") var filter: String?
    @Option(help: "The fields whose change counts, with commas between them; else all that are not measured.")
    var columns: String?
    @Option(help: "Seconds between two answers; else those of the configuration.") var interval: Double?
    @Flag(help: "Tell the rows that are there at the start too.") var present = false
    @Option(help: "End after this many lines.") var count: Int?
    @Option(help: "End after this many seconds.") var timeout: Double?

    func validate() throws {
        if let interval, !(interval >= 1 && interval.isFinite) {
            throw ValidationError("--interval takes 1 second or more")
        }
        if let count, count < 1 { throw ValidationError("--count takes 1 line or more") }
        if let timeout, !(timeout > 0 && timeout.isFinite) {
            throw ValidationError("--timeout takes seconds, more than none")
        }
    }

    mutating func run() throws {
        let setup = try Setup(sources)
        let network = try setup.connect(forReading: true)
        let offered = network.connections.flatMap(\.adapter.resources)
        for word in resources where !offered.contains(where: { $0.answers(to: [word]) }) {
            let known = offered.map(\.plural).reduce(into: [String]()) {
                if !$0.contains($1) { $0.append($1) }
            }
            throw Failure(.usage, "there is no \(word)\(Nearest.choices(word, among: known))")
        }
        let watched = offered.filter { $0.answers(to: resources) }
        let vocabulary = FilterVocabulary(watched, backends: network.plans.map(\.name), isStrict: true)
        var watcher = Watcher(
            network: network, resources: resources, interval: interval, tellsPresent: present)
        watcher.filter = try filter.map { try FilterExpression.option($0, vocabulary) }
        watcher.keys = try columns?.split(separator: ",").map { word in
            guard let key = vocabulary.field(named: word) else {
                let hint = Nearest.hint(String(word), among: vocabulary.fieldKeys.map(\.rawValue))
                throw Failure(.usage, "--columns: there is no field \(word)\(hint)")
            }
            return key
        }
        let ready = watcher
        let count = count
        let timeout = timeout
        let end = wait(for: { await ready.run(count: count, timeout: timeout) { Console.print($0) } })
        guard end.silent.isEmpty else {
            throw Failure(
                .backendFailed, "no complete answer ever came from \(end.silent.joined(separator: ", "))")
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
